package org.quorate.hsm;

/// The yes-or-no attributes that decide what a key can do (PKCS#11 v2.40, section 4).
public enum Attribute {
    TOKEN,
    PRIVATE,
    MODIFIABLE,
    COPYABLE,
    DESTROYABLE,
    SENSITIVE,
    EXTRACTABLE,
    WRAP_WITH_TRUSTED,
    TRUSTED,
    ENCRYPT,
    DECRYPT,
    SIGN,
    SIGN_RECOVER,
    VERIFY,
    VERIFY_RECOVER,
    WRAP,
    UNWRAP,
    DERIVE,
    ALWAYS_AUTHENTICATE,
    /// Set by the token, never asked for.
    LOCAL,
    /// Set by the token, never asked for.
    ALWAYS_SENSITIVE,
    /// Set by the token, never asked for.
    NEVER_EXTRACTABLE;

    public String cka() {
        return "CKA_" + name();
    }
}
