package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.Card;
import org.quorate.card.CardRefusal;
import org.quorate.card.NewPin.Weakness;
import org.quorate.card.PinAnswer;
import org.quorate.ceremony.Question.CardPinAnswer;
import org.quorate.ceremony.Question.SetCardPin;
import org.quorate.ledger.Cosign.Meaning;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Roster;
import org.quorate.quorum.Statement;
import org.quorate.quorum.Tally;
import org.quorate.script.Step;

/// Cards get new PINs, one after the other. That a card is about to get one is durable before the card is
/// asked, what it answered afterwards; and then the card signs the entry that says so with the new PIN. Where
/// no answer came nobody knows which PIN holds: people find out with the card, or leave it so on record. No PIN
/// and no code is ever written.
final class CardPins {
    private static final String NOBODY = "nobody";

    private final Stage stage;
    private final SetCardPin.Act act;
    private final String role;

    private CardPins(Stage stage, SetCardPin.Act act, String role) {
        this.stage = stage;
        this.act = act;
        this.role = role;
    }

    static String change(Step.ChangeCardPin step, Stage stage) {
        return new CardPins(stage, SetCardPin.Act.CHANGE, step.role()).perform();
    }

    static String unblock(Step.UnblockCard step, Stage stage) {
        return new CardPins(stage, SetCardPin.Act.UNBLOCK, step.role()).perform();
    }

    private String perform() {
        int number = 1;
        for (Optional<Participant> whose = whose(number); whose.isPresent(); whose = whose(number)) {
            settle(number, whose.get());
            number++;
        }
        return Texts.get(key("done"), ended("new"), ended("before") + ended("left"), ended("unknown"));
    }

    private String key(String name) {
        return "ceremony.card_pin." + act.wire() + "." + name;
    }

    private long ended(String holds) {
        return of("card_pin_holds")
                .filter(detail -> detail.string("holds").equals(holds))
                .count();
    }

    private Stream<Json.Obj> of(String name) {
        return stage.run()
                .of(EntryType.OBSERVATION)
                .filter(entry -> entry.data().string("name").equals(name))
                .map(entry -> entry.data().object("detail"));
    }

    // ---- whose card ----

    /// Empty where no further card is meant. A PIN can only be changed of somebody's card, so the first answer is a
    /// person; that no card is blocked is an answer.
    private Optional<Participant> whose(int number) {
        String name = "whose_card_" + number;
        Entry chosen = stage.run().observation(name).orElseGet(() -> {
            String person = stage.ask(new Question.Choose(
                    name,
                    Texts.get(key(number == 1 ? "whose" : "next")),
                    Texts.get(key("explained")),
                    options(number)));
            Optional<Participant> holder = stage.setting().roster().byPerson(person);
            return stage.observe(Observation.stated(
                            name,
                            Texts.get(key("whose")),
                            holder.map(Participant::name).orElse(Texts.get(key("nobody"))),
                            stage.performers())
                    .detail(Json.obj().put("person", person).build()));
        });
        return stage.setting().roster().byPerson(chosen.data().object("detail").string("person"));
    }

    private List<Question.Option> options(int number) {
        var options = new ArrayList<Question.Option>();
        for (Participant person : stage.people(role)) {
            options.add(new Question.Option(person.person(), person.name(), person.organisation()));
        }
        if (options.isEmpty()) {
            throw StepFailed.hard(Problem.of(
                    "ceremony.nobody_with_card",
                    stage.script().cast().role(role).title()));
        }
        var nobody =
                new Question.Option(NOBODY, Texts.get(key("nobody")), Texts.get("ceremony.card_pin.nobody.follows"));
        if (number > 1) {
            options.addLast(nobody);
        } else if (act == SetCardPin.Act.UNBLOCK) {
            options.addFirst(nobody);
        }
        return options;
    }

    // ---- the new PIN ----

    private void settle(int number, Participant person) {
        if (of("card_pin_holds").anyMatch(detail -> detail.integer("number") == number)) {
            return;
        }
        cutOff(number, person);
        Optional<Entry> made = stage.run()
                .of(EntryType.OBSERVATION)
                .filter(entry -> entry.data().string("name").equals("card_pin"))
                .filter(entry -> entry.data().object("detail").integer("number") == number
                        && !entry.data().object("detail").string("outcome").equals("refused"))
                .findFirst();
        while (made.isEmpty()) {
            switch (stage.ask(question(number, person))) {
                case CardPinAnswer.Left(var because) -> {
                    holds(number, person, "left", Optional.of(because));
                    return;
                }
                case CardPinAnswer.Typed typed -> made = attempt(number, person, typed);
            }
        }
        find(number, person, made.get());
    }

    private SetCardPin question(int number, Participant person) {
        return new SetCardPin(
                "card-pin-" + number, Texts.get(key("title"), person.name()), Texts.get(key("how")), act, only(person));
    }

