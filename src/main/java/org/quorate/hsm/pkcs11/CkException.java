package org.quorate.hsm.pkcs11;

/// The module answered with something else than CKR_OK.
final class CkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String function;
    private final long rv;

    CkException(String function, long rv) {
        super(function + ": " + Names.rv(rv));
        this.function = function;
        this.rv = rv;
    }

    String function() {
        return function;
    }

    long rv() {
        return rv;
    }

    String rvName() {
        return Names.rv(rv);
    }
}
