package org.quorate.card.piv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.base.Secret;
import org.quorate.card.CardRefusal;
import org.quorate.card.PinAnswer;
import org.quorate.card.SignAnswer;
import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.TestCards;

/// CHANGE REFERENCE DATA and RESET RETRY COUNTER against a card that is a program.
class PivNewPinTest {
    private static final String NEW = "573190";
    private static final String WRONG = "000000";
    /// SELECT, GET DATA of the certificate in two pieces, and then the command that changes the card.
    private static final int BEFORE = 3;

    @TempDir
    private Path folder;

    private PracticeCard file;
    private TestPlace place;
    private PivCard card;
    private String old = "";
    private String puk = "";

    @BeforeEach
    void putIn() {
        file = TestCards.make(folder, "officer-1", TestCards.Kind.P256);
        place = new TestPlace(file);
        card = place.read();
        old = file.pinHelp().practicePin().orElseThrow();
        puk = file.practicePuk().orElseThrow();
    }

    private static PinAnswer give(BiFunction<Secret, Secret, PinAnswer> to, String first, String fresh) {
        try (Secret one = Secret.ofChars(first.toCharArray());
                Secret two = Secret.ofChars(fresh.toCharArray())) {
            return to.apply(one, two);
        }
    }

    private PinAnswer change(String first) {
        return give(card::changePin, first, NEW);
    }

    private PinAnswer unblock(String code) {
        return give(card::unblock, code, NEW);
    }

    private SignAnswer sign(String pin) {
        try (Secret secret = Secret.ofChars(pin.toCharArray())) {
            return card.sign(secret, new byte[] {1});
        }
    }

    private void block() {
        for (int i = 0; i < 3; i++) {
            sign(WRONG);
        }
        assertThat(file.pinHelp().blocked()).isTrue();
    }

    @Test
    void change_sendsOldAndNewPinFilledUp_andOnlyTheNewOneSigns() {
        assertThat(change(old)).isEqualTo(new PinAnswer.Changed());

        String sent = HexFormat.of().formatHex(place.commands.getLast());
        assertThat(sent).isEqualTo("00240080" + "10" + filled(old) + filled(NEW));
        assertThat(place.endings.getLast()).isEqualTo(CardPlace.Afterwards.RESET);
        assertThat(sign(old)).isEqualTo(new CardRefusal.WrongPin(2));
        assertThat(sign(NEW)).isInstanceOf(SignAnswer.Signed.class);
    }

    private static String filled(String pin) {
        return (HexFormat.of().formatHex(pin.getBytes(StandardCharsets.US_ASCII)) + "ffffffffffffffff")
                .substring(0, 16);
    }

    @Test
    void wrongOldPin_costsATry_andTheThirdBlocks() {
        assertThat(change(WRONG)).isEqualTo(new CardRefusal.WrongPin(2));
        assertThat(change(WRONG)).isEqualTo(new CardRefusal.WrongPin(1));
        assertThat(change(WRONG)).isEqualTo(new CardRefusal.Blocked());
        assertThat(change(old)).isEqualTo(new CardRefusal.Blocked());
    }

    @Test
    void blockedCard_isUnblockedByItsPuk_andHasAllItsTries() {
        block();

        assertThat(unblock(puk)).isEqualTo(new PinAnswer.Changed());

        assertThat(HexFormat.of().formatHex(place.commands.getLast())).startsWith("002c0080" + "10");
        assertThat(file.pinHelp().triesLeft()).hasValue(3);
        assertThat(sign(NEW)).isInstanceOf(SignAnswer.Signed.class);
    }

    @Test
    void wrongPuk_costsATryOfThePukOnly_andTheThirdEndsIt() {
        assertThat(unblock("00000001")).isEqualTo(new CardRefusal.WrongPin(2));
        assertThat(unblock("00000001")).isEqualTo(new CardRefusal.WrongPin(1));
        assertThat(unblock("00000001")).isEqualTo(new CardRefusal.Blocked());
        assertThat(unblock(puk)).isEqualTo(new CardRefusal.Blocked());
        assertThat(file.pinHelp().triesLeft()).hasValue(3);
        assertThat(sign(old)).isInstanceOf(SignAnswer.Signed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "123456789", ""})
    void whatCannotBeAPin_isNotSent(String digits) {
        assertThat(change(digits)).isInstanceOf(CardRefusal.Failed.class);
        assertThat(unblock(digits)).isInstanceOf(CardRefusal.Failed.class);
        assertThat(file.pinHelp().triesLeft()).hasValue(3);
    }

    /// Up to the command itself the card was asked nothing; from it on nobody knows.
    @Test
    void pulledCard_keepsItsPin_orNobodyKnows() {
        change(WRONG);
        int last = place.commands.size() - 1;
        assertThat(last).isGreaterThanOrEqualTo(BEFORE - 1);
        for (int i = 0; i <= last; i++) {
            place.clear();
            place.pullAt = i;

            assertThat(change(old))
                    .as("pulled at command %d", i)
                    .isInstanceOf(i < last ? CardRefusal.Removed.class : PinAnswer.Unknown.class);
        }
        place.clear();
        place.there = false;
        assertThat(change(old)).isEqualTo(new CardRefusal.Removed());
    }

    @Test
    void cardPulledBeforeItsAnswerArrives_hasTheNewPin_thoughNobodyKnows() {
        change(WRONG);
        place.meddleAt = place.commands.size() - 1;
        place.meddle = answer -> new byte[0];

        assertThat(change(old)).isInstanceOf(PinAnswer.Unknown.class);

        place.clear();
        assertThat(sign(NEW)).isInstanceOf(SignAnswer.Signed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6400", "6700", "6982", "6985", "6a80", "6a81", "6a86", "6a88", "6d00", "6e00"})
    void statusWordThatSaysThatNothingChanged_isARefusal(String word) {
        change(WRONG);
        place.answerAt(place.commands.size() - 1, word);

        assertThat(change(old))
                .isInstanceOfSatisfying(
                        CardRefusal.Failed.class,
                        failed -> assertThat(failed.technical())
                                .containsIgnoringCase(word)
                                .contains("CHANGE REFERENCE DATA"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6581", "6f00", "6283", "9f01", "90"})
    void statusWordThatSaysNothingOfIt_leavesItUnknown(String word) {
        change(WRONG);
        place.answerAt(place.commands.size() - 1, word);

        assertThat(change(old)).isInstanceOf(PinAnswer.Unknown.class);
    }

    @Test
    void anotherCardInItsPlace_isNotAsked() {
        PracticeCard other = TestCards.make(folder, "officer-2", TestCards.Kind.P256);
        place.card = new TestPlace(other).card;

        assertThat(change(old)).isEqualTo(new CardRefusal.Removed());
        assertThat(place.commands).noneMatch(command -> command[1] == 0x24);
        assertThat(other.pinHelp().triesLeft()).hasValue(3);
    }

    @Test
    void readerWithKeys_refusesInItsOwnWords_andNothingIsSent() {
        place.keys = Optional.of((code, command) -> new byte[] {(byte) 0x90, 0});
        PivCard atPad = place.read();
        place.commands.clear();

        for (PinAnswer answer : List.of(give(atPad::changePin, old, NEW), give(atPad::unblock, puk, NEW))) {
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            PinAnswer.NotHere.class, no -> assertThat(no.why()).contains("keys of its own"));
        }
        assertThat(place.commands).isEmpty();
    }
}
