package org.quorate.ledger;

import static org.quorate.ledger.EntryRules.demand;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ledger.LedgerState.CosignFact;
import org.quorate.ledger.LedgerState.StatementFact;

/// That enough of the right people approved exactly this, beforehand.
final class QuorumRules {
    private final LedgerState state;

    QuorumRules(LedgerState state) {
        this.state = state;
    }

    /// @param atLeast how many persons it takes, whatever the statement says
    void judge(Body entry, Json.Obj data, long atLeast) {
        List<Long> seqs = seqs(data);
        if (seqs.isEmpty()) {
            demand(entry.type() == EntryType.INTENT, Rule.QUORUM_FORM, "approvals", "none");
            return;
        }
        var approvals = new ArrayList<CosignFact>();
        for (long seq : seqs) {
            Optional<CosignFact> approval = state.cosign(seq).filter(c -> c.meaning() == Cosign.Meaning.APPROVE);
            demand(approval.isPresent(), Rule.QUORUM_COSIGNS, "an approval at " + seq, "none that counts");
            approvals.add(approval.orElseThrow());
        }
        long target = approvals.getFirst().target();
        Optional<StatementFact> statement =
                state.statement(target).filter(s -> state.ceremonyOf(target).equals(entry.ceremony()));
        demand(
                statement.isPresent() && approvals.stream().allMatch(a -> a.target() == target),
                Rule.QUORUM_STATEMENT,
                "approvals of one statement of the same ceremony",
                "approvals of "
                        + approvals.stream().map(CosignFact::target).distinct().toList());
        StatementFact approved = statement.orElseThrow();
        int persons = persons(entry, approvals, approved.roles()).size();
        long need = Math.max(approved.m(), atLeast);
        demand(persons >= need, Rule.QUORUM_PERSONS, need + " of " + approved.roles(), persons);
        Digest act = Digest.of(data.without("quorum").canonical());
        demand(act.equals(approved.act()), Rule.QUORUM_ACT, "the act of statement " + target, "another");
    }

    private Set<String> persons(Body entry, List<CosignFact> approvals, List<String> roles) {
        Set<String> persons = new HashSet<>();
        for (CosignFact approval : approvals) {
            state.keys()
                    .counting(approval.key(), entry.seq())
                    .filter(key -> key.holdsOneOf(roles))
                    .flatMap(LedgerKey::person)
                    .ifPresent(persons::add);
        }
        return persons;
    }

    private static List<Long> seqs(Json.Obj data) {
        var seqs = new ArrayList<Long>();
        if (!(data.members().get("quorum") instanceof Json.Arr(var items))) {
            throw new BrokenEntryException(Rule.QUORUM_FORM, "a list of entries", "none");
        }
        for (Json item : items) {
            if (!(item instanceof Json.Int(var seq))) {
                throw new BrokenEntryException(Rule.QUORUM_FORM, "a list of entries", item.text());
            }
            seqs.add(seq);
        }
        return seqs;
    }
}
