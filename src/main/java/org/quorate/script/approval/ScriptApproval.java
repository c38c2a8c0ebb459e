package org.quorate.script.approval;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.quorate.base.Digest;
import org.quorate.base.UtcTime;
import org.quorate.script.Script;

/// One approval of one file, as the ledger has it.
///
/// @param seq of the entry that says so
/// @param statement seq of what the cards signed
/// @param nextReview the day from which it holds no more
public record ScriptApproval(
        long seq, long statement, Instant at, Plan plan, LocalDate nextReview, List<Approver> approvers) {
    public ScriptApproval {
        approvers = List.copyOf(approvers);
    }

    /// Which file it is.
    public record Plan(String id, String version, String title, Digest digest) {
        public static Plan of(Script script) {
            return new Plan(script.id(), script.version(), script.title(), script.digest());
        }

        /// Whether the two call themselves the same, whatever is in them.
        public boolean sameName(Plan other) {
            return id.equals(other.id) && version.equals(other.version);
        }
    }

    /// Who signed, and when the console's clock thought so.
    public record Approver(String person, String name, List<String> roles, Instant at) {
        public Approver {
            roles = List.copyOf(roles);
        }

        /// Such as "Ada Lovelace, 2026-11-22 14:00:00Z".
        public String words() {
            return name + ", " + UtcTime.forPeople(at);
        }
    }

    public boolean expired(Instant now) {
        return !now.isBefore(nextReview.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /// Everybody who signed, with the time.
    public String byWhom() {
        return approvers.stream().map(Approver::words).collect(Collectors.joining("; "));
    }

    /// The end of it.
    ///
    /// @param seq of the entry that says so
    public record Withdrawal(long seq, Instant at, String why, List<Approver> by) {
        public Withdrawal {
            by = List.copyOf(by);
        }
    }

    /// An approval and, where there is one, its withdrawal.
    record Life(ScriptApproval approval, Optional<Withdrawal> withdrawal) {}
}
