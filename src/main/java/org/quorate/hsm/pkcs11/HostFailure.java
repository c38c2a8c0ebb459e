package org.quorate.hsm.pkcs11;

/// Why a module cannot be used; the host says it to the console, which has the words for it.
final class HostFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    enum Kind {
        NOT_LOADED,
        NOT_PKCS11,
        NOT_INITIALISED,
        /// The process ended while it loaded or initialised the module.
        DIES,
        /// The module did not answer in time while it was loaded or initialised.
        HANGS
    }

    private final Kind kind;

    HostFailure(Kind kind, String detail) {
        super(detail);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
