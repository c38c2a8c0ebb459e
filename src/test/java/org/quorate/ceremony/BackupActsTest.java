package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.site.Trees;
import org.quorate.base.Secret;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Confirm;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.pkcs11.FaultyHsm;
import org.quorate.ledger.EntryType;

/// How keys travel between tokens that do not know the same ways, on a real SoftHSM from which a mechanism was taken.
class BackupActsTest {
    private static final long AES_KEY_WRAP_PAD = 0x210a;

    private static final String[] STEPS = {
        step("generate_key_pair", "pair", "key: transport", "token: backup", "quorum: officers"),
        step("import_trusted_key", "trust", "key: transport", "from: backup", "to: primary", "quorum: officers"),
        step("generate_secret_key", "wrap", "key: wrapping", "token: primary", "quorum: officers"),
        step(
                "transfer_key",
                "carry",
                "key: wrapping",
                "under: transport",
                "from: primary",
                "to: backup",
                "quorum: lone"),
        step("generate_secret_key", "data", "key: data", "token: primary", "quorum: officers"),
        step("transfer_key", "copy", "key: data", "under: wrapping", "from: primary", "to: backup", "quorum: lone"),
        step("forbid_extraction", "forbid", "key: data", "token: primary", "quorum: officers")
    };

    @TempDir
    private Path folder;

    private final TwoTokens tokens = TwoTokens.make();

    @AfterEach
    void remove() throws Exception {
        Trees.delete(tokens.folder());
    }

    @Test
    void secretKey_travelsWithPadding_whereBothTokensHaveIt() {
        try (Hsm both = tokens.open();
                TestRoom room = new TestRoom(folder, both, tokens.serials(), STEPS)) {

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(mechanismOf(room, "copy")).isEqualTo("AES_KWP");
        }
    }

    @Test
    void secretKey_travelsWithoutPadding_whereATokenHasNone_andItsCheckValueStays() throws Exception {
        try (FaultyHsm without = FaultyHsm.without(AES_KEY_WRAP_PAD, tokens.folder());
                TestRoom room = new TestRoom(folder, without.hsm(), tokens.serials(), STEPS)) {

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(mechanismOf(room, "copy")).isEqualTo("AES_KW");
            assertThat(room.observed("wrap_refused").getLast().object("detail").string("rv"))
                    .isEqualTo("CKR_KEY_UNEXTRACTABLE");
        }
    }

    /// Somebody with the PIN puts another key of the same name in the place of the one that was made.
    @Test
    void copy_isRefused_whereAnotherKeyTookThePlaceOfTheOneOnRecord() throws Exception {
        String[] steps = STEPS.clone();
        steps[5] = step("confirm", "pause", "statement: Nobody touched the HSM.") + steps[5];
        try (Hsm both = tokens.open();
                TestRoom room = new TestRoom(folder, both, tokens.serials(), steps)) {
            room.front
                    .thenGiveAfter(
                            () -> exchange(both, tokens.serials().get("primary")), Confirm.class, Verdict.Yes::new)
                    .thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.problems()).containsExactly("ceremony.key_differs");
            assertThat(room.observed("check_value").getLast().string("verdict")).isEqualTo("differs");
        }
    }

    private static void exchange(Hsm hsm, String serial) {
        try (Secret pin = TwoTokens.pin();
                TokenSession session = hsm.bySerial(serial)
                        .orElseThrow()
                        .open(new Token.Login.User(pin))
                        .orThrow()) {
            TokenObject made = session.objects().stream()
                    .filter(object -> object.label().equals("data-1"))
                    .findFirst()
                    .orElseThrow();
            session.destroy(made).orThrow();
            session.generateKey(
                            new KeySpec.Aes(256),
                            made.id().orElseThrow(),
                            KeyPurpose.DATA_ENCRYPTION.secretKey("data-1"))
                    .orThrow();
        }
    }

    /// A private key has no length that fits, and a refusal for that reason must not count as a proof.
    @Test
    void proofThatNothingLeaves_isNotTaken_fromATokenThatCouldNotWrapItAnyway() throws Exception {
        String[] steps = {
            step("generate_key_pair", "pair", "key: root", "token: primary", "quorum: officers"),
            step("generate_secret_key", "wrap", "key: wrapping", "token: primary", "quorum: officers"),
            step("forbid_extraction", "forbid", "key: root", "token: primary", "quorum: officers")
        };
        try (FaultyHsm without = FaultyHsm.without(AES_KEY_WRAP_PAD, tokens.folder());
                TestRoom room = new TestRoom(folder, without.hsm(), tokens.serials(), steps)) {

            room.front.thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.problems()).containsExactly("ceremony.no_key_wrap");
            assertThat(room.observed("wrap_refused")).isEmpty();
        }
    }

    private static String mechanismOf(TestRoom room, String step) {
        return room.now()
                .latest(step)
                .orElseThrow()
                .of(EntryType.INTENT)
                .findFirst()
                .orElseThrow()
                .data()
                .string("mechanism");
    }
}
