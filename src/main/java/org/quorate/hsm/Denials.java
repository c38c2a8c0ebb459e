package org.quorate.hsm;

import java.util.Set;

/// Which refusals are denials. A token that was taken out refuses everything, and one that complains of the data has
/// already let the key be used: neither shows that it would have said no.
final class Denials {
    /// The token was away, the session had ended, or the module could not do it for a reason of its own.
    private static final Set<String> ABSENCES = Set.of(
            "CKR_DEVICE_ERROR",
            "CKR_DEVICE_REMOVED",
            "CKR_DEVICE_MEMORY",
            "CKR_HOST_MEMORY",
            "CKR_TOKEN_NOT_PRESENT",
            "CKR_TOKEN_NOT_RECOGNIZED",
            "CKR_SLOT_ID_INVALID",
            "CKR_SESSION_CLOSED",
            "CKR_SESSION_HANDLE_INVALID",
            "CKR_SESSION_COUNT",
            "CKR_USER_NOT_LOGGED_IN",
            "CKR_OBJECT_HANDLE_INVALID",
            "CKR_OPERATION_ACTIVE",
            "CKR_CRYPTOKI_NOT_INITIALIZED");

    /// The key was let to work, and what it was given to work on was wrong; or it was never asked.
    private static final Set<String> ABOUT_DATA = Set.of(
            "CKR_DATA_INVALID",
            "CKR_DATA_LEN_RANGE",
            "CKR_ENCRYPTED_DATA_INVALID",
            "CKR_ENCRYPTED_DATA_LEN_RANGE",
            "CKR_ARGUMENTS_BAD",
            "CKR_MECHANISM_INVALID",
            "CKR_MECHANISM_PARAM_INVALID",
            "CKR_FUNCTION_NOT_SUPPORTED");

    private Denials() {}

    /// Whether the token was there and said no.
    static boolean isAnswer(String rv) {
        return !ABSENCES.contains(rv);
    }

    /// Whether it said no to the use of this key.
    static boolean isOfTheKey(String function, String rv) {
        return isAnswer(rv) && !ABOUT_DATA.contains(rv) && !function.startsWith("C_Generate");
    }
}
