package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quorate.ceremony.TestRoom.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.card.CardRefusal;
import org.quorate.card.PinAnswer;
import org.quorate.ceremony.Question.CardPinAnswer;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.SetCardPin;
import org.quorate.ledger.EntryType;

/// New PINs for cards: what goes on record, and what people are asked where something goes wrong.
class CardPinsTest {
    private static final String NEW = "573190";

    @TempDir
    private Path folder;

    private Optional<TestRoom> room = Optional.empty();

    @AfterEach
    void stop() {
        room.ifPresent(TestRoom::close);
    }

    private TestRoom enter(String kind) {
        var made = new TestRoom(folder, step(kind, "pins", "role: officer"));
        room = Optional.of(made);
        return made;
    }

    private static void whose(TestRoom room, String... answers) {
        for (String answer : answers) {
            room.front.thenGive(Choose.class, answer);
        }
    }

    private static CardPinAnswer typed(TestRoom room, TestCard card, String first, String fresh) {
        return new CardPinAnswer.Typed(card, room.front.secret(first), room.front.secret(fresh));
    }

    private static void type(TestRoom room, TestCard card, String first, String fresh) {
        room.front.thenGive(SetCardPin.class, typed(room, card, first, fresh));
    }

    private static List<String> values(TestRoom room, String observation, String member) {
        return room.observed(observation).stream()
                .map(data -> data.object("detail").optionalString(member).orElse("-"))
                .toList();
    }

