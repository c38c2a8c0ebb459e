package org.quorate.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.script.Reading;
import org.quorate.script.Script;
import org.quorate.script.approval.ApprovalFile;
import org.quorate.script.approval.Approvals;
import org.quorate.script.approval.ScriptApproval;
import org.quorate.script.approval.Standing;
import org.quorate.script.yaml.ScriptReader;

/// Approvers sign a script with their cards: what the ledger says afterwards, and what lies beside the file.
class ApprovingTest {
    private static final Instant BEFORE = Instant.parse("2026-11-22T14:00:00Z");
    private static final Instant ON_THE_DAY = Instant.parse("2027-11-30T00:00:00Z");
    private static final String NAME = "test.approval.json";

    @TempDir
    private Path folder;

    private TestRoom room;
    private Script script;

    @BeforeEach
    void begin() {
        room = new TestRoom(folder, TestRoom.step("confirm", "look", "statement: It is so."));
        script = room.script;
    }

    @AfterEach
    void end() {
        room.close();
    }

    private Approving.Desk desk(Instant now) {
        return new Approving.Desk(
                room.ledger, Site.Mode.REHEARSAL, () -> now, room.desk().checkpoints(), room.front);
    }

    private Optional<ApprovalFile> approve(Script one) {
        return Approving.approve(one, Optional.empty(), NAME, desk(BEFORE));
    }

    private Standing standing(Script one, Instant now) {
        return Approvals.of(room.ledger).standing(one, now);
    }

    private static Script with(Script one, String old, String now) {
        String text = new String(one.source(), UTF_8);
        assertThat(text).contains(old);
        return ((Reading.Read)
                        new ScriptReader().read("test", text.replace(old, now).getBytes(UTF_8)))
                .script();
    }

    private List<Entry> outside(EntryType type) {
        return room.ledger.range(6, room.ledger.head().size()).stream()
                .filter(entry -> entry.is(type) && entry.ceremony().isEmpty())
                .toList();
    }

    @Test
    void twoOfficers_approveTheFile_inTheLedgerAndBesideIt() {
        ApprovalFile file = approve(script).orElseThrow();

        assertThat(standing(script, BEFORE).approval())
                .hasValueSatisfying(given -> assertThat(given.approvers())
                        .extracting(ScriptApproval.Approver::person)
                        .containsExactly("ann", "bob"));
        assertThat(outside(EntryType.EXPORT))
                .singleElement()
                .satisfies(entry -> assertThat(
                                entry.data().objects("files").getFirst().string("sha256"))
                        .isEqualTo(org.quorate.base.Digest.of(file.toBytes()).hex()));
        ApprovalFile read = ApprovalFile.parse(file.toBytes(), script.source());
        assertThat(read.signatures()).hasSize(2);
    }

    @Test
    void openssl_acceptsEachSignature_overTheWordsInTheFile() throws Exception {
        Json.Obj file = Json.parseObject(approve(script).orElseThrow().toBytes());
        for (Json.Obj one : file.objects("signatures")) {
            Path message = Files.write(
                    folder.resolve("message"),
                    ("quorate-approval/1\n" + one.object("signed").text()).getBytes(UTF_8));
            Path signature =
                    Files.write(folder.resolve("sig"), Base64.getDecoder().decode(one.string("signature")));
            Path der = Files.write(folder.resolve("cer"), Base64.getDecoder().decode(one.string("certificate")));
            Path key = folder.resolve("key.pem");
            Files.writeString(key, run("openssl", "x509", "-inform", "DER", "-in", der, "-pubkey", "-noout"));
            String hash = one.string("alg").equals("ES384") ? "-sha384" : "-sha256";
            assertThat(run("openssl", "dgst", hash, "-verify", key, "-signature", signature, message))
                    .isEqualTo("Verified OK\n");
        }
    }

