package org.quorate.hsm.pkcs11;

/// Hears of every call to the module, without its values.
interface CallObserver {
    void called(String function, long rv, long nanos);
}
