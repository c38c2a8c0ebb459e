package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.ceremony.Question.Compare;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.pkcs11.ModuleSettings;
import org.quorate.hsm.pkcs11.SunWitness;

/// Keys that are no key of an authority, made by a ceremony on a real SoftHSM.
class KindsOfKeysTest {
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

    private TestRoom room(String... steps) {
        return real.orElseThrow().enter(steps);
    }

    private static String make(String key) {
        return step("generate_secret_key", "make-" + key, "key: " + key, "token: primary", "quorum: officers");
    }

    @Test
    void secretKeysThatWork_areKnownByTheirCheckValues_whichAreReadAloud() {
        TestRoom room = room(
                make("data"),
                make("mac"),
                make("kek"),
                step("read_fingerprint", "read-data", "key: data", "token: primary"),
                step("read_fingerprint", "read-mac", "key: mac", "token: primary"));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("check_value"))
                .extracting(data -> data.object("detail").string("method"))
                .containsExactly("aes_encrypt", "hmac_sha256", "aes_kwp");
        assertThat(room.front.asked)
                .filteredOn(Compare.class::isInstance)
                .extracting(question -> ((Compare) question).shown().text())
                .containsExactly(value(room, 0), value(room, 1));
        assertThat(room.observed("key_report"))
                .allMatch(data -> data.string("verdict").equals("matches"));
    }

    private static String value(TestRoom room, int index) {
        return room.observed("check_value").get(index).object("detail").string("hex");
    }

    @Test
    void ed25519Pair_signs_andTwoProgramsSayThatItIsTrue() {
        TestRoom room = room(
                step("generate_key_pair", "make", "key: code", "token: primary", "quorum: officers"),
                step("test_signature", "sign", "key: code", "token: primary"));
        room.witness = Optional.of(new SunWitness(settings()));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        Json.Obj tested = room.observed("test_signature").getFirst().object("detail");
        assertThat(tested.bool("agreed")).isTrue();
        assertThat(tested.objects("voices"))
                .filteredOn(voice -> voice.string("verdict").equals("valid"))
                .hasSize(2);
    }

    private ModuleSettings settings() {
        return SoftHsm.settings(real.orElseThrow().tokens().folder());
    }
}
