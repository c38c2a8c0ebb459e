package org.quorate.ceremony;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.Card;
import org.quorate.ledger.Cosign.Meaning;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Roster;
import org.quorate.quorum.Statement;
import org.quorate.quorum.Tally;

/// Cards sign until a quorum stands. Whoever does not count is refused before the card signs, and the refusal is on
/// record; what a card signed is checked against the roster's key before it counts.
final class Gathering {
    private final Stage stage;
    private final Setting setting;
    private final Set<String> excluded;
    private final String whyExcluded;

    Gathering(Stage stage, Setting setting) {
        this(stage, setting, Set.of(), "");
    }

    private Gathering(Stage stage, Setting setting, Set<String> excluded, String whyExcluded) {
        this.stage = stage;
        this.setting = setting;
        this.excluded = Set.copyOf(excluded);
        this.whyExcluded = whyExcluded;
    }

    /// The same where these persons may not approve, because it is about what they did.
    Gathering without(Set<String> persons) {
        return new Gathering(stage, setting, persons, "own_act");
    }

    /// The same where only these persons are asked, whoever else holds a role of the quorum.
    Gathering of(Set<String> persons) {
        var others = new LinkedHashSet<>(setting.roster().persons());
        others.removeAll(persons);
        return new Gathering(stage, setting, others, "not_of_these");
    }

    private Roster eligible() {
        Roster all = setting.roster();
        return excluded.isEmpty()
                ? all
                : new Roster(
                        all.people().stream()
                                .filter(person -> !excluded.contains(person.person()))
                                .toList(),
                        all.former());
    }

    /// @param op the word by which the statement of this attempt is found again
    Approval approve(String op, Quorum quorum, String text, Supplier<Json.Obj> act) {
        while (true) {
            Entry entry = stated(op, () -> new Statement(text, act.get(), quorum));
            Optional<Approval> approval = gather(entry);
            if (approval.isPresent()) {
                return approval.get();
            }
            // Who signed too early for the others signs the same again, under a new number.
            stage.append(EntryType.STATEMENT, entry.data());
        }
    }

    /// Empty where the first approval had become too old before the last one came.
    private Optional<Approval> gather(Entry entry) {
        Statement statement = Statement.fromJson(entry.data());
        Quorum quorum = statement.need();
        var cosigns = new ArrayList<Long>();
        Tally tally = Tally.empty(quorum, eligible());
        var rejected = new LinkedHashSet<String>();
        for (Entry cosign : cosignsOf(entry)) {
            Optional<Participant> holder = setting.roster().byKey(cosign.data().digest("key"));
            if (holder.isEmpty()) {
                // The card was retired since; what it signed here counts no more.
                continue;
            }
            Participant signer = holder.get();
            if (cosign.data().string("meaning").equals("approve")) {
                tally = tally.with(signer);
                cosigns.add(cosign.seq());
                // People may change their mind; both signatures stay on record.
                rejected.remove(signer.person());
            } else {
                rejected.add(signer.person());
            }
        }
        while (!tally.complete()) {
            endIfOutOfReach(tally, rejected);
            if (tooLate(quorum, cosigns)) {
                return Optional.empty();
            }
            Presented presented = stage.ask(new Question.PresentCard(
                    "cards",
                    Texts.get("ceremony.cards.title", tally.missing()),
                    statement,
                    tally,
                    until(quorum, cosigns)));
            Optional<Entry> signed = sign(entry, Meaning.APPROVE, presented, admission(tally));
            if (signed.isPresent() && presented instanceof Presented.Approves) {
                tally = tally.with(signerOf(signed.get()));
                cosigns.add(signed.get().seq());
                rejected.remove(signerOf(signed.get()).person());
            } else {
                signed.ifPresent(cosign -> rejected.add(signerOf(cosign).person()));
            }
        }
        return tooLate(quorum, cosigns)
                ? Optional.empty()
                : Optional.of(new Approval(statement.act(), cosigns, tally.approved()));
    }

