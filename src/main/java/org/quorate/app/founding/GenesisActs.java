package org.quorate.app.founding;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.ceremony.CardAnswer;
import org.quorate.ceremony.Exhibit;
import org.quorate.ceremony.Presented;
import org.quorate.ceremony.Question;
import org.quorate.ledger.Cosign;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Roster;
import org.quorate.quorum.Statement;
import org.quorate.quorum.Tally;

/// All founders see and compare the first entry, and then all of their cards sign it, in whatever order they come.
final class GenesisActs {
    private final Asking asking;
    private final Founders founders;
    private final String summary;

    /// @param summary what the first entry says, in words
    GenesisActs(Asking asking, Founders founders, String summary) {
        this.asking = asking;
        this.founders = founders;
        this.summary = summary;
    }

    List<Draft> approvals(Entry first) {
        List<Participant> people = founders.roster().people();
        asking.compare("genesis", Exhibit.of(Asking.text("genesis", summary), first.leaf()), people)
                .ifPresent(GenesisActs::reject);
        var signed = new ArrayList<Cosign>();
        var quorum = new Quorum(people.size(), FounderActs.rolesOf(founders));
        var tally = Tally.empty(quorum, new Roster(people));
        while (!tally.complete()) {
            Optional<Cosign> next = ask(first, tally, signed);
            if (next.isPresent()) {
                Participant signer = tally.roster().byKey(next.get().key()).orElseThrow();
                signed.add(next.get());
                tally = tally.with(signer);
            }
        }
        for (Founder card : founders.cards()) {
            while (!keys(signed).contains(card.key())) {
                Participant alone = card.alone();
                ask(first, Tally.empty(new Quorum(1, card.roles()), new Roster(List.of(alone))), signed)
                        .ifPresent(signed::add);
            }
        }
        return signed.stream()
                .map(cosign -> Draft.ofLedger(EntryType.COSIGN, cosign.toJson()))
                .toList();
    }

    private static Set<Digest> keys(List<Cosign> signed) {
        return new HashSet<>(signed.stream().map(Cosign::key).toList());
    }

    private Optional<Cosign> ask(Entry first, Tally tally, List<Cosign> signed) {
        Presented presented = asking.ask(new Question.PresentCard(
                "sign-genesis",
                Asking.text(
                        "sign-genesis",
                        tally.approved().size() + 1,
                        tally.quorum().m()),
                new Statement(summary, first.data(), tally.quorum()),
                tally));
        try (Secret pin = presented.pin()) {
            if (presented instanceof Presented.Rejects rejected) {
                reject(rejected.because());
            }
            Digest key = presented.card().keyId();
            if (keys(signed).contains(key) || !(tally.admit(key) instanceof Tally.Admission.Admitted(var holder))) {
                asking.notice(
                        Problem.of("app.founding.not_asked", presented.card().serial()));
                return Optional.empty();
            }
            return switch (CardAnswer.of(presented.card(), pin, first, Cosign.Meaning.APPROVE, holder.name())) {
                case CardAnswer.Signed(var cosign) -> Optional.of(cosign);
                case CardAnswer.Refused refused -> {
                    asking.notice(refused.problem());
                    yield Optional.empty();
                }
            };
        }
    }

    private static void reject(String because) {
        throw Problem.of("app.founding.rejected", because).asException();
    }
}
