package org.quorate.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ledger.EntryType;
import org.quorate.record.QuorumFacts.Enforced;

/// Who enforced a quorum, as its statement says; never more than is known.
class QuorumReaderTest {
    private static final Json.Obj NEED = Json.obj()
            .put("m", 2)
            .put("roles", Json.strings(List.of("officer")))
            .build();

    private static Enforced by(String op, Json.Obj template) {
        return QuorumReader.enforced(
                Json.obj().put("op", op).put("template", template).build(), NEED);
    }

    private static Json.Obj generation(String role) {
        return Json.obj()
                .put("generation", 2)
                .put("roles", Json.strings(List.of(role)))
                .build();
    }

    @Test
    void fileOfAnotherHsm_isForThatHsmToEnforce() {
        assertThat(by("sign_file", Json.obj().build())).isEqualTo(Enforced.HSM);
    }

    @Test
    void makersCommand_isEnforcedByTheHsm_onlyWhereItsProfileSaysSo() {
        assertThat(by("vendor_command", Json.obj().put("quorum_by", "hsm").build()))
                .isEqualTo(Enforced.HSM);
        assertThat(by("vendor_command", Json.obj().build())).isEqualTo(Enforced.CONSOLE);
    }

    @Test
    void splitLogin_isEnforcedByItsShares_andEverythingElseByTheConsole() {
        assertThat(by("change_pin", generation("officer"))).isEqualTo(Enforced.SPLIT_SECRET);
        assertThat(by("change_pin", generation("witness"))).isEqualTo(Enforced.CONSOLE);
        assertThat(by("generate_key_pair", Json.obj().build())).isEqualTo(Enforced.CONSOLE);
    }

    /// Persons who answered the roll call count, each once, and nobody who only left.
    @Test
    void whoWasThere_isCountedByPersons() {
        SampleCeremony sample = SampleCeremony.live();
        List<Integer> present = present(sample);
        assertThat(present).contains(3);

        called(sample, "tanaka", "arrived");
        called(sample, "nobody", "left");

        assertThat(present(sample)).isEqualTo(present);
    }

    private static List<Integer> present(SampleCeremony sample) {
        return sample.record().quorums().stream().map(QuorumFacts::present).toList();
    }

    private static void called(SampleCeremony sample, String person, String event) {
        sample.ledger()
                .add(
                        EntryType.PARTICIPANT,
                        Json.obj()
                                .put("event", event)
                                .put("person", person)
                                .put("name", person)
                                .put("organisation", "Example Bank")
                                .put("key", Digest.of(person.getBytes(UTF_8)).hex())
                                .put("card", "P-9")
                                .put("roles", Json.strings(List.of("officer"))));
    }

    @Test
    void wordsForAnHsm_sayThatNobodyHasSeenIt() {
        assertThat(Enforced.HSM.text()).contains("as its maker says", "Not yet run on hardware");
    }
}
