package org.quorate.hsm;

/// CKA_CLASS, as far as a ceremony meets it.
public enum ObjectClass {
    PUBLIC_KEY,
    PRIVATE_KEY,
    SECRET_KEY,
    CERTIFICATE,
    OTHER;

    /// The constant's name in PKCS#11.
    public String cko() {
        return this == OTHER ? "other" : "CKO_" + name();
    }
}
