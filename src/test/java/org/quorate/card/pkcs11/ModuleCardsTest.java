package org.quorate.card.pkcs11;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.reader.TestReaders;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.CardKey;
import org.quorate.card.CardRefusal;
import org.quorate.card.NewPin;
import org.quorate.card.NoteAnswer;
import org.quorate.card.OpenAnswer;
import org.quorate.card.PinAnswer;
import org.quorate.card.SignAnswer;
import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.PracticeTray.Holder;
import org.quorate.card.practice.TestCards;
import org.quorate.card.practice.TestCards.Kind;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.pkcs11.ModuleSettings;
import org.quorate.hsm.pkcs11.Pkcs11Hsm;

/// Tokens as cards: SoftHSM's, and PIV cards as OpenSC shows them.
class ModuleCardsTest {
    private static final byte[] MESSAGE = "the act".getBytes(UTF_8);
    private static final KeyId KEY = new KeyId("0123456789abcdef0123456789abcdef");
    private static final List<Path> OPENSC = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so"),
            Path.of("/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so"));

    @TempDir
    private static Path shared;

    private static TestReaders readers;
    private static Pkcs11Hsm openSc;
    private static PracticeCard ec;
    private static PracticeCard rsa;

    @BeforeAll
    static void start() throws IOException {
        readers = TestReaders.start(3);
        Path module = OPENSC.stream().filter(Files::exists).findFirst().orElseThrow();
        openSc = Pkcs11Hsm.open(ModuleSettings.of(
                module, Map.of("PCSCLITE_CSOCK_NAME", readers.socket().toString())));
        ec = TestCards.make(shared, "ec", Kind.P256);
        rsa = TestCards.make(shared, "rsa", Kind.RSA_2048);
    }

    @AfterAll
    static void end() {
        openSc.close();
        readers.close();
    }

    @AfterEach
    void takeAllOut() {
        readers.removeAll();
    }

    private static boolean verifies(SignAnswer answer, X509Certificate certificate, String algorithm) throws Exception {
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(certificate);
        verifier.update(MESSAGE);
        return answer instanceof SignAnswer.Signed signed && verifier.verify(signed.signature());
    }

    private static Card only(ModuleCards cards) {
        assertThat(cards.present()).as("%s", cards.troubles()).hasSize(1);
        return cards.present().getFirst();
    }

    @Test
    void tokenOfSoftHsm_isACard_withAKeyAndItsCertificate() throws Exception {
        try (SoftHsm softHsm = SoftHsm.with("officer", "empty")) {
            X509Certificate certificate = certified(softHsm, "officer");
            var cards = new ModuleCards(softHsm.hsm());

            Card card = only(cards);

            assertThat(cards.troubles()).extracting(Problem::id).containsExactly("card.no_signing_certificate");
            assertThat(card.certificate()).isEqualTo(certificate);
            assertThat(card.serial()).isEqualTo(softHsm.token("officer").info().serial());
            assertThat(card.pinHelp().triesLeft()).as("SoftHSM never blocks").isEmpty();
            try (Secret pin = SoftHsm.userPin();
                    Secret wrong = SoftHsm.soPin()) {
                assertThat(verifies(card.sign(pin, MESSAGE), certificate, "SHA256withECDSA"))
                        .isTrue();
                assertThat(card.sign(wrong, MESSAGE)).isEqualTo(new CardRefusal.WrongPin(OptionalInt.empty()));
                assertThat(card.agree(pin, (ECPublicKey) certificate.getPublicKey()))
                        .as("it has no key for sealed things")
                        .isInstanceOf(CardRefusal.Failed.class);
            }
            assertThat(card.keep("note")).isEqualTo(NoteAnswer.CANNOT);
        }
    }

    @Test
    void pinOfAToken_isChangedByCSetPin_andAPukIsNotKnownThere() throws Exception {
        try (SoftHsm softHsm = SoftHsm.with("officer")) {
            X509Certificate certificate = certified(softHsm, "officer");
            Card card = only(new ModuleCards(softHsm.hsm()));

            try (Secret pin = SoftHsm.userPin();
                    Secret wrong = SoftHsm.soPin();
                    Secret fresh = Secret.ofChars("573190".toCharArray());
                    Secret run = Secret.ofChars("123456".toCharArray())) {
                assertThat(card.weakness(run)).contains(NewPin.Weakness.RUN);
                assertThat(card.changePin(wrong, fresh)).isEqualTo(new CardRefusal.WrongPin(OptionalInt.empty()));
                assertThat(card.changePin(pin, fresh)).isEqualTo(new PinAnswer.Changed());
                assertThat(card.sign(pin, MESSAGE)).isInstanceOf(CardRefusal.WrongPin.class);
                assertThat(verifies(card.sign(fresh, MESSAGE), certificate, "SHA256withECDSA"))
                        .isTrue();
                assertThat(card.unblock(pin, fresh))
                        .isInstanceOfSatisfying(
                                PinAnswer.NotHere.class,
                                no -> assertThat(no.why()).contains("maker's own program"));
            }
        }
    }

    private static X509Certificate certified(SoftHsm softHsm, String label) throws Exception {
        try (TokenSession session = softHsm.asUser(label)) {
            PublicKey key = session.generateKeyPair(
                            new KeySpec.Ec(KeySpec.Curve.P256),
                            KEY,
                            KeyPurpose.SIGNING.publicHalf("signing"),
                            KeyPurpose.SIGNING.privateHalf("signing"))
                    .orThrow();
            X509Certificate certificate =
                    TestCards.certify(key, CardKey.SIGNING, new Holder("officer", "Officer", "Example"));
            session.importCertificate(certificate.getEncoded(), KEY, "signing").orThrow();
            return certificate;
        }
    }

    @Test
    void pivCardBehindOpenSc_isTheSameCard() throws Exception {
        readers.insertAndAwait(1, ec);
        Card card = only(new ModuleCards(openSc));

        assertThat(card.keyId()).isEqualTo(ec.keyId());
        assertThat(card.certificate(CardKey.PRESENCE)).isEqualTo(ec.certificate(CardKey.PRESENCE));
        assertThat(card.certificate(CardKey.SEALING)).isEqualTo(ec.certificate(CardKey.SEALING));
        try (Secret pin = TestCards.pin(ec)) {
            // The key that wants its PIN each time, twice.
            assertThat(verifies(card.sign(pin, MESSAGE), ec.certificate(), "SHA256withECDSA"))
                    .isTrue();
            assertThat(verifies(card.sign(pin, MESSAGE), ec.certificate(), "SHA256withECDSA"))
                    .isTrue();
            assertThat(verifies(
                            card.prove(pin, MESSAGE),
                            ec.certificate(CardKey.PRESENCE).orElseThrow(),
                            "SHA256withECDSA"))
                    .isTrue();
            KeyPair ephemeral = TestCards.pair("EC", 256);
            KeyAgreement ours = KeyAgreement.getInstance("ECDH");
            ours.init(ephemeral.getPrivate());
            ours.doPhase(ec.certificate(CardKey.SEALING).orElseThrow().getPublicKey(), true);
            assertThat(card.agree(pin, (ECPublicKey) ephemeral.getPublic()))
                    .isInstanceOfSatisfying(
                            OpenAnswer.Opened.class,
                            opened -> assertThat(opened.value().<byte[]>use(byte[]::clone))
                                    .isEqualTo(ours.generateSecret()));
        }
    }

    @Test
    void rsaCardBehindOpenSc_signsAndDecrypts() throws Exception {
        readers.insertAndAwait(1, rsa);
        Card card = only(new ModuleCards(openSc));
        byte[] block = new byte[256];
        block[255] = 9;
        Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                rsa.certificate(CardKey.SEALING).orElseThrow().getPublicKey());
        byte[] encrypted = cipher.doFinal(block);

        try (Secret pin = TestCards.pin(rsa)) {
            assertThat(verifies(card.sign(pin, MESSAGE), rsa.certificate(), "SHA256withRSA"))
                    .isTrue();
            assertThat(card.decrypt(pin, encrypted))
                    .isInstanceOfSatisfying(
                            OpenAnswer.Opened.class,
                            opened -> assertThat(opened.value().<byte[]>use(byte[]::clone))
                                    .isEqualTo(block));
        }
    }

    @Test
    void wrongPinBehindOpenSc_blocksInTheEnd() {
        PracticeCard card = TestCards.make(shared, "forgetful", Kind.P256);
        readers.insertAndAwait(1, card);
        Card there = only(new ModuleCards(openSc));
        try (Secret wrong = TestCards.wrongPin(card)) {
            assertThat(there.sign(wrong, MESSAGE)).isInstanceOf(CardRefusal.WrongPin.class);
            assertThat(there.sign(wrong, MESSAGE)).isEqualTo(new CardRefusal.WrongPin(1));
            assertThat(there.sign(wrong, MESSAGE)).isInstanceOf(CardRefusal.class);
            assertThat(there.sign(wrong, MESSAGE)).isEqualTo(new CardRefusal.Blocked());
        }
        assertThat(card.pinHelp().blocked()).isTrue();
    }

    /// OpenSC 0.23 is known to hang then; the host it hangs in is ended, and the next card works.
    @Test
    void cardPulledBehindOpenSc_isAnAnswer_andTheNextCardSigns() throws Exception {
        var pullAt = new AtomicReference<>(Integer.MAX_VALUE);
        var commands = readers.insertPulledAt(1, ec, pullAt);
        readers.await(() -> readers.pcsc().present().size() == 1);
        Card card = only(new ModuleCards(openSc));
        try (Secret pin = TestCards.pin(ec)) {
            int before = commands.get();
            assertThat(card.sign(pin, MESSAGE)).isInstanceOf(SignAnswer.Signed.class);
            pullAt.set(commands.get() + (commands.get() - before) - 1);

            assertThat(card.sign(pin, MESSAGE)).isInstanceOf(CardRefusal.class);
        }

        readers.insertAndAwait(2, rsa);
        Card next = only(new ModuleCards(openSc));
        try (Secret pin = TestCards.pin(rsa)) {
            assertThat(verifies(next.sign(pin, MESSAGE), rsa.certificate(), "SHA256withRSA"))
                    .isTrue();
        }
    }

    @Test
    void cardTakenOutBehindOpenSc_isGone() {
        readers.insertAndAwait(1, ec);
        var cards = new ModuleCards(openSc);
        Card card = only(cards);
        readers.removeAll();

        try (Secret pin = TestCards.pin(ec)) {
            assertThat(card.sign(pin, MESSAGE)).isEqualTo(new CardRefusal.Removed());
        }
        assertThat(cards.present()).isEmpty();
    }
}
