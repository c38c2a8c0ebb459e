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

    /// It says something of the device, and nothing of the way in which the call was made: to try another way is of no
    /// use then.
    boolean ofTheDevice() {
        return rv == Ck.CKR_DEVICE_ERROR || rv == Ck.CKR_DEVICE_REMOVED || rv == Ck.CKR_TOKEN_NOT_PRESENT;
    }

    /// The token does not do it in this way.
    boolean ofTheMechanism() {
        return rv == Ck.CKR_MECHANISM_INVALID || rv == Ck.CKR_MECHANISM_PARAM_INVALID;
    }

    String rvName() {
        return Names.rv(rv);
    }
}
