package org.quorate.hsm;

import java.util.Map;
import org.quorate.base.Problem;

/// What a module's *no* means to people: the return values that a ceremony meets have words of their own, all others
/// share one text that names them. docs/hsm-errors.md lists both.
public final class Refusals {
    private static final Map<String, String> PROBLEMS = Map.ofEntries(
            Map.entry("CKR_PIN_INCORRECT", "hsm.pin_incorrect"),
            Map.entry("CKR_PIN_LOCKED", "hsm.pin_locked"),
            Map.entry("CKR_PIN_EXPIRED", "hsm.pin_expired"),
            Map.entry("CKR_PIN_LEN_RANGE", "hsm.pin_form"),
            Map.entry("CKR_PIN_INVALID", "hsm.pin_form"),
            Map.entry("CKR_PIN_TOO_WEAK", "hsm.pin_form"),
            Map.entry("CKR_USER_PIN_NOT_INITIALIZED", "hsm.no_user_pin"),
            Map.entry("CKR_TOKEN_NOT_RECOGNIZED", "hsm.uninitialised"),
            Map.entry("CKR_TOKEN_WRITE_PROTECTED", "hsm.write_protected"),
            Map.entry("CKR_SESSION_READ_ONLY", "hsm.write_protected"),
            Map.entry("CKR_DEVICE_MEMORY", "hsm.full"),
            Map.entry("CKR_DEVICE_REMOVED", "hsm.removed"),
            Map.entry("CKR_TOKEN_NOT_PRESENT", "hsm.removed"),
            Map.entry("CKR_MECHANISM_INVALID", "hsm.no_mechanism"),
            Map.entry("CKR_MECHANISM_PARAM_INVALID", "hsm.no_mechanism"),
            Map.entry("CKR_KEY_SIZE_RANGE", "hsm.no_mechanism"),
            Map.entry("CKR_CURVE_NOT_SUPPORTED", "hsm.no_mechanism"),
            Map.entry("CKR_DOMAIN_PARAMS_INVALID", "hsm.no_mechanism"),
            Map.entry("CKR_FUNCTION_NOT_SUPPORTED", "hsm.no_function"),
            Map.entry("CKR_SESSION_READ_ONLY_EXISTS", "hsm.in_use"),
            Map.entry("CKR_ACTION_PROHIBITED", "hsm.prohibited"),
            Map.entry("CKR_KEY_NOT_WRAPPABLE", "hsm.not_wrappable"),
            Map.entry("CKR_KEY_UNEXTRACTABLE", "hsm.not_wrappable"),
            Map.entry("CKR_KEY_FUNCTION_NOT_PERMITTED", "hsm.not_permitted"),
            Map.entry("CKR_TEMPLATE_INCOMPLETE", "hsm.template_refused"),
            Map.entry("CKR_TEMPLATE_INCONSISTENT", "hsm.template_refused"),
            Map.entry("CKR_ATTRIBUTE_READ_ONLY", "hsm.template_refused"),
            Map.entry("CKR_ATTRIBUTE_TYPE_INVALID", "hsm.template_refused"),
            Map.entry("CKR_ATTRIBUTE_VALUE_INVALID", "hsm.template_refused"));

    private Refusals() {}

    /// @param function the PKCS#11 function that refused
    /// @param rv the name of what it answered
    public static Problem of(String function, String rv) {
        return of(function, rv, rv);
    }

    /// @param shown the same with what the maker of the module means by it
    public static Problem of(String function, String rv, String shown) {
        return Problem.of(PROBLEMS.getOrDefault(rv, "hsm.refused"), function, shown);
    }
}
