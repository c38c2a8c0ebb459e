package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.quorate.base.Certificates;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.Card;
import org.quorate.ledger.Cosign;
import org.quorate.ledger.Cosign.Meaning;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.LedgerKey;
import org.quorate.quorum.HolderName;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Roster;
import org.quorate.quorum.Statement;
import org.quorate.quorum.Tally;
import org.quorate.script.Step;

/// What changes whose cards count and no HSM: a card is added, a card is retired. Both take a quorum.
final class PeopleActs {
    private static final String NEW_PERSON = "new";
    private static final int MAX_PHOTO = 1 << 20;
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

    private PeopleActs() {}

    // ---- a card is added ----

    static String enrol(Step.EnrolCard step, Stage stage) {
        refuseSmallQuorum(step.quorum(), stage);
        Optional<Entry> added = stage.run().of(EntryType.KEY_ADD).findFirst();
        Json.Obj data = added.map(Entry::data).orElseGet(() -> add(step, stage));
        return Texts.get("ceremony.enrol.done", data.string("card"), data.string("name"));
    }

    /// The ledger takes a person's key only with the quorum of its first entry, whatever the script says.
    private static void refuseSmallQuorum(String name, Stage stage) {
        long least = stage.equipment().ledger().genesis().m();
        Quorum quorum = stage.script().cast().quorum(name);
        if (quorum.m() < least) {
            throw StepFailed.hard(Problem.of("ceremony.enrol_quorum_small", quorum.m(), least));
        }
    }

    private static Json.Obj add(Step.EnrolCard step, Stage stage) {
        Optional<Entry> stated = statement(stage, EntryType.KEY_ADD);
        Json.Obj act = stated.map(entry -> entry.data().object("act")).orElseGet(() -> newKey(step, stage));
        String text = stated.map(entry -> entry.data().string("text")).orElseGet(() -> words(act, step.roles(), stage));
        Approval approval = stage.approve(EntryType.KEY_ADD.wire(), step.quorum(), text, () -> act);
        while (!possession(stage, approval, text)) {
            stage.working("ceremony.working.enrol");
        }
        return act;
    }

    private static Json.Obj newKey(Step.EnrolCard step, Stage stage) {
        Card card = pick(stage);
        HolderName name = HolderName.of(card.certificate());
        String holder = name.commonName()
                .orElseThrow(() -> StepFailed.hard(Problem.of("ceremony.card_names_nobody", card.serial())));
        RosterActs.requireMember(holder, step.roles(), stage);
        String person = person(step.roles(), holder, stage);
        step.photo().ifPresent(file -> keepPhoto(file, holder, stage));
        stage.confirm(
                "identity",
                Texts.get("ceremony.enrol.identity", holder, name.organisation().orElse("")),
                Texts.get("ceremony.button.confirm"));
        LedgerKey key = LedgerKey.ofPerson(
                person,
                step.roles(),
                card.certificate().getPublicKey().getEncoded(),
                Optional.of(Certificates.encoded(card.certificate())));
        return key.toJson()
                .with("op", Json.of(EntryType.KEY_ADD.wire()))
                .with("name", Json.of(holder))
                .with("organisation", Json.of(name.organisation().orElse("")))
                .with("identity", Json.of(Texts.get("ceremony.roll_call.identity")))
                .with("card", Json.of(card.serial()));
    }

    /// The person looks into the room's camera; what comes of it stands in the evidence beside the entry.
    private static void keepPhoto(String file, String holder, Stage stage) {
        CeremonyFiles.get(stage, file, Texts.get("ceremony.enrol.photo", holder), MAX_PHOTO, PeopleActs::noPhoto);
    }

    private static Optional<String> noPhoto(byte[] bytes) {
        return Stream.of(JPEG, PNG).anyMatch(start -> Arrays.equals(start, Arrays.copyOf(bytes, start.length)))
                ? Optional.empty()
                : Optional.of(Texts.get("ceremony.enrol.no_photo"));
    }

    /// A card that the ledger has never known; one that was retired stays so.
    private static Card pick(Stage stage) {
        while (true) {
            Card card = stage.ask(new Question.PickCard(
                    "new-card", Texts.get("ceremony.enrol.pick"), Texts.get("ceremony.enrol.pick.explained")));
            Roster roster = stage.setting().roster();
            if (roster.holder(card.keyId()).isEmpty()) {
                return card;
            }
            stage.gathering()
                    .refuse(
                            card,
                            new CardAnswer.Refused(
                                    "enrolled_already", Problem.of("ceremony.card.enrolled_already", card.serial())),
                            roster.byKey(card.keyId()));
        }
    }

    /// A new person, or one who gets a further card; that one may act only as before.
    private static String person(List<String> roles, String holder, Stage stage) {
        Roster roster = stage.setting().roster();
        var options = new ArrayList<Question.Option>();
        for (Participant known : roster.people()) {
            if (known.roles().equals(Set.copyOf(roles))) {
                options.add(new Question.Option(
                        known.person(),
                        known.name(),
                        Texts.get("ceremony.enrol.second_card", known.keys().size())));
            }
        }
        options.add(new Question.Option(
                NEW_PERSON, Texts.get("ceremony.enrol.new_person"), Texts.get("ceremony.enrol.new_person.follows")));
        String chosen = stage.ask(new Question.Choose(
                "whose-card",
                Texts.get("ceremony.enrol.whose", holder),
                Texts.get("ceremony.enrol.whose.explained"),
                options));
        return chosen.equals(NEW_PERSON) ? nextPerson(roster) : chosen;
    }

