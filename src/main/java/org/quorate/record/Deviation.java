package org.quorate.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Texts;

/// Something a reader must judge. Page 1 of a record lists these and nothing else of the log.
public sealed interface Deviation {
    Place place();

    /// What it is, in one or two words.
    default String title() {
        return Texts.get("record.deviation." + kind() + ".title");
    }

    /// What happened, in a sentence or two.
    String text();

    String kind();

    /// @param step number of the step, empty outside the steps
    record Place(long seq, Instant time, String step) {}

    record ExceptionRaised(Place place, long number, String expected, String happened, String decided)
            implements Deviation {
        @Override
        public String kind() {
            return "exception";
        }

        @Override
        public String text() {
            return Texts.get("record.deviation.exception.text", number, expected, happened, decided);
        }
    }

    record FailedAttempt(Place place, String step, int attempt, String why) implements Deviation {
        @Override
        public String kind() {
            return "failed";
        }

        @Override
        public String text() {
            return Texts.get("record.deviation.failed.text", attempt, step, why);
        }
    }

    record Overridden(Place place, String step, String summary) implements Deviation {
        @Override
        public String kind() {
            return "overridden";
        }

        @Override
        public String text() {
            return Texts.get("record.deviation.overridden.text", step, summary);
        }
    }

    /// A card that did not count, or a wrong PIN.
    ///
    /// @param reason as the ledger gives it, such as `not_on_roster`
    record CardRefused(Place place, String who, String reason, Optional<Long> triesLeft) implements Deviation {
        @Override
        public String kind() {
            return switch (reason) {
                case "wrong_pin" -> "wrong_pin";
                case "pin_unknown", "stopped" -> "unknown";
                default -> "card";
            };
        }

        @Override
        public String text() {
            String why = Plain.word("record.card.", reason);
            return triesLeft
                    .map(left -> Texts.get("record.deviation.card.tries", who, why, left))
                    .orElseGet(() -> Texts.get("record.deviation.card.text", who, why));
        }
    }

    record Late(Place place, String step, Duration planned, Duration actual) implements Deviation {
        @Override
        public String kind() {
            return "late";
        }

        @Override
        public String text() {
            return Texts.get("record.deviation.late.text", step, Durations.words(planned), Durations.words(actual));
        }
    }

    /// An act whose outcome was unknown or never written.
    ///
    /// @param finding what was found on the token afterwards: done, not_done, partial or undecidable; empty
    ///     where nobody looked
    record OutcomeUnknown(Place place, String act, Optional<String> finding) implements Deviation {
        @Override
        public String kind() {
            return "unknown";
        }

        @Override
        public String text() {
            return finding.map(found ->
                            Texts.get("record.deviation.unknown.found", act, Plain.word("record.finding.", found)))
                    .orElseGet(() -> Texts.get("record.deviation.unknown.open", act));
        }
    }

    record RefusedByHsm(Place place, String act, String rv) implements Deviation {
        @Override
        public String kind() {
            return "refused";
        }

        @Override
        public String text() {
            return Texts.get("record.deviation.refused.text", act, rv);
        }
    }

    /// @param lines such as "CKA_EXTRACTABLE asked false, reported true"
    record AttributeDiffers(Place place, String key, String role, List<String> lines) implements Deviation {
        public AttributeDiffers {
            lines = List.copyOf(lines);
        }

        @Override
        public String kind() {
            return "attribute";
        }

        @Override
        public String text() {
            return Texts.get("record.deviation.attribute.text", key, role, String.join("; ", lines));
        }
    }

    record AttributeNotReported(Place place, String key, String role, List<String> names) implements Deviation {
        public AttributeNotReported {
            names = List.copyOf(names);
        }

        @Override
        public String kind() {
            return "not_reported";
        }

        @Override
        public String text() {
            return Texts.get("record.deviation.not_reported.text", key, role, String.join(", ", names));
        }
    }

    /// A person compared two values, or judged one, and it was not as expected.
    record Differs(Place place, String label, String expected, String found, String because) implements Deviation {
        @Override
        public String kind() {
            return "differs";
        }

        @Override
        public String text() {
            return because.isEmpty()
                    ? Texts.get("record.deviation.differs.text", label, expected, found)
                    : Texts.get("record.deviation.differs.because", label, expected, found, because);
        }
    }

    record Rejected(Place place, String who, String what) implements Deviation {
        @Override
        public String kind() {
            return "rejected";
        }

        @Override
        public String text() {
            return Texts.get("record.deviation.rejected.text", who, what);
        }
    }

    record DoesNotAgree(Place place, String who, String because) implements Deviation {
        @Override
        public String kind() {
            return "disagrees";
        }

        @Override
        public String text() {
            return Texts.get("record.deviation.disagrees.text", who, because);
        }
    }

    record ClockWentBack(Place place, Duration by) implements Deviation {
        @Override
        public String kind() {
            return "clock";
        }

        @Override
        public String text() {
            return Texts.get("record.deviation.clock.text", Durations.words(by));
        }
    }

    record NoQuorum(Place place, String act) implements Deviation {
        @Override
        public String kind() {
            return "no_quorum";
        }

        @Override
        public String text() {
            return Texts.get("record.deviation.no_quorum.text", act);
        }
    }

    /// The program ended without a pause and was started again.
    record Stopped(Place place) implements Deviation {
        @Override
        public String kind() {
            return "stopped";
        }

        @Override
        public String text() {
            return Texts.get("record.deviation.stopped.text");
        }
    }

    record Aborted(Place place, String why) implements Deviation {
        @Override
        public String kind() {
            return "aborted";
        }

        @Override
        public String text() {
            return Texts.get("record.deviation.aborted.text", why);
        }
    }
}
