package org.quorate.ledger;

import java.util.Locale;
import java.util.Optional;

/// Everything that can stand in a ledger. The wire name is the lower-case name.
public enum EntryType {
    GENESIS,
    RUN_START,
    CEREMONY_OPEN,
    PARTICIPANT,
    STEP_START,
    STATEMENT,
    COSIGN,
    INTENT,
    OUTCOME,
    RECONCILE,
    OBSERVATION,
    CHECKPOINT,
    ANCHOR,
    EXCEPTION,
    CORRECTION,
    STEP_END,
    PAUSE,
    RESUME,
    ABORT,
    CEREMONY_CLOSE,
    EXPORT,
    KEY_ADD,
    KEY_RETIRE,
    SCRIPT_APPROVAL;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /// Whether it says which keys count.
    public boolean isAboutKeys() {
        return switch (this) {
            case GENESIS, KEY_ADD, KEY_RETIRE -> true;
            default -> false;
        };
    }

    public String wire() {
        return wire;
    }

    public static Optional<EntryType> ofWire(String wire) {
        for (EntryType type : values()) {
            if (type.wire.equals(wire)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