    private static Tally only(Participant person) {
        return Tally.empty(new Quorum(1, List.copyOf(person.roles())), new Roster(List.of(person)));
    }

    /// The program ended between the question to the card and its answer.
    private void cutOff(int number, Participant person) {
        List<Json.Obj> begun = numbered("card_pin_begun", number);
        if (begun.size() > numbered("card_pin", number).size()) {
            Json.Obj last = begun.getLast();
            observe(number, person, last.string("key"), last.string("card"), "unknown", "stopped", OptionalInt.empty());
            stage.setting().front().notice(Problem.of("ceremony.card.pin_unknown", person.name()));
        }
    }

    private List<Json.Obj> numbered(String name, int number) {
        return of(name).filter(detail -> detail.integer("number") == number).toList();
    }

    /// Empty where the card kept the PIN that it had, and people may try again.
    private Optional<Entry> attempt(int number, Participant person, CardPinAnswer.Typed typed) {
        Card card = typed.card();
        try (Secret first = typed.first();
                Secret fresh = typed.fresh()) {
            if (stage.gathering().admitOnly(person, card).isEmpty()) {
                return Optional.empty();
            }
            Optional<Weakness> weakness = weakness(card, first, fresh);
            if (weakness.isPresent()) {
                stage.setting()
                        .front()
                        .notice(Problem.of(
                                "ceremony.card.pin_weak", weakness.get().text()));
                return Optional.empty();
            }
            begin(number, person, card);
            PinAnswer answer = act == SetCardPin.Act.CHANGE ? card.changePin(first, fresh) : card.unblock(first, fresh);
            return switch (answer) {
                case PinAnswer.Changed() -> {
                    Entry entry = outcome(number, person, card, "done", "", OptionalInt.empty());
                    if (stage.gathering()
                            .cosign(entry, Meaning.WITNESS, card, fresh, person)
                            .isPresent()) {
                        holds(number, person, "new", Optional.empty());
                    }
                    yield Optional.of(entry);
                }
                case PinAnswer.Unknown(var technical) -> {
                    Entry entry = outcome(number, person, card, "unknown", "pin_unknown", OptionalInt.empty());
                    stage.setting()
                            .front()
                            .notice(Problem.of("ceremony.card.pin_unknown", person.name())
                                    .withTechnical(technical));
                    yield Optional.of(entry);
                }
                case PinAnswer.NotHere(var why) ->
                    refused(number, person, card, "pin_not_here", Problem.of("ceremony.card.pin_not_here", why));
                case CardRefusal refusal -> refused(number, person, card, refusal);
            };
        }
    }

    private Optional<Weakness> weakness(Card card, Secret first, Secret fresh) {
        boolean same = act == SetCardPin.Act.CHANGE && first.sameAs(fresh);
        return same ? Optional.of(Weakness.AS_BEFORE) : card.weakness(fresh);
    }

    private Optional<Entry> refused(int number, Participant person, Card card, CardRefusal refusal) {
        boolean code = act == SetCardPin.Act.UNBLOCK;
        String name = person.name();
        return switch (refusal) {
            case CardRefusal.WrongPin(var left) -> {
                Problem problem = code
                        ? wrongPuk(name, left)
                        : CardAnswer.of(refusal, name).problem();
                outcome(number, person, card, "refused", code ? "wrong_puk" : "wrong_pin", left);
                stage.setting().front().notice(problem);
                yield Optional.empty();
            }
            case CardRefusal.Blocked() ->
                code
                        ? refused(number, person, card, "puk_blocked", Problem.of("ceremony.card.puk_blocked", name))
                        : refused(number, person, card, "blocked", Problem.of("ceremony.card.pin_blocked", name));
            case CardRefusal.Removed() ->
                refused(number, person, card, "removed", Problem.of("ceremony.card.pin_removed", name));
            case CardRefusal.NoPin() ->
                refused(
                        number,
                        person,
                        card,
                        "no_pin",
                        CardAnswer.of(refusal, name).problem());
            case CardRefusal.BadSignature() ->
                throw new IllegalStateException("a card that is given a PIN makes no signature");
            case CardRefusal.Failed(var technical) ->
                refused(
                        number,
                        person,
                        card,
                        "pin_failed",
                        Problem.of("ceremony.card.pin_failed", name).withTechnical(technical));
        };
    }

    private static Problem wrongPuk(String name, OptionalInt left) {
        return left.isPresent()
                ? Problem.of("ceremony.card.wrong_puk", name, left.getAsInt())
                : Problem.of("ceremony.card.wrong_puk_uncounted", name);
    }

    private Optional<Entry> refused(int number, Participant person, Card card, String reason, Problem problem) {
        outcome(number, person, card, "refused", reason, OptionalInt.empty());
        stage.setting().front().notice(problem);
        return Optional.empty();
    }

    // ---- which PIN holds ----

