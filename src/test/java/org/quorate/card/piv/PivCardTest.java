package org.quorate.card.piv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.base.Secret;
import org.quorate.card.CardKey;
import org.quorate.card.CardRefusal;
import org.quorate.card.NoteAnswer;
import org.quorate.card.OpenAnswer;
import org.quorate.card.SignAnswer;
import org.quorate.card.Tlv;
import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.TestCards;
import org.quorate.card.practice.TestCards.Kind;
import org.quorate.card.practice.piv.VirtualPiv;

/// The PIV adapter against a card that is a program, so that every command can go wrong in every way.
class PivCardTest {
    private static final byte[] MESSAGE = "the act".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private PracticeCard file;
    private TestPlace place;
    private PivCard card;

    @BeforeEach
    void putIn() {
        putIn("officer-1", Kind.P256);
    }

    private void putIn(String person, Kind kind) {
        file = TestCards.make(folder, person, kind);
        place = new TestPlace(file);
        card = place.read();
    }

    private SignAnswer sign() {
        try (Secret pin = TestCards.pin(file)) {
            return card.sign(pin, MESSAGE);
        }
    }

    private SignAnswer signWrongly() {
        try (Secret pin = TestCards.wrongPin(file)) {
            return card.sign(pin, MESSAGE);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void sign_givesASignatureThatVerifies_withEveryKindOfKey(Kind kind) throws GeneralSecurityException {
        putIn("holder-" + kind.ordinal(), kind);

        SignAnswer answer = sign();

        String algorithm = switch (kind) {
            case P256 -> "ES256";
            case P384 -> "ES384";
            case RSA_2048, RSA_3072 -> "RS256";
        };
        assertThat(answer).isInstanceOf(SignAnswer.Signed.class);
        var signed = (SignAnswer.Signed) answer;
        assertThat(signed.algorithm()).isEqualTo(algorithm);
        Signature verifier = Signature.getInstance(
                switch (kind) {
                    case P256 -> "SHA256withECDSA";
                    case P384 -> "SHA384withECDSA";
                    case RSA_2048, RSA_3072 -> "SHA256withRSA";
                });
        verifier.initVerify(file.certificate());
        verifier.update(MESSAGE);
        assertThat(verifier.verify(signed.signature())).isTrue();
    }

    @Test
    void card_saysWhatItIs_withoutAPin() {
        assertThat(card.certificate()).isEqualTo(file.certificate());
        assertThat(card.keyId()).isEqualTo(file.keyId());
        assertThat(card.certificate(CardKey.SEALING)).isEqualTo(file.certificate(CardKey.SEALING));
        assertThat(card.certificate(CardKey.PRESENCE)).isEqualTo(file.certificate(CardKey.PRESENCE));
        assertThat(card.serial())
                .isEqualTo(String.valueOf(Long.parseLong(file.serial().replaceAll("[^0-9A-F]", ""), 16)));
        assertThat(card.pinHelp().triesLeft()).hasValue(3);
        assertThat(card.pinHelp().practicePin()).isEmpty();
        assertThat(card.pinHelp().atReader()).isFalse();
    }

    @Test
    void serial_isTheUuid_whereTheCardPrintsNone() {
        answerToReading("00f8", "6d00");

        assertThat(card.serial()).matches("[0-9a-f]{12}8[0-9a-f]{19}");
    }

    @Test
    void serial_isOfTheCertificate_whereThereIsNoUuidEither() {
        answerToReading("00f8", "6d00", "00cb3fff055c035fc102", "6a82");

        assertThat(card.serial()).isEqualTo(card.keyId().hex().substring(0, 16));
    }

    /// Reads the card again; commands that begin so are answered so.
    private void answerToReading(String... pairs) {
        card = new TestPlace(file) {
            @Override
            byte[] answered(byte[] command, byte[] answer) {
                String hex = HexFormat.of().formatHex(command);
                for (int i = 0; i < pairs.length; i += 2) {
                    if (hex.startsWith(pairs[i])) {
                        return HexFormat.of().parseHex(pairs[i + 1]);
                    }
                }
                return answer;
            }
        }.read();
    }

    @Test
    void certificate_isUnderstood_whenItIsCompressed() throws GeneralSecurityException, IOException {
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(file.certificate().getEncoded());
        }
        byte[] object = Tlv.of(0x53, Tlv.of(0x70, zipped.toByteArray()), Tlv.of(0x71, new byte[] {1}), Tlv.of(0xfe));
        String hex = HexFormat.of().formatHex(object);

        answerToReading("00cb3fff055c035fc10a", hex + "9000");

        assertThat(card.certificate()).isEqualTo(file.certificate());
    }

    @Test
    void wrongPin_isCounted_andTheThirdBlocks() {
        assertThat(signWrongly()).isEqualTo(new CardRefusal.WrongPin(2));
        assertThat(place.read().pinHelp().triesLeft()).hasValue(2);
        assertThat(signWrongly()).isEqualTo(new CardRefusal.WrongPin(1));
        assertThat(signWrongly()).isEqualTo(new CardRefusal.Blocked());
        assertThat(sign()).isEqualTo(new CardRefusal.Blocked());
        assertThat(place.read().pinHelp().blocked()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "123456789", ""})
    void pinThatCannotBeOne_costsNoTry(String digits) {
        try (Secret pin = Secret.ofChars(digits.toCharArray())) {
            assertThat(card.sign(pin, MESSAGE)).isInstanceOf(CardRefusal.Failed.class);
        }
        assertThat(file.pinHelp().triesLeft()).hasValue(3);
    }

    @Test
    void card_isResetAfterEachUse_soThatNobodySignsWithThePinBefore() throws Refused {
        assertThat(sign()).isInstanceOf(SignAnswer.Signed.class);
        assertThat(place.endings.getLast()).isEqualTo(CardPlace.Afterwards.RESET);

        byte[] template = Tlv.of(0x7c, Tlv.of(0x82), Tlv.of(0x81, new byte[32]));
        StatusWord status = place.talk(CardPlace.Afterwards.LEAVE, link -> {
            PivDialog.begin(link);
            byte[] command = new byte[6 + template.length];
            System.arraycopy(new byte[] {0, (byte) 0x87, 0x11, (byte) 0x9c, (byte) template.length}, 0, command, 0, 5);
            System.arraycopy(template, 0, command, 5, template.length);
            return StatusWord.of(link.transmit(command));
        });

        assertThat(status.value()).isEqualTo(0x6982);
    }

    /// Every command of a signature, one after another, answered with every error there is. No exception comes out, no
    /// signature, and what people read says what the card said.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "6982", "6983", "6984", "6985", "6a80", "6a81", "6a82", "6a86", "6a88", "6b00", "6d00", "6e00", "6700",
                "6f00", "6400", "6581", "6881", "6882", "6283", "63c2", "63c0", "9f01", "90"
            })
    void everyCommand_answeredWithThisStatusWord_endsInAClearAnswer(String word) {
        sign();
        List<byte[]> commands = List.copyOf(place.commands);
        assertThat(commands).hasSizeGreaterThan(4);
        for (int i = 0; i < commands.size(); i++) {
            place.answerAt(i, word);
            int instruction = commands.get(i)[1] & 0xff;

            SignAnswer answer = sign();

            assertThat(answer).as("%s at command %d", word, i).isInstanceOf(CardRefusal.class);
            switch (answer) {
                case CardRefusal.Failed(var technical)
                when word.length() == 4 -> assertThat(technical).containsIgnoringCase(word);
                case CardRefusal.Failed(var technical) -> assertThat(technical).contains("less than two bytes");
                case CardRefusal.Blocked() -> {
                    assertThat(instruction).isEqualTo(0x20);
                    assertThat(word).isIn("6983", "63c0");
                }
                case CardRefusal.WrongPin(var left) -> {
                    assertThat(instruction).isEqualTo(0x20);
                    assertThat(left).hasValue(2);
                }
                case CardRefusal.Removed() -> {
                    assertThat(instruction).as("no certificate: not this card").isIn(0xcb, 0xc0);
                    assertThat(word).isIn("6a82", "6a88");
                }
                default -> throw new AssertionError(answer);
            }
            place.clear();
        }
        assertThat(sign()).as("nothing of it lasts").isInstanceOf(SignAnswer.Signed.class);
    }

    @Test
    void cardPulledAtAnyCommand_isRemoved_andSignsWhenItIsBack() {
        sign();
        int commands = place.commands.size();
        for (int i = 0; i < commands; i++) {
            place.pullAt = i;

            assertThat(sign()).as("pulled at command %d", i).isEqualTo(new CardRefusal.Removed());
            assertThat(sign()).as("while it is out").isEqualTo(new CardRefusal.Removed());

            place.clear();
            assertThat(sign()).as("put back").isInstanceOf(SignAnswer.Signed.class);
        }
    }

    @Test
    void cardPulledWhileItIsRead_isNoCard() throws Refused {
        place.read();
        int commands = place.commands.size();
        for (int i = 0; i < commands; i++) {
            place.pullAt = i;
            try {
                place.talk(CardPlace.Afterwards.LEAVE, PivIdentity::read);
                throw new AssertionError("pulled at command " + i + ", and read all the same");
            } catch (Refused refused) {
                assertThat(refused.why()).isEqualTo(new CardRefusal.Removed());
            }
            place.clear();
        }
    }

    @Test
    void wrongSignature_isNotAccepted() {
        sign();
        place.meddleAt = place.commands.size() - 1;
        place.meddle = answer -> {
            byte[] changed = answer.clone();
            changed[answer.length - 4] ^= 1;
            return changed;
        };

        assertThat(sign()).isEqualTo(new CardRefusal.BadSignature());
    }

    @Test
    void answerThatIsNoTemplate_isNotAccepted() {
        sign();
        place.answerAt(place.commands.size() - 1, "7c0581030102ff9000");

        assertThat(sign()).isInstanceOf(CardRefusal.Failed.class);
    }

    @Test
    void answerWithoutAnEnd_isCutOff() {
        sign();
        place = new TestPlace(file) {
            @Override
            byte[] answered(byte[] command, byte[] answer) {
                return (command[1] & 0xff) == 0xc0 ? HexFormat.of().parseHex("00".repeat(256) + "6100") : answer;
            }
        };
        card = new PivCard(place, identity(), () -> {});

        assertThat(sign())
                .isInstanceOfSatisfying(
                        CardRefusal.Failed.class,
                        failed -> assertThat(failed.technical()).contains("without an end"));
    }

    private PivIdentity identity() {
        try {
            return new TestPlace(file).talk(CardPlace.Afterwards.LEAVE, PivIdentity::read);
        } catch (Refused e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void lengthThatTheCardWants_isAskedFor() {
        sign();
        int last = place.commands.size() - 1;
        byte[] asked = place.commands.get(last);
        place.answerAt(last, "6c48");
        place.meddle = answer -> {
            place.meddleAt = -1;
            return HexFormat.of().parseHex("6c48");
        };

        // The card never saw the first, so that its PIN is still good for the second.
        assertThat(sign()).isInstanceOf(SignAnswer.Signed.class);

        assertThat(place.commands).hasSize(last + 2);
        assertThat(Arrays.copyOf(place.commands.getLast(), 5)).isEqualTo(Arrays.copyOf(asked, 5));
        assertThat(place.commands.getLast()[place.commands.getLast().length - 1])
                .isEqualTo((byte) 0x48);
    }

    @Test
    void anotherCardInTheReader_isRefusedBeforeItSeesThePin() {
        PracticeCard other = TestCards.make(folder, "officer-2", Kind.P256);
        place.card = new VirtualPiv(other);

        assertThat(sign()).isEqualTo(new CardRefusal.Removed());

        assertThat(other.pinHelp().triesLeft()).hasValue(3);
        assertThat(place.commands).noneMatch(command -> command[1] == 0x20);
    }

    @ParameterizedTest
    @EnumSource(names = {"P256", "P384"})
    void agree_isTheSameSecretOnBothSides(Kind kind) throws GeneralSecurityException {
        putIn("holder-" + kind.ordinal(), kind);
        KeyPair ephemeral = TestCards.pair("EC", kind == Kind.P256 ? 256 : 384);
        KeyAgreement ours = KeyAgreement.getInstance("ECDH");
        ours.init(ephemeral.getPrivate());
        ours.doPhase(card.certificate(CardKey.SEALING).orElseThrow().getPublicKey(), true);
        byte[] expected = ours.generateSecret();

        try (Secret pin = TestCards.pin(file)) {
            OpenAnswer answer = card.agree(pin, (ECPublicKey) ephemeral.getPublic());

            assertThat(answer).isInstanceOfSatisfying(OpenAnswer.Opened.class, opened -> {
                try (Secret value = opened.value()) {
                    assertThat(value.<byte[]>use(bytes -> bytes.clone())).isEqualTo(expected);
                }
            });
            KeyPair otherCurve = TestCards.pair("EC", kind == Kind.P256 ? 384 : 256);
            assertThat(card.agree(pin, (ECPublicKey) otherCurve.getPublic())).isInstanceOf(CardRefusal.Failed.class);
            assertThat(card.decrypt(pin, new byte[256])).isInstanceOf(CardRefusal.Failed.class);
        }
    }

    @Test
    void decrypt_givesTheBlock() throws GeneralSecurityException {
        putIn("holder-rsa", Kind.RSA_2048);
        byte[] block = new byte[256];
        Arrays.fill(block, 3, 256, (byte) 7);
        Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                card.certificate(CardKey.SEALING).orElseThrow().getPublicKey());
        byte[] encrypted = cipher.doFinal(block);

        try (Secret pin = TestCards.pin(file)) {
            assertThat(card.decrypt(pin, encrypted)).isInstanceOfSatisfying(OpenAnswer.Opened.class, opened -> {
                try (Secret value = opened.value()) {
                    assertThat(value.<byte[]>use(bytes -> bytes.clone())).isEqualTo(block);
                }
            });
            assertThat(card.decrypt(pin, new byte[255])).isInstanceOf(CardRefusal.Failed.class);
        }
        try (Secret wrong = TestCards.wrongPin(file)) {
            assertThat(card.decrypt(wrong, encrypted)).isEqualTo(new CardRefusal.WrongPin(2));
        }
    }

    @Test
    void prove_signsWithTheKeyForPresence() throws GeneralSecurityException {
        try (Secret pin = TestCards.pin(file)) {
            var signed = (SignAnswer.Signed) card.prove(pin, MESSAGE);

            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(file.certificate(CardKey.PRESENCE).orElseThrow());
            verifier.update(MESSAGE);
            assertThat(verifier.verify(signed.signature())).isTrue();
        }
    }

    @Test
    void keep_isNotPossible_whereOnlyTheIssuerMayWrite() {
        assertThat(card.keep("quorate.invalid/a\n7\nroot\n")).isEqualTo(NoteAnswer.CANNOT);
        assertThat(card.kept("quorate.invalid/a")).isEmpty();
    }

    @Test
    void keep_writesAnObject_thatIsReadWhenTheCardIsPutIn() {
        String note = "quorate.invalid/a\n" + "x".repeat(300) + "\n";
        var written = new ByteArrayOutputStream();
        place = new TestPlace(file) {
            @Override
            byte[] answered(byte[] command, byte[] answer) {
                if ((command[1] & 0xff) != 0xdb) {
                    return answer;
                }
                written.write(command, 5, command[4] & 0xff);
                return HexFormat.of().parseHex("9000");
            }
        };
        card = place.read();

        assertThat(card.keep(note)).isEqualTo(NoteAnswer.KEPT);

        List<Tlv> sent = Tlv.parse(written.toByteArray()).orElseThrow();
        assertThat(sent.getFirst().value()).isEqualTo(HexFormat.of().parseHex("5f5155"));
        assertThat(new String(sent.getLast().value(), StandardCharsets.UTF_8)).isEqualTo(note);
        String object = HexFormat.of().formatHex(Tlv.of(0x53, sent.getLast().value()));
        answerToReading("00cb3fff055c035f5155", object + "9000");
        assertThat(card.kept("quorate.invalid/a")).contains(note);
        assertThat(card.kept("quorate.invalid/b")).isEmpty();
    }

    @Test
    void pinPad_takesThePin_andItNeverComesHere() {
        byte[] digits = file.pinHelp().practicePin().orElseThrow().getBytes(StandardCharsets.US_ASCII);
        place.keys = Optional.of((code, question) -> {
            assertThat(code).isEqualTo(0x42000db2);
            byte[] command = Arrays.copyOfRange(question, 19, question.length);
            System.arraycopy(digits, 0, command, 5, digits.length);
            return place.card.process(command);
        });
        card = place.read();
        assertThat(card.pinHelp().atReader()).isTrue();

        try (Secret none = Secret.ofBytes(new byte[0])) {
            assertThat(card.sign(none, MESSAGE)).isInstanceOf(SignAnswer.Signed.class);
        }
        assertThat(place.commands).noneMatch(command -> command[1] == 0x20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6400", "6401", "6403"})
    void pinPad_whereNothingIsTyped_isNoPin(String word) {
        place.keys = Optional.of((code, question) -> HexFormat.of().parseHex(word));
        card = place.read();

        assertThat(sign()).isEqualTo(new CardRefusal.NoPin());
    }

    @Test
    void pinPad_withAWrongPin_isCounted() {
        place.keys = Optional.of((code, question) -> HexFormat.of().parseHex("63c1"));
        card = place.read();

        assertThat(sign()).isEqualTo(new CardRefusal.WrongPin(1));
    }

    /// As libccid's own example for PIV cards has it.
    @Test
    void pinPad_isAskedInTheFormOfPcsc() {
        assertThat(HexFormat.of().formatHex(PinPad.question()))
                .isEqualTo("3c3c" + "82" + "08" + "00" + "0806" + "02" + "01" + "0904" + "00" + "000000" + "0d000000"
                        + "0020008008" + "ffffffffffffffff");
    }

    @Test
    void ecdsa_isMadeStrict() {
        byte[] padded = HexFormat.of().parseHex("300a" + "0203000001" + "02030000ff");
        byte[] withoutZero = HexFormat.of().parseHex("30060201010201ff");

        assertThat(EcdsaDer.strict(padded))
                .hasValueSatisfying(strict ->
                        assertThat(HexFormat.of().formatHex(strict)).isEqualTo("3007" + "020101" + "020200ff"));
        assertThat(EcdsaDer.strict(withoutZero))
                .hasValueSatisfying(
                        strict -> assertThat(HexFormat.of().formatHex(strict)).isEqualTo("3007020101020200ff"));
        assertThat(EcdsaDer.strict(new byte[] {1, 2, 3})).isEmpty();
    }
}
