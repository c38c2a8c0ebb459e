package org.quorate.script.approval;

import java.util.Optional;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;

/// What the ledger says of a script file, now.
public sealed interface Standing {

    /// In one sentence, the same wherever it is shown.
    String words();

    /// The approval under which a ceremony may be held; empty where there is none.
    default Optional<ScriptApproval> approval() {
        return Optional.empty();
    }

    record Approved(ScriptApproval given) implements Standing {
        @Override
        public String words() {
            return Texts.get("approval.approved", given.byWhom());
        }

        @Override
        public Optional<ScriptApproval> approval() {
            return Optional.of(given);
        }
    }

    /// Its day has come.
    record Expired(ScriptApproval given) implements Standing {
        @Override
        public String words() {
            return Texts.get("approval.expired", given.nextReview(), given.byWhom());
        }
    }

    record Withdrawn(ScriptApproval given, ScriptApproval.Withdrawal withdrawal) implements Standing {
        @Override
        public String words() {
            return Texts.get("approval.withdrawn", UtcTime.forPeople(withdrawal.at()), withdrawal.why());
        }
    }

    /// A file with the same id and version was approved, and this is not it.
    record Changed(ScriptApproval other) implements Standing {
        @Override
        public String words() {
            return Texts.get(
                    "approval.changed",
                    other.plan().version(),
                    other.plan().digest().grouped());
        }
    }

    /// Nobody approved it.
    ///
    /// @param last the newest version of the same script that was approved
    record NotApproved(Optional<ScriptApproval> last) implements Standing {
        @Override
        public String words() {
            return last.map(older ->
                            Texts.get("approval.none.other", older.plan().version()))
                    .orElseGet(() -> Texts.get("approval.none"));
        }
    }
}
