package org.quorate.base;

/// A text or value that is not of the ledger's JSON form.
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }
}