    /// When the first approval becomes too old for the others.
    private Optional<Instant> until(Quorum quorum, List<Long> cosigns) {
        return cosigns.isEmpty()
                ? Optional.empty()
                : quorum.withinMinutes()
                        .map(minutes -> setting.journal()
                                .ledger()
                                .entry(cosigns.getFirst())
                                .time()
                                .plus(Duration.ofMinutes(minutes)));
    }

    /// By the times in the ledger, and by the clock of now where somebody is still missing.
    private boolean tooLate(Quorum quorum, List<Long> cosigns) {
        if (quorum.withinMinutes().isEmpty() || cosigns.isEmpty()) {
            return false;
        }
        Duration within = Duration.ofMinutes(quorum.withinMinutes().get());
        List<Instant> times = stage.ceremony()
                .of(EntryType.COSIGN)
                .filter(cosign -> cosigns.contains(cosign.seq()))
                .map(Entry::time)
                .toList();
        Instant last = cosigns.size() >= quorum.m()
                ? times.getLast()
                : setting.equipment().workstation().now();
        boolean late = Duration.between(times.getFirst(), last).compareTo(within) > 0;
        if (late) {
            Problem problem = Problem.of("ceremony.quorum_too_slow", cosigns.size(), quorum.m(), within.toMinutes());
            stage.observeAgain(
                    Observation.sensed("quorum_expired", Texts.get("ceremony.quorum_expired.label"), problem.what())
                            .detail(Json.obj()
                                    .put("approvals", cosigns.size())
                                    .put("within_minutes", within.toMinutes())
                                    .build()));
            setting.front().notice(problem);
        }
        return late;
    }

    /// The card of one person signs `target`, with this meaning or as rejected; asked again until it does. For
    /// roll call and closing.
    Entry witness(Entry target, Meaning meaning, Participant wanted, String title) {
        Optional<Entry> before = cosignsOf(target).stream()
                .filter(cosign ->
                        setting.roster().holder(cosign.data().digest("key")).equals(Optional.of(wanted.person())))
                .findFirst();
        if (before.isPresent()) {
            return before.get();
        }
        Tally only = Tally.empty(new Quorum(1, List.copyOf(wanted.roles())), new Roster(List.of(wanted)));
        while (true) {
            Presented presented = stage.ask(new Question.PresentCard(
                    "card-" + wanted.person(), title, new Statement(title, target.data(), only.quorum()), only));
            Optional<Entry> signed = sign(target, meaning, presented, card -> admitOnly(wanted, card));
            if (signed.isPresent()) {
                return signed.get();
            }
        }
    }

    /// Whether a card said no to what it was asked to sign.
    static boolean rejects(Entry cosign) {
        return cosign.data().string("meaning").equals("reject");
    }

    Optional<Participant> admitOnly(Participant wanted, Card card) {
        Optional<Participant> holder = setting.roster().byKey(card.keyId());
        if (holder.isEmpty()) {
            return refuseUnknown(card);
        }
        return holder.get().person().equals(wanted.person())
                ? holder
                : refuse(
                        card,
                        "not_asked",
                        holder,
                        Problem.of("ceremony.card.not_asked", holder.get().name(), wanted.name()));
    }

    /// The statement of this attempt for the operation, or a new one.
    private Entry stated(String op, Supplier<Statement> fresh) {
        return stage.statement(op)
                .orElseGet(() -> stage.append(EntryType.STATEMENT, fresh.get().toJson()));
    }

    private Optional<Entry> sign(
            Entry target, Meaning yes, Presented presented, Function<Card, Optional<Participant>> admission) {
        try (Secret pin = presented.pin()) {
            Meaning meaning = presented instanceof Presented.Approves ? yes : Meaning.REJECT;
            Optional<Entry> signed = admission
                    .apply(presented.card())
                    .flatMap(person -> cosign(target, meaning, presented.card(), pin, person));
            if (signed.isPresent() && presented instanceof Presented.Rejects(var card, var p, var because)) {
                stage.observeAgain(Observation.stated(
                        "rejection", Texts.get("ceremony.rejection.label"), because, List.of(signerOf(signed.get()))));
            }
            return signed;
        }
    }