    private static String nextPerson(Roster roster) {
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> "p" + number)
                .filter(id -> !roster.persons().contains(id))
                .findFirst()
                .orElseThrow();
    }

    private static String words(Json.Obj act, List<String> roles, Stage stage) {
        return Texts.get(
                "ceremony.statement.enrol",
                act.string("card"),
                act.string("name"),
                act.string("organisation"),
                String.join(
                        ", ",
                        roles.stream()
                                .map(role -> stage.script().cast().role(role).title())
                                .toList()),
                act.digest("id").grouped());
    }

    /// The new card proves that it has the key: its signature stands right after the entry that adds it, and neither is
    /// written without the other.
    private static boolean possession(Stage stage, Approval approval, String text) {
        Json.Obj act = approval.act();
        var holder = new Participant(
                act.string("person"),
                act.string("name"),
                act.string("organisation"),
                Set.copyOf(act.strings("roles")),
                List.of(act.digest("id")));
        var own = new Quorum(1, act.strings("roles"));
        Presented presented = stage.ask(new Question.PresentCard(
                "possession",
                Texts.get("ceremony.enrol.possession", holder.name()),
                new Statement(text, act, own),
                Tally.empty(own, new Roster(List.of(holder)))));
        Card card = presented.card();
        try (Secret pin = presented.pin()) {
            if (presented instanceof Presented.Rejects(var c, var p, var because)) {
                throw StepFailed.hard(Problem.of("ceremony.enrol_rejected", holder.name(), because));
            }
            if (!holder.hasCard(card.keyId())) {
                throw new NotSealed(new CardAnswer.Refused(
                        "not_asked", Problem.of("ceremony.card.not_the_new_one", card.serial(), holder.name())));
            }
            stage.setting()
                    .journal()
                    .append(
                            EntryType.KEY_ADD,
                            stage.step().id(),
                            approval.intent(),
                            entry -> seal(entry, card, pin, holder, stage));
            return true;
        } catch (NotSealed refused) {
            stage.gathering().refuse(card, refused.why(), Optional.of(holder));
            return false;
        }
    }

    private static Draft seal(Entry entry, Card card, Secret pin, Participant holder, Stage stage) {
        return switch (CardAnswer.of(card, pin, entry, Meaning.APPROVE, holder.name())) {
            case CardAnswer.Signed(Cosign cosign) ->
                Draft.ofStep(
                        EntryType.COSIGN,
                        entry.ceremony().orElseThrow(),
                        stage.step().id(),
                        cosign.toJson());
            case CardAnswer.Refused refused -> throw new NotSealed(refused);
        };
    }

    /// The card did not sign, so nothing was written; what is to go on record waits until the ledger is free again.
    private static final class NotSealed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient CardAnswer.Refused why;

        NotSealed(CardAnswer.Refused why) {
            super(why.reason());
            this.why = why;
        }

        CardAnswer.Refused why() {
            return why;
        }
    }

    // ---- a card is retired ----

    static String retire(Step.RetireCard step, Stage stage) {
        Optional<Entry> retired = stage.run().of(EntryType.KEY_RETIRE).findFirst();
        Json.Obj data = retired.map(Entry::data).orElseGet(() -> withdraw(step, stage));
        return Texts.get("ceremony.retire.done", data.string("name"), data.string("why"));
    }

    private static Json.Obj withdraw(Step.RetireCard step, Stage stage) {
        Optional<Entry> stated = statement(stage, EntryType.KEY_RETIRE);
        Json.Obj act = stated.map(entry -> entry.data().object("act")).orElseGet(() -> retirement(step, stage));
        refuseTooFew(act.digest("id"), stage.script().cast().quorum(step.quorum()), stage);
        Approval approval = stage.approve(
                EntryType.KEY_RETIRE.wire(),
                step.quorum(),
                Texts.get(
                        "ceremony.statement.retire",
                        act.string("name"),
                        act.digest("id").grouped(),
                        act.string("why")),
                () -> act);
        stage.append(EntryType.KEY_RETIRE, approval.intent());
        return act;
    }

    private static Json.Obj retirement(Step.RetireCard step, Stage stage) {
        var options = new ArrayList<Question.Option>();
        for (Participant participant : stage.people(step.role())) {
            for (Digest key : participant.keys()) {
                options.add(new Question.Option(
                        key.hex(),
                        participant.name(),
                        Texts.get("ceremony.retire.card", participant.organisation(), key.grouped())));
            }
        }
        if (options.isEmpty()) {
            throw StepFailed.hard(Problem.of(
                    "ceremony.nobody_to_retire",
                    stage.script().cast().role(step.role()).title()));
        }
        var id = new Digest(stage.ask(new Question.Choose(
                "card-to-retire",
                Texts.get("ceremony.retire.which"),
                Texts.get("ceremony.retire.which.explained"),
                options)));
        String why = stage.enter(
                "why_retired",
                Texts.get("ceremony.retire.why"),
                Texts.get("ceremony.retire.why.hint"),
                OpeningActs::notBlank);
        return Json.obj()
                .put("op", EntryType.KEY_RETIRE.wire())
                .put("id", id.hex())
                .put("why", why)
                .put("name", stage.setting().roster().byKey(id).orElseThrow().name())
                .build();
    }

    /// After a retirement there must still be people enough for the next act of this kind.
    private static void refuseTooFew(Digest key, Quorum quorum, Stage stage) {
        Roster roster = stage.setting().roster();
        long left = roster.people().stream()
                .filter(quorum::admits)
                .filter(participant -> !participant.keys().equals(List.of(key)))
                .count();
        if (left < quorum.m()) {
            throw StepFailed.hard(Problem.of("ceremony.too_few_left", left, quorum.m()));
        }
    }

    private static Optional<Entry> statement(Stage stage, EntryType type) {
        return stage.statement(type.wire());
    }
}
