package org.quorate.hsm;

import java.util.Locale;
import java.util.Optional;

/// What can be done to a token that changes it or uses a key for good: the `op` of an intent. One operation is
/// one act that people approve; `vendor_command` is a run of the maker's own tool, `initialise` is C_InitToken with
/// C_InitPIN, `transfer` is C_WrapKey with
/// C_UnwrapKey, since half of either is of no use.
public enum Operation {
    INITIALISE(0),
    GENERATE_KEY_PAIR(2),
    GENERATE_KEY(1),
    IMPORT_PUBLIC_KEY(1),
    TRANSFER(1),
    SIGN_CERTIFICATE(0),
    FORBID_EXTRACTION(0),
    DESTROY(0),
    CHANGE_PIN(0),
    VENDOR_COMMAND(0),
    /// C_UnwrapKey of a key that was brought in a file.
    IMPORT_KEY(1),
    /// Data keys come into being in the session and leave it in envelopes; nothing of it is left on the token.
    MAKE_DATA_KEYS(0),
    REWRAP_DATA_KEYS(0),
    ZEROISE(0),
    /// C_CreateObject of a key that was made here and split among people.
    ESCROW_KEY(1),
    /// C_CreateObject of a key that was put together from its shares.
    RECOVER_KEY(1),
    /// C_Sign over a request for a certificate.
    SIGN_REQUEST(0),
    SIGN_CRL(0),
    /// C_Sign over the signature file of a jar.
    SIGN_JAR(0);

    private final int objects;

    Operation(int objects) {
        this.objects = objects;
    }

    /// How many objects it leaves under its CKA_ID that were not there before.
    public int objects() {
        return objects;
    }

    /// Whether an operation of this name puts an object on a token.
    public static boolean bringsAKey(String wire) {
        return ofWire(wire).filter(operation -> operation.objects > 0).isPresent();
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Empty for an operation that this version of the program does not know.
    public static Optional<Operation> ofWire(String text) {
        for (Operation operation : values()) {
            if (operation.wire().equals(text)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }
}
