package org.quorate.hsm;

import java.util.Optional;

/// Whose PIN it is: a token has one of each (PKCS#11 CKU_USER, CKU_SO).
public enum PinKind {
    USER("user"),
    SECURITY_OFFICER("so");

    private final String wire;

    PinKind(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    public static Optional<PinKind> ofWire(String text) {
        for (PinKind kind : values()) {
            if (kind.wire.equals(text)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
