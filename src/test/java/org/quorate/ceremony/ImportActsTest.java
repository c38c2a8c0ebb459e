package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC5649WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Compare;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.ledger.EntryType;

/// A key comes from a sender who has nothing but the public half that was handed out. The sender of these tests is Java
/// and BouncyCastle; the HSM is a real SoftHSM.
class ImportActsTest {
    private static final String GATE =
            step("generate_key_pair", "make", "key: gate", "token: primary", "quorum: officers");
    private static final String HAND_OUT =
            step("hand_out_public_key", "out", "key: gate", "token: primary", "file: gate.pem");

    private static final class Sender {
        private static final SecureRandom RANDOM = new SecureRandom();

        static byte[] fresh(int length) {
            var bytes = new byte[length];
            RANDOM.nextBytes(bytes);
            return bytes;
        }

        static byte[] oaep(PublicKey gate, byte[] secret) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, gate);
            return cipher.doFinal(secret);
        }

        static byte[] rsaAes(PublicKey gate, byte[] target) throws GeneralSecurityException {
            byte[] moment = fresh(32);
            var engine = new RFC5649WrapEngine(AESEngine.newInstance());
            engine.init(true, new KeyParameter(moment));
            byte[] wrapped = engine.wrap(target, 0, target.length);
            byte[] first = oaep(gate, moment);
            byte[] both = Arrays.copyOf(first, first.length + wrapped.length);
            System.arraycopy(wrapped, 0, both, first.length, wrapped.length);
            return both;
        }

        static KeyPair pair() throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        }

        static String checkValue(byte[] key) throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            return HexFormat.of().withUpperCase().formatHex(cipher.doFinal(new byte[16]), 0, 3);
        }
    }

    @TempDir
    private Path folder;

    private Optional<RealRoom> real = Optional.empty();

    @BeforeEach
    void open() {
        real = Optional.of(new RealRoom(folder));
    }

    @AfterEach
    void close() throws Exception {
        real.orElseThrow().close();
    }

    private TestRoom room(String... fields) {
        String[] all = Arrays.copyOf(fields, fields.length + 4);
        all[fields.length] = "under: gate";
        all[fields.length + 1] = "token: primary";
        all[fields.length + 2] = "file: key.bin";
        all[fields.length + 3] = "quorum: officers";
        return real.orElseThrow().enter(GATE, HAND_OUT, step("import_key", "import", all));
    }

    /// What the sender has: the file that was handed out, and nothing else.
    private static PublicKey gate(TestRoom room) {
        String pem = new String(room.front.taken.get("gate.pem"), StandardCharsets.US_ASCII);
        return KeyActs.decode(Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", "")));
    }

    private static byte[] pem(KeyPair pair) {
        return ImportActs.pem(pair.getPublic());
    }

    @FunctionalInterface
    private interface Wrapping {
        byte[] of(PublicKey gate) throws GeneralSecurityException;
    }

    private static void sends(TestRoom room, Wrapping wrapping) {
        room.front.thenBring(() -> {
            try {
                return wrapping.of(gate(room));
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void secretKey_byRsaOaep_isThere_withTheCheckValueOfTheSender() throws Exception {
        TestRoom room = room("key: data");
        byte[] key = Sender.fresh(32);
        sends(room, gate -> Sender.oaep(gate, key));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("check_value").getFirst().object("detail").string("hex"))
                .isEqualTo(Sender.checkValue(key));
        assertThat(room.front.asked)
                .filteredOn(Compare.class::isInstance)
                .extracting(question -> ((Compare) question).shown().text())
                .containsExactly(Sender.checkValue(key));
        assertThat(room.now().keyOn("data", "primary")).isPresent();
    }

    @Test
    void pair_byRsaAes_signsWhatThePublicHalfOfTheSenderVerifies() throws Exception {
        KeyPair pair = Sender.pair();
        TestRoom room = room("key: root", "public_file: key.pem");
        sends(room, gate -> Sender.rsaAes(gate, pair.getPrivate().getEncoded()));
        room.front.thenBring(() -> pem(pair));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("public_key").getLast().object("detail").string("key"))
                .isEqualTo("root");
    }

    @Test
    void pairWithThePublicHalfOfAnother_isRefused() throws Exception {
        KeyPair pair = Sender.pair();
        KeyPair another = Sender.pair();
        TestRoom room = room("key: root", "public_file: key.pem");
        sends(room, gate -> Sender.rsaAes(gate, pair.getPrivate().getEncoded()));
        room.front.thenBring(() -> pem(another)).thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.front.problems()).contains("ceremony.key_differs");
    }

    @Test
    void keyWithAnotherCheckValueThanTheLetter_failsTheStep_andTheNextAttemptDestroysIt() throws Exception {
        TestRoom room = room("key: data");
        byte[] right = Sender.fresh(32);
        sends(room, gate -> Sender.oaep(gate, Sender.fresh(32)));
        sends(room, gate -> Sender.oaep(gate, right));
        room.front
                .thenGive(Compare.class, new Verdict.No("The letter says something else."))
                .thenGive(Choose.class, "retry");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.now().attempts("import")).hasSize(2);
        assertThat(room.entries(EntryType.INTENT))
                .extracting(intent -> intent.data().string("op"))
                .containsExactly("generate_key_pair", "import_key", "destroy", "import_key");
        assertThat(room.observed("check_value").getLast().object("detail").string("hex"))
                .isEqualTo(Sender.checkValue(right));
    }

    @Test
    void fileThatWasAltered_bringsNothingIn() {
        TestRoom room = room("key: data");
        sends(room, gate -> {
            byte[] blob = Sender.oaep(gate, Sender.fresh(32));
            blob[17] ^= 1;
            return blob;
        });
        room.front.thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.entries(EntryType.OUTCOME).getLast().data().string("result"))
                .isNotEqualTo("done");
    }
}
