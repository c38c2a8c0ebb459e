package org.quorate.ledger;

/// A body that is not an entry of this format, with the rule that it breaks.
public final class BrokenEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Rule rule;
    private final String expected;
    private final String found;

    BrokenEntryException(Rule rule, String expected, String found) {
        super(rule.wire() + ": expected " + expected + ", found " + found);
        this.rule = rule;
        this.expected = expected;
        this.found = found;
    }

    public Rule rule() {
        return rule;
    }

    public String expected() {
        return expected;
    }

    public String found() {
        return found;
    }
}
