package org.quorate.card.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Digest;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.CardRefusal;
import org.quorate.card.NoteAnswer;
import org.quorate.card.SignAnswer;
import org.quorate.card.practice.PracticeTray.Holder;

class PracticeTrayTest {
    private static final byte[] MESSAGE = "the act".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private Card card;

    @BeforeEach
    void makeACard() {
        PracticeTray.create(folder, new Holder("officer-1", "Ada Lovelace", "Example"), TestCards::certify);
        card = new PracticeTray(folder).present().getFirst();
    }

    @Test
    void note_staysOnTheCard_andIsForItsLedgerOnly() {
        assertThat(card.kept("quorate.invalid/a")).isEmpty();

        assertThat(card.keep("quorate.invalid/a\n7\nroot\n")).isEqualTo(NoteAnswer.KEPT);

        Card later = new PracticeTray(folder).present().getFirst();
        assertThat(later.kept("quorate.invalid/a")).contains("quorate.invalid/a\n7\nroot\n");
        assertThat(later.kept("quorate.invalid/b")).isEmpty();
    }

    @Test
    void sign_givesASignatureOfItsCertificate_whenThePinIsRight() {
        SignAnswer answer = sign(card, practicePin());

        assertThat(answer).isInstanceOfSatisfying(SignAnswer.Signed.class, signed -> {
            assertThat(signed.algorithm()).isEqualTo("ES256");
            assertThat(verifies(signed.signature())).isTrue();
        });
        assertThat(card.keyId())
                .isEqualTo(Digest.of(card.certificate().getPublicKey().getEncoded()));
    }

    @Test
    void present_knowsTheCardAgain_inAnotherTray() {
        List<Card> again = new PracticeTray(folder).present();

        assertThat(again).hasSize(1);
        assertThat(again.getFirst().serial()).isEqualTo(card.serial()).matches("P-[0-9A-F]{4}-[0-9A-F]{4}");
        assertThat(again.getFirst().keyId()).isEqualTo(card.keyId());
        assertThat(card.certificate().getSubjectX500Principal().getName()).contains("Ada Lovelace");
        assertThat(card.pinHelp().practicePin())
                .hasValueSatisfying(pin -> assertThat(pin).matches("[0-9]{6}"));
        assertThat(new PracticeTray(folder).practice()).isTrue();
    }

    @Test
    void sign_countsWrongPinsDown_andUpAgainAfterARightOne() {
        assertThat(sign(card, wrongPin())).isEqualTo(new CardRefusal.WrongPin(2));
        assertThat(sign(card, wrongPin())).isEqualTo(new CardRefusal.WrongPin(1));
        assertThat(card.pinHelp().triesLeft()).hasValue(1);

        assertThat(sign(card, practicePin())).isInstanceOf(SignAnswer.Signed.class);

        assertThat(card.pinHelp().triesLeft()).hasValue(3);
    }

    @Test
    void sign_blocksTheCardForGood_afterThreeWrongPins() {
        sign(card, wrongPin());
        sign(card, wrongPin());

        assertThat(sign(card, wrongPin())).isEqualTo(new CardRefusal.Blocked());
        assertThat(sign(card, practicePin())).isEqualTo(new CardRefusal.Blocked());
        assertThat(sign(new PracticeTray(folder).present().getFirst(), practicePin()))
                .as("putting it in again does not help")
                .isEqualTo(new CardRefusal.Blocked());
        assertThat(card.pinHelp().triesLeft()).hasValue(0);
    }

    @Test
    void sign_hasCountedTheTry_beforeThePinIsTried() throws IOException {
        Path tries = folder.resolve("officer-1.tries");
        Secret pin = Secret.ofChars(practicePin().toCharArray());
        pin.close(); // a wiped PIN ends the attempt at the moment it is used

        assertThatThrownBy(() -> card.sign(pin, MESSAGE)).isInstanceOf(IllegalStateException.class);

        assertThat(tries).hasContent("2");
    }

