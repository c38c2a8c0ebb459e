package org.quorate.app.reader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.CardKey;
import org.quorate.card.CardRefusal;
import org.quorate.card.OpenAnswer;
import org.quorate.card.SignAnswer;
import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.TestCards;
import org.quorate.card.practice.TestCards.Kind;

/// Virtual cards behind a real card reader service, seen by this program and by others.
class VirtualReadersTest {
    private static final byte[] MESSAGE = "the act".getBytes(UTF_8);
    private static final int READERS = 12;

    @TempDir
    private static Path shared;

    private static TestReaders readers;
    private static PracticeCard p256;
    private static PracticeCard p384;
    private static PracticeCard rsa;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        readers = TestReaders.start(READERS);
        p256 = TestCards.make(shared, "one", Kind.P256);
        p384 = TestCards.make(shared, "two", Kind.P384);
        rsa = TestCards.make(shared, "three", Kind.RSA_2048);
    }

    @AfterAll
    static void end() {
        readers.close();
        assertThat(readers.folder()).as("nothing is left behind").doesNotExist();
    }

    @AfterEach
    void takeAllOut() {
        for (int i = 0; i < READERS; i++) {
            readers.remove(i);
        }
        readers.await(() ->
                readers.pcsc().present().isEmpty() && readers.pcsc().troubles().isEmpty());
    }

    private static SignAnswer sign(PracticeCard file) {
        return sign(readers.card(file), file);
    }

    private static SignAnswer sign(Card card, PracticeCard file) {
        try (Secret pin = TestCards.pin(file)) {
            return card.sign(pin, MESSAGE);
        }
    }

    private static boolean verifies(SignAnswer answer, PracticeCard file) throws Exception {
        var signed = (SignAnswer.Signed) answer;
        Signature verifier = Signature.getInstance(
                switch (signed.algorithm()) {
                    case "ES256" -> "SHA256withECDSA";
                    case "ES384" -> "SHA384withECDSA";
                    default -> "SHA256withRSA";
                });
        verifier.initVerify(file.certificate());
        verifier.update(MESSAGE);
        return verifier.verify(signed.signature());
    }

    @Test
    void fiveOfficers_inFiveReaders_areAllThere_andSign() throws Exception {
        List<PracticeCard> five = new ArrayList<>(List.of(p256, p384, rsa));
        five.add(TestCards.make(folder, "four", Kind.P256));
        five.add(TestCards.make(folder, "five", Kind.P256));
        for (int i = 0; i < five.size(); i++) {
            readers.insert(readers.fresh(), five.get(i));
        }
        readers.await(() -> readers.pcsc().present().size() == 5);

        for (PracticeCard file : five) {
            assertThat(verifies(sign(file), file)).isTrue();
        }
        assertThat(readers.pcsc().troubles()).isEmpty();
    }

    /// Straight from one to the next, as quick hands do it. The card before is not taken for the one that lies there
    /// now, which would cost it a try.
    @Test
    void fiveOfficers_throughOneReader_signOneAfterAnother() throws Exception {
        int reader = readers.fresh();
        Optional<Card> before = Optional.empty();
        for (int i = 0; i < 5; i++) {
            PracticeCard file = TestCards.make(folder, "officer-" + i, Kind.P256);
            readers.insertAndAwait(reader, file);

            assertThat(readers.pcsc().present()).hasSize(1);
            before.ifPresent(card -> assertThat(sign(card, file)).isEqualTo(new CardRefusal.Removed()));
            assertThat(file.pinHelp().triesLeft()).hasValue(3);
            assertThat(verifies(sign(file), file)).isTrue();
            before = Optional.of(readers.card(file));
        }
    }

    @Test
    void cardPulledInTheMiddle_isRemoved_andTheOthersGoOn() throws Exception {
        readers.insertAndAwait(readers.fresh(), p384);
        int reader = readers.fresh();
        for (int last : List.of(2, 0)) {
            var pullAt = new AtomicReference<>(Integer.MAX_VALUE);
            var commands = readers.insertPulledAt(reader, p256, pullAt);
            readers.await(() -> readers.pcsc().present().size() == 2);
            Card card = readers.card(p256);
            int before = commands.get();
            sign(card, p256);
            int each = commands.get() - before;
            int at = last == 0 ? each : last;
            pullAt.set(commands.get() + at);

            assertThat(sign(card, p256)).as("at command %d", at).isEqualTo(new CardRefusal.Removed());

            assertThat(verifies(sign(p384), p384)).isTrue();
            readers.await(() -> readers.pcsc().present().size() == 1);
        }
        readers.insertAndAwait(reader, p256);
        assertThat(verifies(sign(p256), p256)).as("back in the reader").isTrue();
    }

    @Test
    void triesLeft_areThoseOfTheCard_afterAWrongPin() {
        PracticeCard file = TestCards.make(folder, "forgetful", Kind.P256);
        readers.insertAndAwait(readers.fresh(), file);
        try (Secret wrong = TestCards.wrongPin(file)) {
            assertThat(readers.card(file).sign(wrong, MESSAGE)).isEqualTo(new CardRefusal.WrongPin(2));
        }

        assertThat(readers.card(file).pinHelp().triesLeft()).hasValue(2);
    }

    @Test
    void cardThatIsNoPivCard_isNamed_andNotOffered() {
        readers.insertAndAwait(readers.fresh(), p256);
        readers.insertStranger(readers.fresh());
        readers.await(() -> readers.pcsc().present().size() == 1
                && !readers.pcsc().troubles().isEmpty());

        assertThat(readers.pcsc().present()).hasSize(1);
        assertThat(readers.pcsc().troubles()).singleElement().satisfies(problem -> {
            assertThat(problem.id()).isEqualTo("card.not_understood");
            assertThat(problem.technical().orElseThrow()).contains("6A82");
        });
    }

    @Test
    void sealingKey_agreesAndDecrypts_overTheReader() throws Exception {
        readers.insert(readers.fresh(), p384);
        readers.insertAndAwait(readers.fresh(), rsa);
        readers.await(() -> readers.pcsc().present().size() == 2);
        KeyPair ephemeral = TestCards.pair("EC", 384);
        KeyAgreement ours = KeyAgreement.getInstance("ECDH");
        ours.init(ephemeral.getPrivate());
        ours.doPhase(p384.certificate(CardKey.SEALING).orElseThrow().getPublicKey(), true);

        try (Secret pin = TestCards.pin(p384);
                Secret other = TestCards.pin(rsa)) {
            var opened = (OpenAnswer.Opened) readers.card(p384).agree(pin, (ECPublicKey) ephemeral.getPublic());
            assertThat(opened.value().<byte[]>use(byte[]::clone)).isEqualTo(ours.generateSecret());
            assertThat(readers.card(rsa).decrypt(other, new byte[256])).isInstanceOf(OpenAnswer.Opened.class);
        }
    }

    @Test
    void serviceThatIsStartedAnew_isFoundAgain() throws Exception {
        readers.insertAndAwait(readers.fresh(), p256);
        readers.close();
        assertThat(readers.pcsc().present()).isEmpty();
        assertThat(readers.pcsc().troubles()).extracting(Problem::id).containsExactly("card.no_service");

        readers = TestReaders.start(READERS);
        readers.insertAndAwait(readers.fresh(), p256);

        assertThat(verifies(sign(p256), p256)).isTrue();
    }

    @Test
    void placeThatIsInUse_isRefused() {
        assertThatThrownBy(() -> VirtualReaders.start(readers.socket(), 1))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo("app.reader.socket_in_use"));
    }

    private record Ran(int code, String out) {}

    private Ran run(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile());
        builder.environment().put("PCSCLITE_CSOCK_NAME", readers.socket().toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ran(process.waitFor(), out);
    }

    private static String digits(PracticeCard card) {
        return card.pinHelp().practicePin().orElseThrow();
    }

    /// OpenSC knows the card for what it is, signs with the key that wants a PIN every time, and agrees on a secret.
    @Test
    void openSc_acceptsTheCard() throws Exception {
        readers.insertAndAwait(0, p256);
        Path data = Files.write(
                folder.resolve("digest"), MessageDigest.getInstance("SHA-256").digest(MESSAGE));
        Path signature = folder.resolve("signature");

        Ran objects = run("pkcs11-tool", "--list-objects", "--login", "--pin", digits(p256));
        Ran signing = run(
                "pkcs11-tool",
                "--login",
                "--pin",
                digits(p256),
                "--sign",
                "--id",
                "02",
                "--mechanism",
                "ECDSA",
                "--signature-format",
                "openssl",
                "--input-file",
                data.toString(),
                "--output-file",
                signature.toString());

        assertThat(objects.out)
                .contains("SIGN key")
                .contains("KEY MAN key")
                .contains("Certificate for Digital Signature");
        assertThat(signing.code).as(signing.out).isZero();
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(p256.certificate());
        verifier.update(MESSAGE);
        assertThat(verifier.verify(Files.readAllBytes(signature))).isTrue();
    }

    @Test
    void openSc_decryptsWithAnRsaCard() throws Exception {
        readers.insertAndAwait(0, rsa);
        var cipher = javax.crypto.Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(
                javax.crypto.Cipher.ENCRYPT_MODE,
                rsa.certificate(CardKey.SEALING).orElseThrow().getPublicKey());
        Path encrypted = Files.write(folder.resolve("encrypted"), cipher.doFinal(MESSAGE));
        Path plain = folder.resolve("plain");

        Ran ran = run(
                "pkcs11-tool",
                "--login",
                "--pin",
                digits(rsa),
                "--decrypt",
                "--id",
                "03",
                "--mechanism",
                "RSA-PKCS",
                "--input-file",
                encrypted.toString(),
                "--output-file",
                plain.toString());

        assertThat(ran.code).as(ran.out).isZero();
        assertThat(Files.readAllBytes(plain)).isEqualTo(MESSAGE);
    }

    @Test
    void yubicoPivTool_acceptsTheCard() throws Exception {
        readers.insertAndAwait(0, p256);

        Ran status = run("yubico-piv-tool", "--reader", "Virtual", "--action", "status");
        Ran pin = run("yubico-piv-tool", "--reader", "Virtual", "--action", "verify-pin", "--pin", digits(p256));

        assertThat(status.out)
                .contains("Slot 9a:")
                .contains("Slot 9c:")
                .contains("Slot 9d:")
                .contains("Subject DN:\tOU=SIGNING, O=Example, CN=Holder of one")
                .contains("PIN tries left:\t3");
        assertThat(pin.out).contains("Successfully verified PIN.");
    }

    /// The outside check that it is CHANGE REFERENCE DATA and RESET RETRY COUNTER as other programs speak them.
    @Test
    void yubicoPivTool_changesThePin_andUnblocksTheCard() throws Exception {
        readers.insertAndAwait(0, p256);

        Ran change = run(
                "yubico-piv-tool",
                "--reader",
                "Virtual",
                "--action",
                "change-pin",
                "--pin",
                digits(p256),
                "--new-pin",
                "58302749");
        assertThat(change.out).contains("Successfully changed the pin code.");
        assertThat(digits(p256)).isEqualTo("58302749");

        Ran unblock = run(
                "yubico-piv-tool",
                "--reader",
                "Virtual",
                "--action",
                "unblock-pin",
                "--pin",
                p256.practicePuk().orElseThrow(),
                "--new-pin",
                "902715");
        assertThat(unblock.out).contains("Successfully unblocked the pin code.");
        assertThat(digits(p256)).isEqualTo("902715");
    }
}