    /// Until the card has signed with one of the two, or people leave it so.
    private void find(int number, Participant person, Entry made) {
        if (numbered("card_pin_holds", number).isEmpty()
                && !stage.gathering().cosignsOf(made).isEmpty()) {
            // The program ended between the signature and this line. What it was to be made with is on record.
            holds(number, person, tried(number), Optional.empty());
        }
        while (numbered("card_pin_holds", number).isEmpty()) {
            String chosen = stage.ask(new Question.Choose(
                    "card-pin-holds-" + number,
                    Texts.get("ceremony.card_pin.find", person.name()),
                    Texts.get("ceremony.card_pin.find.explained"),
                    Stream.of("leave", "before", "new").map(CardPins::option).toList()));
            if (chosen.equals("leave")) {
                holds(number, person, "unknown", Optional.of(Texts.get("ceremony.card_pin.find.left")));
            } else if (signs(number, person, made, chosen)) {
                holds(number, person, chosen, Optional.empty());
            }
        }
    }

    private static Question.Option option(String id) {
        return new Question.Option(
                id,
                Texts.get("ceremony.card_pin.find." + id + ".button"),
                Texts.get("ceremony.card_pin.find." + id + ".consequence"));
    }

    /// With which PIN the card was to sign last: the new one, where people were not asked.
    private String tried(int number) {
        return numbered("card_pin_tried", number).stream()
                .reduce((first, second) -> second)
                .map(detail -> detail.string("pin"))
                .orElse("new");
    }

    private boolean signs(int number, Participant person, Entry made, String which) {
        if (!tried(number).equals(which)) {
            stage.observeAgain(Observation.sensed(
                            "card_pin_tried",
                            Texts.get(key("label"), person.name()),
                            Texts.get("ceremony.card_pin.tried." + which))
                    .detail(Json.obj()
                            .put("number", number)
                            .put("op", act.wire())
                            .put("person", person.person())
                            .put("pin", which)
                            .build()));
        }
        Tally only = only(person);
        Presented presented = stage.ask(new Question.PresentCard(
                "card-pin-" + which,
                Texts.get("ceremony.card_pin.find." + which + ".title", person.name()),
                new Statement(made.data().string("text"), made.data(), only.quorum()),
                only));
        try (Secret pin = presented.pin()) {
            return presented instanceof Presented.Approves
                    && stage.gathering()
                            .admitOnly(person, presented.card())
                            .flatMap(holder ->
                                    stage.gathering().cosign(made, Meaning.WITNESS, presented.card(), pin, holder))
                            .isPresent();
        }
    }

    // ---- what goes on record ----

    private void begin(int number, Participant person, Card card) {
        stage.observeAgain(
                Observation.sensed("card_pin_begun", Texts.get(key("label"), person.name()), Texts.get(key("begun")))
                        .detail(detail(number, person, card.keyId().hex(), card.serial())
                                .build()));
    }

    private Entry outcome(
            int number, Participant person, Card card, String outcome, String reason, OptionalInt triesLeft) {
        return observe(number, person, card.keyId().hex(), card.serial(), outcome, reason, triesLeft);
    }

    private Entry observe(
            int number,
            Participant person,
            String key,
            String card,
            String outcome,
            String reason,
            OptionalInt triesLeft) {
        Json.Builder detail = detail(number, person, key, card).put("outcome", outcome);
        if (!reason.isEmpty()) {
            detail.put("reason", reason);
        }
        triesLeft.ifPresent(left -> detail.put("tries_left", left));
        String text = Texts.get(
                outcome.equals("done") ? "ceremony.card_pin.set." + act.wire() : key(outcome),
                person.name(),
                card,
                triesLeft.isPresent() ? Texts.get("ceremony.card_pin.tries", triesLeft.getAsInt()) : "");
        return stage.observeAgain(Observation.sensed("card_pin", Texts.get(key("label"), person.name()), text.strip())
                .detail(detail.build()));
    }

    private Json.Builder detail(int number, Participant person, String key, String card) {
        return Json.obj()
                .put("number", number)
                .put("op", act.wire())
                .put("person", person.person())
                .put("key", key)
                .put("card", card);
    }

    /// @param holds new, before, unknown, or left where the card was not asked, or refused to the end
    private void holds(int number, Participant person, String holds, Optional<String> because) {
        String label = Texts.get(key("label"), person.name());
        String text = Texts.get("ceremony.card_pin.holds." + holds);
        Observation observation = because.map(
                        why -> Observation.stated("card_pin_holds", label, text, stage.performers())
                                .verdict(false)
                                .because(why))
                .orElseGet(() -> Observation.sensed("card_pin_holds", label, text));
        stage.observeAgain(observation.detail(Json.obj()
                .put("number", number)
                .put("op", act.wire())
                .put("person", person.person())
                .put("holds", holds)
                .build()));
    }
}