    @Test
    void sign_answersRemoved_whenTheFileIsPulledAfterListing() throws IOException {
        Path pulled = Files.move(folder.resolve("officer-1.card"), folder.resolve("pocket"));

        assertThat(sign(card, practicePin())).isEqualTo(new CardRefusal.Removed());
        assertThat(new PracticeTray(folder).present()).isEmpty();
        assertThat(folder.resolve("officer-1.card")).doesNotExist();

        Files.move(pulled, folder.resolve("officer-1.card"));
        assertThat(sign(card, practicePin())).isInstanceOf(SignAnswer.Signed.class);
    }

    @Test
    void sign_answersRemoved_whenAnotherCardLiesInItsPlace() throws IOException {
        PracticeTray.create(folder, new Holder("officer-2", "Alan Turing", "Example"), TestCards::certify);
        Files.delete(folder.resolve("officer-1.card"));
        Files.move(folder.resolve("officer-2.card"), folder.resolve("officer-1.card"));

        assertThat(sign(card, practicePin())).isEqualTo(new CardRefusal.Removed());
    }

    @Test
    void sign_failsWithoutCostingATry_whenTheFileIsDamaged() throws IOException {
        Path path = folder.resolve("officer-1.card");
        String text = Files.readString(path);
        int at = text.indexOf("\"sealed\"") + 20;
        char other = text.charAt(at) == 'A' ? 'B' : 'A';
        Files.writeString(path, text.substring(0, at) + other + text.substring(at + 1));

        assertThat(sign(card, practicePin()))
                .isInstanceOfSatisfying(
                        CardRefusal.Failed.class,
                        failed -> assertThat(failed.technical()).contains("checksum"));
        assertThat(Files.readString(folder.resolve("officer-1.tries"))).isEqualTo("3");
        assertThat(new PracticeTray(folder).present()).isEmpty();
    }

    @Test
    void sign_fails_whenTheCountIsMissingOrNoDigit() throws IOException {
        Path tries = folder.resolve("officer-1.tries");
        Files.writeString(tries, "9");
        assertThat(sign(card, practicePin())).isInstanceOf(CardRefusal.Failed.class);

        Files.delete(tries);
        assertThat(sign(card, practicePin()))
                .as("taking the count away gives no new tries")
                .isInstanceOf(CardRefusal.Failed.class);
        assertThat(tries).doesNotExist();
    }

    @Test
    void sign_waits_whileTheWindowReadsTheCount() throws Exception {
        var signing = new FutureTask<>(() -> sign(card, practicePin()));
        Thread officer = new Thread(signing, "officer");
        try (Tries _ = Tries.open(folder.resolve("officer-1.tries"))) {
            officer.start();
            while (officer.getState() != Thread.State.WAITING && !signing.isDone()) {
                Thread.onSpinWait();
            }
        }

        assertThat(signing.get()).isInstanceOf(SignAnswer.Signed.class);
    }

    @Test
    void sign_leavesThePinToItsOwner() {
        try (Secret pin = Secret.ofChars(practicePin().toCharArray())) {
            card.sign(pin, MESSAGE);

            assertThat(pin.length()).isEqualTo(6);
        }
    }

    @Test
    void create_overwritesNothing() throws IOException {
        byte[] before = Files.readAllBytes(folder.resolve("officer-1.card"));

        assertThatThrownBy(() -> PracticeTray.create(
                        folder, new Holder("officer-1", "Somebody Else", "Example"), TestCards::certify))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("card.practice-exists");
        assertThat(folder.resolve("officer-1.card")).hasBinaryContent(before);
    }

    @Test
    void file_saysThatItIsAPracticeCard() throws IOException {
        assertThat(Files.readString(folder.resolve("officer-1.card")))
                .contains("This is a practice card")
                .contains("Never use it in a live ceremony");
    }

    @Test
    void present_isEmpty_whenThereIsNoFolder() {
        assertThat(new PracticeTray(folder.resolve("nowhere")).present()).isEmpty();
    }

    private String practicePin() {
        return card.pinHelp().practicePin().orElseThrow();
    }

    private String wrongPin() {
        return practicePin().equals("000000") ? "000001" : "000000";
    }

    private static SignAnswer sign(Card card, String pin) {
        try (Secret secret = Secret.ofChars(pin.toCharArray())) {
            return card.sign(secret, MESSAGE);
        }
    }

    private boolean verifies(byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(card.certificate());
            verifier.update(MESSAGE);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
