package org.quorate.hsm.pkcs11;

/// Nobody knows what came of the call: it was not answered, or the answer does not say.
final class UnknownOutcomeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String function;
    private final String why;

    UnknownOutcomeException(String function, String why) {
        super(function + ": " + why);
        this.function = function;
        this.why = why;
    }

    String function() {
        return function;
    }

    String why() {
        return why;
    }
}