    private static String run(Object... words) throws Exception {
        var process = new ProcessBuilder(
                        java.util.Arrays.stream(words).map(String::valueOf).toList())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    @Test
    void anotherFileOfTheSameVersion_isToldFromTheApprovedOne() {
        approve(script);

        Script touched = with(script, "It is so.", "It is not so.");
        assertThat(standing(touched, BEFORE)).isInstanceOf(Standing.Changed.class);
        assertThat(standing(touched, BEFORE).words())
                .startsWith("This is not the file that was approved as version 1.0");
        Script next = with(touched, "\"1.0\"", "\"1.1\"");
        assertThat(standing(next, BEFORE).words())
                .isEqualTo("Nobody has approved this version here; version 1.0 was approved.");
    }

    @Test
    void anApproval_holdsUntilTheDayOfTheNextReview() {
        approve(script);

        assertThat(standing(script, ON_THE_DAY.minusMillis(1)).approval()).isPresent();
        assertThat(standing(script, ON_THE_DAY)).isInstanceOf(Standing.Expired.class);
        assertThatThrownBy(() -> Approving.approve(script, Optional.empty(), NAME, desk(ON_THE_DAY)))
                .hasMessageContaining("cannot be approved");
    }

    @Test
    void anApproval_isWithdrawnByTheSameQuorum_andCanBeGivenAgain() {
        approve(script);

        assertThat(Approving.withdraw(script, desk(BEFORE))).isTrue();
        assertThat(standing(script, BEFORE)).isInstanceOf(Standing.Withdrawn.class);
        assertThatThrownBy(() -> Approving.withdraw(script, desk(BEFORE))).hasMessageContaining("cannot be withdrawn");
        assertThat(approve(script)).isPresent();
        assertThat(standing(script, BEFORE).approval()).isPresent();
        assertThat(outside(EntryType.SCRIPT_APPROVAL)).hasSize(3);
        // What was signed before it was withdrawn brings nothing back.
        assertThat(outside(EntryType.STATEMENT))
                .hasSize(3)
                .allSatisfy(statement -> assertThat(outside(EntryType.COSIGN).stream()
                                .filter(cosign -> cosign.data().integer("target") == statement.seq()))
                        .hasSize(2));
    }

    @Test
    void whoSignedAndWhoComesLater_makeOneQuorum() {
        room.front.thenPresent(room.ann, TestCard.PIN);
        room.front.then(Question.PresentCard.class, new Answer.Pause<>("Bob is away"));
        assertThat(approve(script)).isEmpty();
        assertThat(standing(script, BEFORE).approval()).isEmpty();

        assertThat(approve(script)).isPresent();
        assertThat(outside(EntryType.STATEMENT)).hasSize(1);
        assertThat(room.front.count(Question.Compare.class)).isEqualTo(1);
        assertThat(room.ann.signed).as("the statement and the file, once each").isEqualTo(2);
    }

    @Test
    void aCardThatSignedTheStatementOnly_isAskedForTheFile_andNotForTheStatementAgain() {
        room.ann.spoils = ApprovalFile::isReserved;
        room.front.onNotice = () -> room.ann.spoils = message -> false;

        assertThat(approve(script).orElseThrow().signatures()).hasSize(2);
        assertThat(outside(EntryType.COSIGN)).hasSize(2);
    }

    @Test
    void aWitness_doesNotCount_andSignsNothing() {
        room.front.thenPresent(room.wil, TestCard.PIN);

        assertThat(approve(script)).isPresent();
        assertThat(room.front.problems()).containsExactly("ceremony.card.wrong_role");
        assertThat(room.wil.signed).isZero();
        assertThat(outside(EntryType.OBSERVATION))
                .anySatisfy(entry -> assertThat(entry.data().string("name")).isEqualTo("card_refused"));
    }

    @Test
    void aScriptThatAsksForOnePerson_isApprovedByNoFewerThanTheSiteWants() {
        Script lax = with(script, "  next_review", "  approved_by: {m: 2, roles: [witness]}\n  next_review");

        assertThatThrownBy(() -> approve(lax)).hasMessageContaining("approvers of this script are not at this site");
    }

    @Test
    void theDifference_isReadBeforeTheCards_andKept() {
        approve(script);
        ScriptApproval since = standing(script, BEFORE).approval().orElseThrow();
        Script next = with(script, "\"1.0\"", "\"1.1\"");
        byte[] kept = "{\"what\":\"differs\"}".getBytes(UTF_8);

        Approving.approve(
                next,
                Optional.of(new Approving.Shown(since, List.of("The header: version"), kept)),
                NAME,
                desk(BEFORE));

        assertThat(room.front.asked.stream().filter(Question.Confirm.class::isInstance))
                .singleElement()
                .satisfies(asked ->
                        assertThat(((Question.Confirm) asked).statement()).contains("The header: version"));
        assertThat(room.ledger.artefact(org.quorate.base.Digest.of(kept))).hasValue(kept);
        assertThat(standing(script, BEFORE).approval())
                .as("the version before still stands")
                .isPresent();
    }

    @Test
    void aFileOfAnotherScript_orWithAnotherName_isRefused() {
        byte[] file = approve(script).orElseThrow().toBytes();

        assertThatThrownBy(() -> ApprovalFile.parse(file, "other".getBytes(UTF_8)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("another file");
        Json.Obj json = Json.parseObject(file);
        Json.Obj first = json.objects("signatures").getFirst();
        Json.Obj forged = first.with("signed", first.object("signed").with("text", Json.of("I approve nothing")));
        byte[] altered = json.with("signatures", Json.array(List.of(forged))).canonical();
        assertThatThrownBy(() -> ApprovalFile.parse(altered, script.source())).hasMessageContaining("does not hold");
        byte[] retitled = json.with("title", Json.of("Another")).canonical();
        assertThatThrownBy(() -> ApprovalFile.parse(retitled, script.source())).hasMessageContaining("something else");
        byte[] twice =
                json.with("signatures", Json.array(List.of(first, first))).canonical();
        assertThatThrownBy(() -> ApprovalFile.parse(twice, script.source())).hasMessageContaining("one person");
    }

    @Test
    void aLiveCeremony_opensUnderAnApprovalOnly() {
        Site live = new Site(
                "Site", "Org", "Place", Site.Mode.LIVE, room.equipment().site().machinery());

        assertThatThrownBy(() -> Conductor.open(script, live, room.ledger, java.util.UUID.randomUUID(), BEFORE))
                .hasMessageContaining("No ceremony begins by");
        approve(script);
        var id = Conductor.open(script, live, room.ledger, java.util.UUID.randomUUID(), BEFORE);
        assertThat(Ceremony.of(room.ledger.ofCeremony(id))
                        .opening()
                        .object("approval")
                        .string("words"))
                .startsWith("Approved by ann");
        assertThatThrownBy(() -> Conductor.open(script, live, room.ledger, java.util.UUID.randomUUID(), ON_THE_DAY))
                .hasMessageContaining("No ceremony begins by");
    }
}
