package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.Card;
import org.quorate.card.SecretSplitter;
import org.quorate.card.SecretSplitter.Joined;
import org.quorate.card.Share;
import org.quorate.ceremony.ShareSet.Answer;
import org.quorate.ceremony.ShareSet.Holder;
import org.quorate.ledger.Cosign.Meaning;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Roster;
import org.quorate.quorum.Statement;
import org.quorate.quorum.Tally;

/// Cards open their shares of a PIN or a key until there are enough of them. Whoever has no share is refused
/// before the card does anything, and a share that is not the right one is on record with the name of its
/// holder. Shares live in wiped memory until the secret is rebuilt.
final class ShareGathering {
    private final Stage stage;
    private final ShareSet generation;
    private final String role;

    /// @param role of the token in the script
    ShareGathering(Stage stage, ShareSet generation, String role) {
        this.stage = stage;
        this.generation = generation;
        this.role = role;
    }

    /// @param approval of what becomes of the PIN afterwards
    /// @param pin whoever asked closes it
    record Opened(Approval approval, Secret pin) {}

    /// M people sign `act` and open their shares, each with one card in one go.
    Opened login(Json.Obj act, String text) {
        Entry entry = stated(act, text);
        var signed = new LinkedHashMap<String, Long>();
        stage.gathering().cosignsOf(entry).stream()
                .filter(cosign -> !Gathering.rejects(cosign))
                .forEach(cosign -> holderOf(cosign).ifPresent(person -> signed.put(person, cosign.seq())));
        return gather(Optional.of(entry), Statement.fromJson(entry.data()), signed);
    }

    /// The same without a signature, where people only look which of two PINs the token has.
    Secret rebuild(String text) {
        var nothing = Json.obj()
                .put("op", "open_shares")
                .put("generation", generation.number())
                .build();
        return gather(Optional.empty(), new Statement(text, nothing, generation.quorum()), new LinkedHashMap<>())
                .pin();
    }

    private Entry stated(Json.Obj act, String text) {
        return stage.run()
                .of(EntryType.STATEMENT)
                .filter(entry -> entry.data().object("act").equals(act))
                .findFirst()
                .orElseGet(() ->
                        stage.append(EntryType.STATEMENT, new Statement(text, act, generation.quorum()).toJson()));
    }

    private Optional<String> holderOf(Entry cosign) {
        return stage.setting().roster().byKey(cosign.data().digest("key")).map(Participant::person);
    }

    private Opened gather(Optional<Entry> toSign, Statement statement, Map<String, Long> signed) {
        var shares = new ArrayList<Share>();
        var rejected = new LinkedHashSet<String>();
        Tally tally = Tally.empty(generation.quorum(), holders());
        try {
            while (!tally.complete()) {
                Gathering.endIfOutOfReach(tally, rejected);
                Presented presented = stage.ask(new Question.OpenShare(
                        "shares-" + role + "-" + generation.whose().wire(),
                        Texts.get("ceremony.shares.title", tally.missing()),
                        statement,
                        tally,
                        toSign.isPresent()));
                try (Secret pin = presented.pin()) {
                    Optional<Participant> person = stage.gathering().admit(tally, presented.card());
                    if (person.isPresent() && presented instanceof Presented.Rejects(var c, var p, var because)) {
                        reject(toSign, presented.card(), pin, person.get(), because);
                        rejected.add(person.get().person());
                    } else if (person.isPresent() && signs(toSign, presented.card(), pin, person.get(), signed)) {
                        Optional<Share> share = open(presented.card(), pin, person.get());
                        share.ifPresent(shares::add);
                        tally = share.isPresent() ? tally.with(person.get()) : tally;
                    }
                }
            }
            return new Opened(
                    new Approval(statement.act(), List.copyOf(signed.values()), tally.approved()), joined(shares));
        } finally {
            shares.forEach(Share::close);
        }
    }

    /// Those who have a share and whose card still counts.
    private Roster holders() {
        Roster roster = stage.setting().roster();
        return new Roster(generation.holders().stream()
                .flatMap(holder -> roster.byKey(holder.recipient().key()).stream())
                .distinct()
                .toList());
    }

