package org.quorate.ceremony;

/// Unwinds a step when people paused or aborted; what is to be known about it stands in the ledger already.
final class CeremonyStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CeremonyStopped(String why) {
        super(why);
    }
}
