package org.quorate.ui.model;

import org.quorate.base.Texts;
import org.quorate.ceremony.StepRun;

/// The few words for where a step stands, each with a shape of its own on screen.
public enum StepStatus {
    DONE("ui.status.done"),
    NOW("ui.status.now"),
    WAITING("ui.status.waiting"),
    FAILED("ui.status.failed"),
    OVERRIDDEN("ui.status.overridden"),
    /// People, or an earlier step, decided for another path.
    NOT_TAKEN("ui.status.not_taken");

    private final String key;

    StepStatus(String key) {
        this.key = key;
    }

    public String word() {
        return Texts.get(key);
    }

    static StepStatus of(StepRun run) {
        return switch (run.status()) {
            case OPEN -> NOW;
            case DONE -> DONE;
            case FAILED -> FAILED;
            case OVERRIDDEN -> OVERRIDDEN;
        };
    }
}