    private boolean signs(Optional<Entry> toSign, Card card, Secret pin, Participant person, Map<String, Long> signed) {
        if (toSign.isEmpty() || signed.containsKey(person.person())) {
            return true;
        }
        Optional<Entry> cosign = stage.gathering().cosign(toSign.get(), Meaning.APPROVE, card, pin, person);
        cosign.ifPresent(entry -> signed.put(person.person(), entry.seq()));
        return cosign.isPresent();
    }

    private void reject(Optional<Entry> toSign, Card card, Secret pin, Participant person, String because) {
        toSign.ifPresent(entry -> stage.gathering().cosign(entry, Meaning.REJECT, card, pin, person));
        stage.observeAgain(
                Observation.stated("rejection", Texts.get("ceremony.rejection.label"), because, List.of(person)));
    }

    /// The share of one person, opened by nobody else; asked again until it is. For the proof that each opens.
    Share one(Holder holder, String title, String text) {
        Participant wanted =
                stage.setting().roster().byKey(holder.recipient().key()).orElseThrow();
        var quorum = new Quorum(1, List.copyOf(wanted.roles()));
        Tally only = Tally.empty(quorum, new Roster(List.of(wanted)));
        var nothing = Json.obj()
                .put("op", "open_share")
                .put("number", holder.number())
                .build();
        while (true) {
            Presented presented = stage.ask(new Question.OpenShare(
                    "share-" + wanted.person(), title, new Statement(text, nothing, quorum), only, false));
            try (Secret pin = presented.pin()) {
                if (presented instanceof Presented.Rejects(var c, var p, var because)) {
                    throw StepFailed.hard(Problem.of("ceremony.not_so", title, because));
                }
                Optional<Share> share = stage.gathering()
                        .admitOnly(wanted, presented.card())
                        .flatMap(person -> open(presented.card(), pin, person));
                if (share.isPresent()) {
                    return share.get();
                }
            }
        }
    }

    private Optional<Share> open(Card card, Secret pin, Participant person) {
        Optional<Holder> holder = generation.of(card.keyId());
        if (holder.isEmpty()) {
            return refuse(
                    card,
                    person,
                    new CardAnswer.Refused("no_share", Problem.of("ceremony.card.no_share", person.name())));
        }
        return switch (generation.open(holder.get(), card, pin)) {
            case Answer.Refused(var refusal) -> refuse(card, person, CardAnswer.of(refusal, person.name()));
            case Answer.Wrong() ->
                refuse(
                        card,
                        person,
                        new CardAnswer.Refused("wrong_share", Problem.of("ceremony.card.wrong_share", person.name())));
            case Answer.Opened(var share) -> {
                stage.observeOrWipe(
                        Observation.sensed(
                                        "share_opened",
                                        Texts.get("ceremony.share_opened.label", person.name()),
                                        Texts.get(
                                                generation.whose() instanceof ShareSet.Key
                                                        ? "ceremony.share_opened.text.key"
                                                        : "ceremony.share_opened.text",
                                                holder.get().number(),
                                                generation.number()))
                                .detail(generation
                                        .about(role)
                                        .put("number", holder.get().number())
                                        .put("person", person.person())
                                        .put("key", card.keyId().hex())
                                        .build()),
                        share::close);
                yield Optional.of(share);
            }
        };
    }

    private Optional<Share> refuse(Card card, Participant person, CardAnswer.Refused why) {
        return stage.gathering().refuse(card, why, Optional.of(person));
    }

    private String notJoining() {
        return generation.whose() instanceof ShareSet.Key
                ? "ceremony.key_shares_do_not_join"
                : "ceremony.shares_do_not_join";
    }

    private Secret joined(List<Share> shares) {
        return switch (SecretSplitter.join(generation.split(), shares)) {
            case Joined.Whole(var secret) -> secret;
            case Joined.TooFew(var have, var need) ->
                throw StepFailed.hard(Problem.of(notJoining(), generation.number()));
            case Joined.Strangers(var numbers) -> throw StepFailed.hard(Problem.of(notJoining(), generation.number()));
        };
    }
}
