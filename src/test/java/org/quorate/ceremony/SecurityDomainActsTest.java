package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Certificates;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.card.CardKey;
import org.quorate.card.CardRefusal;
import org.quorate.ceremony.Question.BringFile;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Compare;
import org.quorate.ceremony.Question.OpenShare;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.securitydomain.ManagedHsm;
import org.quorate.quorum.securitydomain.SecurityDomain;

/// Ann, Bob and Cem hold shares of the domain of an HSM whose RSA is openssl's, and two of them bring it to another
/// one.
class SecurityDomainActsTest {
    private static final String STEP = step(
            "restore_security_domain",
            "restore",
            "file: domain.json",
            "exchange: exchange.pem",
            "out: blob.json",
            "quorum: officers");

    @TempDir
    private static Path managed;

    @TempDir
    private Path folder;

    private static ManagedHsm hsm;

    @BeforeAll
    static void make() throws Exception {
        hsm = new ManagedHsm(managed);
    }

    private static X509Certificate sealing(TestCard card) {
        return card.certificate(CardKey.SEALING).orElseThrow();
    }

    private TestRoom room() throws Exception {
        return room(STEP, 2);
    }

    private TestRoom room(String step, int required) throws Exception {
        var room = new TestRoom(folder, step);
        for (TestCard card : List.of(room.ann, room.bob, room.cem)) {
            card.sealWithRsa();
        }
        byte[] domain = hsm.domain(required, List.of(sealing(room.ann), sealing(room.bob), sealing(room.cem)));
        byte[] exchange = hsm.exchangeKey();
        room.front.thenBring(() -> domain).thenBring(() -> exchange);
        return room;
    }

    private static void open(TestRoom room, TestCard card) {
        room.front.thenGive(OpenShare.class, new Presented.Approves(card, room.front.secret(TestCard.PIN)));
    }

    @Test
    void domain_reachesTheOtherHsm_andNobodyElse() throws Exception {
        try (TestRoom room = room()) {
            open(room, room.cem);
            open(room, room.ann);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            byte[] blob = Optional.ofNullable(room.front.taken.get("blob.json")).orElseThrow();
            assertThat(hsm.received(blob)).isEqualTo(ManagedHsm.CONTENT);
            assertThat(room.entries(EntryType.COSIGN)).hasSizeGreaterThanOrEqualTo(2);
            assertThat(room.observed("domain_share_opened"))
                    .extracting(data -> data.object("detail").string("person"))
                    .containsExactly("cem", "ann");
            assertThat(room.front.asked)
                    .filteredOn(Compare.class::isInstance)
                    .anyMatch(question -> question.toString().contains("CN=exchange"));
        }
    }