    private Function<Card, Optional<Participant>> admission(Tally tally) {
        return card -> admit(tally, card);
    }

    private Optional<Participant> refuseUnknown(Card card) {
        return refuse(
                card, "not_on_roster", Optional.empty(), Problem.of("ceremony.card.not_on_roster", card.serial()));
    }

    Optional<Participant> admit(Tally tally, Card card) {
        Optional<Participant> out =
                setting.roster().byKey(card.keyId()).filter(person -> excluded.contains(person.person()));
        if (out.isPresent()) {
            return refuse(
                    card,
                    whyExcluded,
                    out,
                    Problem.of("ceremony.card." + whyExcluded, out.get().name()));
        }
        return switch (tally.admit(card.keyId())) {
            case Tally.Admission.Admitted(var participant) -> Optional.of(participant);
            case Tally.Admission.NotOnRoster(var key) -> refuseUnknown(card);
            case Tally.Admission.AlreadyApproved(var participant) ->
                refuse(
                        card,
                        "already_approved",
                        Optional.of(participant),
                        Problem.of("ceremony.card.already_approved", participant.name()));
            case Tally.Admission.WrongRole(var participant, var wanted) ->
                refuse(
                        card,
                        "wrong_role",
                        Optional.of(participant),
                        Problem.of("ceremony.card.wrong_role", participant.name(), String.join(", ", wanted)));
        };
    }

    Optional<Entry> cosign(Entry target, Meaning meaning, Card card, Secret pin, Participant person) {
        Optional<Problem> doubt =
                CardMemory.doubt(card, person.name(), setting.journal().ledger());
        if (doubt.isPresent()) {
            return refuse(card, "ledger_doubted", Optional.of(person), doubt.get());
        }
        return switch (CardAnswer.of(card, pin, target, meaning, person.name())) {
            case CardAnswer.Signed(var cosign) -> Optional.of(stage.append(EntryType.COSIGN, cosign.toJson()));
            case CardAnswer.Refused refused -> refuse(card, refused, Optional.of(person));
        };
    }

    /// Puts on record that a card did not sign, and tells people why.
    <T> Optional<T> refuse(Card card, CardAnswer.Refused refused, Optional<Participant> person) {
        return refuse(card, refused.reason(), person, refused.problem(), refused.triesLeft());
    }

    private <T> Optional<T> refuse(Card card, String reason, Optional<Participant> person, Problem problem) {
        return refuse(card, reason, person, problem, OptionalInt.empty());
    }

    private <T> Optional<T> refuse(
            Card card, String reason, Optional<Participant> person, Problem problem, OptionalInt triesLeft) {
        Json.Builder detail =
                Json.obj().put("reason", reason).put("key", card.keyId().hex()).put("card", card.serial());
        person.ifPresent(p -> detail.put("person", p.person()));
        triesLeft.ifPresent(tries -> detail.put("tries_left", tries));
        stage.observeAgain(Observation.sensed("card_refused", Texts.get("ceremony.card_refused.label"), problem.what())
                .detail(detail.build()));
        setting.front().notice(problem);
        return Optional.empty();
    }

    List<Entry> cosignsOf(Entry target) {
        return stage.ceremony()
                .of(EntryType.COSIGN)
                .filter(cosign -> cosign.data().integer("target") == target.seq())
                .toList();
    }

    private Participant signerOf(Entry cosign) {
        Digest key = cosign.data().digest("key");
        return setting.roster().byKey(key).orElseThrow();
    }

    static void endIfOutOfReach(Tally tally, Set<String> rejected) {
        long couldSign = tally.eligible().stream()
                .filter(p -> !rejected.contains(p.person()))
                .count();
        if (couldSign < tally.quorum().m()) {
            throw StepFailed.hard(Problem.of("ceremony.quorum_rejected", rejected.size()));
        }
    }
}
