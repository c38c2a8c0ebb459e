package org.quorate.script.approval;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Genesis;
import org.quorate.ledger.Ledger;
import org.quorate.ledger.LedgerKeys;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Roster;
import org.quorate.script.Script;
import org.quorate.script.approval.ScriptApproval.Approver;
import org.quorate.script.approval.ScriptApproval.Life;
import org.quorate.script.approval.ScriptApproval.Plan;
import org.quorate.script.approval.ScriptApproval.Withdrawal;

/// Every approval of a ledger, and what became of it: a fold over entries that were verified.
public final class Approvals {
    public static final String APPROVE = "approve_script";
    public static final String WITHDRAW = "withdraw_script";

    /// Who approves where the script does not say.
    private static final String OFFICER = "officer";

    private final Map<Digest, Life> byFile = new LinkedHashMap<>();

    private Approvals() {}

    public static Approvals of(Ledger ledger) {
        return of(ledger.range(0, ledger.head().size()));
    }

    /// @param entries with those that say whose keys count
    public static Approvals of(List<Entry> entries) {
        var approvals = new Approvals();
        if (entries.stream().noneMatch(entry -> entry.is(EntryType.SCRIPT_APPROVAL))) {
            return approvals;
        }
        LedgerKeys keys = LedgerKeys.of(entries);
        Map<Long, Entry> cosigns = new HashMap<>();
        for (Entry entry : entries) {
            if (entry.is(EntryType.COSIGN)) {
                cosigns.put(entry.seq(), entry);
            } else if (entry.is(EntryType.SCRIPT_APPROVAL)) {
                approvals.learn(entry, Roster.of(keys, entry.seq()), cosigns);
            }
        }
        return approvals;
    }

    private void learn(Entry entry, Roster roster, Map<Long, Entry> cosigns) {
        Json.Obj data = entry.data();
        var signed = new ArrayList<Entry>();
        for (Json seq : data.array("quorum")) {
            if (seq instanceof Json.Int(var number)) {
                Optional.ofNullable(cosigns.get(number)).ifPresent(signed::add);
            }
        }
        List<Approver> people =
                signed.stream().map(cosign -> approver(cosign, roster)).toList();
        Digest file = Digest.fromArtefactName(data.string("script"));
        if (data.string("op").equals(APPROVE)) {
            // The newest stands at the end, whatever stood before.
            byFile.remove(file);
            byFile.put(file, new Life(approval(entry, file, signed, people), Optional.empty()));
        } else {
            Withdrawal end = new Withdrawal(entry.seq(), entry.time(), data.string("why"), people);
            long of = data.integer("approval");
            byFile.computeIfPresent(
                    file,
                    (same, life) -> life.approval().seq() == of ? new Life(life.approval(), Optional.of(end)) : life);
        }
    }

    private static ScriptApproval approval(Entry entry, Digest file, List<Entry> signed, List<Approver> people) {
        Json.Obj data = entry.data();
        return new ScriptApproval(
                entry.seq(),
                signed.getFirst().data().integer("target"),
                entry.time(),
                new Plan(data.string("script_id"), data.string("version"), data.string("title"), file),
                LocalDate.parse(data.string("next_review")),
                people);
    }

    private static Approver approver(Entry cosign, Roster roster) {
        Digest key = cosign.data().digest("key");
        Optional<Participant> person = roster.byKey(key);
        return new Approver(
                person.map(Participant::person).orElse(key.hex()),
                person.map(Participant::name).orElse(key.hex()),
                person.map(one -> one.roles().stream().sorted().toList()).orElse(List.of()),
                cosign.time());
    }

    public Standing standing(Script script, Instant now) {
        return standing(Plan.of(script), now);
    }

    public Standing standing(Plan plan, Instant now) {
        Life life = byFile.get(plan.digest());
        if (life == null) {
            return last(plan)
                    .filter(other -> other.plan().sameName(plan))
                    .<Standing>map(Standing.Changed::new)
                    .orElseGet(() -> new Standing.NotApproved(last(plan)));
        }
        if (life.withdrawal().isPresent()) {
            return new Standing.Withdrawn(life.approval(), life.withdrawal().get());
        }
        return life.approval().expired(now)
                ? new Standing.Expired(life.approval())
                : new Standing.Approved(life.approval());
    }

    /// The one with which a new file is compared: of the same id and version, or else the newest of the same id.
    public Optional<ScriptApproval> last(Plan plan) {
        List<ScriptApproval> same = byFile.values().stream()
                .map(Life::approval)
                .filter(one -> one.plan().id().equals(plan.id()))
                .filter(one -> !one.plan().digest().equals(plan.digest()))
                .toList();
        return same.stream()
                .filter(one -> one.plan().sameName(plan))
                .reduce((first, second) -> second)
                .or(() -> same.stream().reduce((first, second) -> second));
    }

    /// By how many of whom a script is approved here: as it says of itself, but by no fewer than it takes to add a
    /// person; else by that many officers.
    public static Quorum quorum(Script script, Genesis genesis) {
        Quorum wanted = script.document().approvedBy().orElseGet(() -> new Quorum(fewest(genesis), List.of(OFFICER)));
        return new Quorum(Math.max(wanted.m(), fewest(genesis)), wanted.roles());
    }

    private static int fewest(Genesis genesis) {
        return Math.toIntExact(genesis.m());
    }
}
