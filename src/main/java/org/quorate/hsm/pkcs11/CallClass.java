package org.quorate.hsm.pkcs11;

/// How long a call may take is decided by what it does.
enum CallClass {
    /// Loading the module and C_Initialize.
    START,
    /// Asks what is there; a window waits for it.
    STATUS,
    /// Reads, signs, wraps.
    OPERATION,
    /// Initialises, sets PINs, logs in: a PIN pad may have to be used.
    ADMINISTRATION,
    /// Makes a key.
    GENERATION
}