    /// Closed, and nothing that was typed is left or written.
    private void closes(TestRoom room) throws IOException {
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);
        assertThat(room.front.pins)
                .allSatisfy(secret -> assertThatThrownBy(secret::length).isInstanceOf(IllegalStateException.class));
        assertThat(Files.readString(folder.resolve("ledger.db"), StandardCharsets.ISO_8859_1))
                .doesNotContain(NEW, TestCard.PIN, TestCard.PUK);
    }

    @Test
    void change_isOnRecord_andTheCardSignsWithTheNewPin() throws Exception {
        TestRoom room = enter("change_card_pin");
        whose(room, "ann", "nobody");
        type(room, room.ann, TestCard.PIN, NEW);

        closes(room);

        assertThat(room.ann.pin).isEqualTo(NEW);
        assertThat(values(room, "card_pin_begun", "person")).containsExactly("ann");
        assertThat(values(room, "card_pin", "outcome")).containsExactly("done");
        assertThat(values(room, "card_pin_holds", "holds")).containsExactly("new");
        assertThat(room.entries(EntryType.COSIGN)).singleElement().satisfies(cosign -> {
            assertThat(cosign.data().string("meaning")).isEqualTo("witness");
            assertThat(room.ledger.entry(cosign.data().integer("target")).data().string("name"))
                    .isEqualTo("card_pin");
        });
    }

    @Test
    void severalCards_getNewPins_inOneStep() throws Exception {
        TestRoom room = enter("change_card_pin");
        whose(room, "ann", "bob", "nobody");
        type(room, room.ann, TestCard.PIN, NEW);
        type(room, room.bob, TestCard.PIN, "940283");

        closes(room);

        assertThat(values(room, "card_pin_holds", "person")).containsExactly("ann", "bob");
    }

    @Test
    void firstCard_cannotBeNobodys_whereAPinIsToBeChanged() throws Exception {
        TestRoom room = enter("change_card_pin");
        whose(room, "ann", "nobody");
        type(room, room.ann, TestCard.PIN, NEW);
        closes(room);

        List<Choose> asked = room.front.asked.stream()
                .filter(Choose.class::isInstance)
                .map(Choose.class::cast)
                .toList();
        assertThat(asked.getFirst().options()).extracting(Question.Option::id).containsExactly("ann", "bob", "cem");
        assertThat(asked.getLast().options()).extracting(Question.Option::id).endsWith("nobody");
    }

    @Test
    void wrongOldPin_isOnRecordWithTheTriesLeft_andAskedAgain() throws Exception {
        TestRoom room = enter("change_card_pin");
        whose(room, "ann", "nobody");
        type(room, room.ann, "111222", NEW);
        type(room, room.ann, TestCard.PIN, NEW);

        closes(room);

        assertThat(room.front.problems()).containsExactly("ceremony.card.wrong_pin");
        Json.Obj refused = room.observed("card_pin").getFirst().object("detail");
        assertThat(refused.string("outcome")).isEqualTo("refused");
        assertThat(refused.string("reason")).isEqualTo("wrong_pin");
        assertThat(refused.integer("tries_left")).isEqualTo(2);
    }

    @Test
    void weakNewPin_isRefusedWithItsReason_andTheCardIsNotAsked() throws Exception {
        TestRoom room = enter("change_card_pin");
        whose(room, "ann", "nobody");
        room.ann.onNewPin = () -> room.made.add("asked");
        type(room, room.ann, TestCard.PIN, "123456");
        type(room, room.ann, TestCard.PIN, TestCard.PIN);
        type(room, room.ann, TestCard.PIN, NEW);

        closes(room);

        assertThat(room.front.notices).hasSize(2);
        assertThat(room.front.notices.getFirst().cause()).contains("run");
        assertThat(room.front.notices.getLast().cause()).contains("the one that the card has");
        assertThat(room.made).containsOnlyOnce("asked");
    }

    @Test
    void cardOfAnotherPerson_isRefused_beforeItIsAsked() throws Exception {
        TestRoom room = enter("change_card_pin");
        whose(room, "ann", "nobody");
        type(room, room.bob, TestCard.PIN, NEW);
        type(room, room.ann, TestCard.PIN, NEW);

        closes(room);

        assertThat(room.bob.pin).isEqualTo(TestCard.PIN);
        assertThat(values(room, "card_refused", "reason")).containsExactly("not_asked");
        assertThat(values(room, "card_pin_begun", "person")).containsExactly("ann");
    }

    @Test
    void blockedCard_isLeftWithAReason_andUnblockedByItsPuk() throws Exception {
        TestRoom room = enter("change_card_pin");
        whose(room, "ann", "nobody");
        room.ann.nextPin = Optional.of(new CardRefusal.Blocked());
        type(room, room.ann, TestCard.PIN, NEW);
        room.front.thenGive(SetCardPin.class, new CardPinAnswer.Left("It is blocked"));

        closes(room);

        assertThat(room.front.problems()).containsExactly("ceremony.card.pin_blocked");
        assertThat(values(room, "card_pin", "reason")).containsExactly("blocked");
        assertThat(room.observed("card_pin_holds").getFirst().string("because")).isEqualTo("It is blocked");
        assertThat(values(room, "card_pin_holds", "holds")).containsExactly("left");
    }

    @Test
    void unblock_givesANewPin_andSaysNothingOfThePuk() throws Exception {
        TestRoom room = enter("unblock_card");
        room.ann.triesLeft = 0;
        whose(room, "ann", "nobody");
        type(room, room.ann, TestCard.PUK, NEW);

        closes(room);

        assertThat(room.ann.pin).isEqualTo(NEW);
        assertThat(values(room, "card_pin", "op")).containsExactly("unblock");
        assertThat(values(room, "card_pin_holds", "holds")).containsExactly("new");
    }

    @Test
    void unblock_endsAtOnce_whereNoCardIsBlocked() throws Exception {
        TestRoom room = enter("unblock_card");
        whose(room, "nobody");

        closes(room);

        assertThat(room.observed("card_pin")).isEmpty();
    }

    @Test
    void wrongPuk_andABlockedOne_areToldApartFromPins() throws Exception {
        TestRoom room = enter("unblock_card");
        whose(room, "ann", "nobody");
        type(room, room.ann, "00000001", NEW);
        room.front.then(SetCardPin.class, new Answer.Given<>(typed(room, room.ann, "00000002", NEW)));
        room.front.thenGive(SetCardPin.class, new CardPinAnswer.Left("It is replaced"));
        int[] times = {0};
        room.ann.onNewPin = () -> {
            if (++times[0] == 2) {
                room.ann.nextPin = Optional.of(new CardRefusal.Blocked());
            }
        };

        closes(room);

        assertThat(room.front.problems()).containsExactly("ceremony.card.wrong_puk", "ceremony.card.puk_blocked");
        assertThat(values(room, "card_pin", "reason")).containsExactly("wrong_puk", "puk_blocked");
    }

    @Test
    void cardPulledBeforeItWasAsked_keepsItsPin_andIsAskedAgain() throws Exception {
        TestRoom room = enter("change_card_pin");
        whose(room, "ann", "nobody");
        room.ann.nextPin = Optional.of(new CardRefusal.Removed());
        type(room, room.ann, TestCard.PIN, NEW);
        type(room, room.ann, TestCard.PIN, NEW);

        closes(room);

        assertThat(room.front.problems()).containsExactly("ceremony.card.pin_removed");
        assertThat(values(room, "card_pin", "outcome")).containsExactly("refused", "done");
    }

    /// The new PIN first, which the card did not take, and then the one before.
    @Test
    void cardPulledInTheMiddle_isFoundToHaveThePinBefore() throws Exception {
        TestRoom room = enter("change_card_pin");
        room.ann.nextPin = Optional.of(new PinAnswer.Unknown("gone"));
        whose(room, "ann", "new", "before", "nobody");
        type(room, room.ann, TestCard.PIN, NEW);
        room.front.thenPresent(room.ann, NEW).thenPresent(room.ann, TestCard.PIN);

        closes(room);

        assertThat(values(room, "card_pin", "outcome")).containsExactly("unknown");
        assertThat(room.front.problems()).containsExactly("ceremony.card.pin_unknown", "ceremony.card.wrong_pin");
        assertThat(values(room, "card_pin_holds", "holds")).containsExactly("before");
    }

    @Test
    void cardPulledInTheMiddle_isFoundToHaveTheNewPin() throws Exception {
        TestRoom room = enter("change_card_pin");
        room.ann.nextPin = Optional.of(new PinAnswer.Unknown("gone"));
        room.ann.takesIt = true;
        whose(room, "ann", "new", "nobody");
        type(room, room.ann, TestCard.PIN, NEW);
        room.front.thenPresent(room.ann, NEW);

        closes(room);

        assertThat(values(room, "card_pin_holds", "holds")).containsExactly("new");
    }

    @Test
    void unknownOutcome_canBeLeftOnRecord_andTheCeremonyGoesOn() throws Exception {
        TestRoom room = enter("change_card_pin");
        room.ann.nextPin = Optional.of(new PinAnswer.Unknown("gone"));
        whose(room, "ann", "leave", "bob", "nobody");
        type(room, room.ann, TestCard.PIN, NEW);
        type(room, room.bob, TestCard.PIN, NEW);

        closes(room);

        assertThat(values(room, "card_pin_holds", "holds")).containsExactly("unknown", "new");
    }

    @Test
    void cardPulledAfterItsAnswer_provesTheNewPinWhenItIsBack() throws Exception {
        TestRoom room = enter("change_card_pin");
        room.ann.next = Optional.of(new CardRefusal.Removed());
        whose(room, "ann", "new", "nobody");
        type(room, room.ann, TestCard.PIN, NEW);
        room.front.thenPresent(room.ann, NEW);

        closes(room);

        assertThat(values(room, "card_pin", "outcome")).containsExactly("done");
        assertThat(values(room, "card_pin_holds", "holds")).containsExactly("new");
    }

    /// The program ends while the card is asked: what it did then nobody knows, and nothing is asked of it again.
    @Test
    void stopInTheMiddle_countsAsUnknown() throws Exception {
        TestRoom room = enter("change_card_pin");
        whose(room, "ann");
        room.ann.onNewPin = () -> {
            throw new IllegalStateException("killed");
        };
        type(room, room.ann, TestCard.PIN, NEW);
        assertThatThrownBy(room::conduct).hasMessage("killed");
        room.ann.onNewPin = () -> {
            throw new AssertionError("asked again");
        };
        whose(room, "before", "nobody");
        room.front.thenPresent(room.ann, TestCard.PIN);

        closes(room);

        assertThat(values(room, "card_pin", "reason")).containsExactly("stopped");
        assertThat(values(room, "card_pin_holds", "holds")).containsExactly("before");
    }

    /// Which PIN it was is known from what was about to be tried.
    @Test
    void stopAfterTheSignature_asksNobodyAgain_andTellsWhichPinItWas() throws Exception {
        TestRoom room = enter("change_card_pin");
        room.ann.nextPin = Optional.of(new PinAnswer.Unknown("gone"));
        whose(room, "ann", "new", "before");
        type(room, room.ann, TestCard.PIN, NEW);
        room.front.thenPresent(room.ann, NEW).thenPresent(room.ann, TestCard.PIN);
        room.books = Trap.onEntry(draft -> draft.type() == EntryType.COSIGN, Trap.Where.AFTER)
                .around(room.ledger);
        assertThatThrownBy(room::conduct).isInstanceOf(TestHsm.Killed.class);
        room.books = room.ledger;
        whose(room, "nobody");

        closes(room);

        assertThat(values(room, "card_pin_tried", "pin")).containsExactly("before");
        assertThat(values(room, "card_pin_holds", "holds")).containsExactly("before");
        assertThat(room.ann.signed).isEqualTo(1);
    }

    @Test
    void cardThatTakesNoPinHere_saysWhy() throws Exception {
        TestRoom room = enter("unblock_card");
        room.ann.nextPin = Optional.of(new PinAnswer.NotHere("The module has no such code."));
        whose(room, "ann", "nobody");
        type(room, room.ann, TestCard.PUK, NEW);
        room.front.thenGive(SetCardPin.class, new CardPinAnswer.Left("Elsewhere"));

        closes(room);

        assertThat(room.front.notices.getFirst().cause()).isEqualTo("The module has no such code.");
        assertThat(values(room, "card_pin", "reason")).containsExactly("pin_not_here");
    }
}