    @Test
    void cardThatFails_isAskedAgain_andSignsOnce() throws Exception {
        try (TestRoom room = room()) {
            room.ann.nextOpened = Optional.of(new CardRefusal.Failed("pulled"));
            open(room, room.ann);
            open(room, room.ann);
            open(room, room.bob);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.front.problems()).hasSize(1);
            assertThat(room.observed("domain_share_opened")).hasSize(2);
            String ann = room.ann.keyId().hex();
            long target = room.entries(EntryType.STATEMENT).getFirst().seq();
            assertThat(room.entries(EntryType.COSIGN))
                    .filteredOn(cosign -> cosign.data().integer("target") == target
                            && cosign.data().string("key").equals(ann))
                    .hasSize(1);
        }
    }

    @Test
    void cardWithoutAShare_isRefusedBeforeItSigns() throws Exception {
        try (TestRoom room = room()) {
            room.cem.sealWithRsa();
            open(room, room.cem);
            open(room, room.ann);
            open(room, room.bob);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.front.problems()).containsExactly("ceremony.card.no_domain_share");
            assertThat(room.observed("card_refused").getFirst().object("detail").string("reason"))
                    .isEqualTo("no_share");
        }
    }

    @Test
    void sharesOfAnotherDomain_giveNothingAway() throws Exception {
        try (TestRoom room = room()) {
            byte[] exchange = hsm.exchangeKey();
            List<X509Certificate> people = List.of(sealing(room.ann), sealing(room.bob));
            String one = new String(hsm.domain(2, people), StandardCharsets.UTF_8);
            String other = new String(hsm.domain(2, people), StandardCharsets.UTF_8);
            String crossed =
                    one.substring(0, one.indexOf("\"SharedKeys\"")) + other.substring(other.indexOf("\"SharedKeys\""));
            room.front.forget(BringFile.class);
            room.front.thenBring(() -> crossed.getBytes(StandardCharsets.UTF_8)).thenBring(() -> exchange);
            open(room, room.ann);
            open(room, room.bob);
            room.front.thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.problems()).containsExactly("ceremony.security_domain_not_joined");
            assertThat(room.front.taken).doesNotContainKey("blob.json");
        }
    }

    /// The larger of the two numbers counts: what the file takes, and what the script asks.
    @Test
    void fewerPeopleThanTheFileOrTheScriptWants_openNothing() throws Exception {
        try (TestRoom room = room(STEP, 3)) {
            all(room);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);
            assertThat(room.observed("domain_share_opened")).hasSize(3);
        }
    }

    @Test
    void scriptThatWantsMorePeopleThanTheFile_hasThem() throws Exception {
        try (TestRoom room = room(STEP.replace("officers", "everybody"), 2)) {
            all(room);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);
            assertThat(room.observed("domain_share_opened")).hasSize(3);
        }
    }

    private static void all(TestRoom room) {
        open(room, room.ann);
        open(room, room.bob);
        open(room, room.cem);
    }

    @Test
    void whatOfficersSign_namesTheFile_theKeyThatItGoesTo_andHowManyItTakes() throws Exception {
        try (TestRoom room = room()) {
            open(room, room.ann);
            open(room, room.bob);
            room.conduct();

            Json.Obj act = room.entries(EntryType.STATEMENT).getFirst().data().object("act");
            byte[] exchange = hsm.exchangeKey();
            assertThat(act.string("sha256")).isEqualTo(brought(room, "domain.json"));
            assertThat(act.string("exchange_sha256"))
                    .isEqualTo(Certificates.digest(SecurityDomain.exchangeKey(exchange))
                            .hex());
            assertThat(act.integer("required")).isEqualTo(2);
        }
    }

    private static String brought(TestRoom room, String file) {
        return room.observed("file_brought").stream()
                .filter(data -> data.object("detail").string("file").equals(file))
                .map(data -> Digest.fromArtefactName(data.string("artefact")).hex())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoRejects_opensNothing_andTheOthersDecide() throws Exception {
        try (TestRoom room = room()) {
            room.front.thenGive(
                    OpenShare.class,
                    new Presented.Rejects(room.ann, room.front.secret(TestCard.PIN), "not the HSM of the letter"));
            open(room, room.bob);
            open(room, room.cem);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.ann.gave).isEmpty();
            assertThat(room.observed("rejection").getFirst().string("text")).isEqualTo("not the HSM of the letter");
            assertThat(room.observed("domain_share_opened"))
                    .extracting(data -> data.object("detail").string("person"))
                    .containsExactly("bob", "cem");
        }
    }

    /// Somebody changed one byte of a share on its way here: the card opens its key, and the share is refused.
    @Test
    void alteredShare_isRefused_andAnotherCardOpensItsOwn() throws Exception {
        try (TestRoom room = room()) {
            String domain = new String(
                    hsm.domain(2, List.of(sealing(room.ann), sealing(room.bob), sealing(room.cem))),
                    StandardCharsets.UTF_8);
            int tag = domain.indexOf("\", \"x5t_256\"") - 3;
            String altered =
                    domain.substring(0, tag) + (domain.charAt(tag) == 'A' ? 'B' : 'A') + domain.substring(tag + 1);
            byte[] exchange = hsm.exchangeKey();
            room.front.forget(BringFile.class);
            room.front.thenBring(() -> altered.getBytes(StandardCharsets.UTF_8)).thenBring(() -> exchange);
            all(room);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.front.problems()).containsExactly("ceremony.card.failed");
            assertThat(room.ann.gave).allMatch(Stops::wiped);
            assertThat(room.observed("domain_share_opened"))
                    .extracting(data -> data.object("detail").string("person"))
                    .containsExactly("bob", "cem");
        }
    }

    @Test
    void exchangeKeyThatNobodyKnows_endsTheStepBeforeAnyShareIsOpened() throws Exception {
        try (TestRoom room = room()) {
            room.front
                    .thenGive(Compare.class, new Question.Verdict.No("they read another one"))
                    .thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);
            assertThat(room.front.count(OpenShare.class)).isZero();
        }
    }
}
