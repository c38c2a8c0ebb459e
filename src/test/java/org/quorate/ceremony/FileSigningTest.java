package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quorate.ceremony.TestRoom.step;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.UtcTime;
import org.quorate.ceremony.Question.BringFile;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Compare;
import org.quorate.ceremony.Question.Enter;
import org.quorate.ceremony.Question.PresentCard;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.ledger.Cosign;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Ledger;
import org.quorate.ledger.LedgerFixture;
import org.quorate.script.Step.SignQuorumFile.Format;

/// An HSM's own quorum by a file. What comes out is judged by the program `openssl`, as the HSM would judge it.
class FileSigningTest {
    private static final byte[] CHALLENGE = "challenge 4711 of some HSM\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANOTHER = "challenge 4712 of some HSM\n".getBytes(StandardCharsets.US_ASCII);

    /// The token file that the user guide of AWS CloudHSM shows.
    private static final String APPROVAL_DATA =
            "AAEAAwAAABgAAAAAAAAAAJ9eFkfcP3mNzJAlfK+OWbNhZG1pbgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABj5vbeAAAAAAAA"
                    + "AAAAAQADAAAAFQAAAAAAAAAAW/v5Euk83amq1fij0zyvD2FkbWluAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAGPm9t4AAA"
                    + "AAAAAAAAABAAMAAAAUAAAAAAAAAABDw2XDwfK4hB8a15Xh1E0nYWRtaW4AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAY+b2"
                    + "3gAAAAAAAAAA";

    private static final String TOKEN = "0l2LZkmAHZyAc1hPhyckOoVW33aGrgG77qmDHWQ3CJ8=";

    @TempDir
    private Path folder;

    private Optional<TestRoom> room = Optional.empty();

    @AfterEach
    void stop() {
        room.ifPresent(TestRoom::close);
    }

    private TestRoom plain(String... more) {
        return enter(new LedgerFixture(), "challenge.bin", "plain", "officers", more);
    }

    /// Bob and Cem have RSA cards, Ann has one on P-256.
    private TestRoom aws(String... more) {
        return enter(
                new LedgerFixture(LedgerFixture.Person.rsa("bob", "officer")),
                "user.token",
                "aws_cloudhsm",
                "officers",
                more);
    }

    private TestRoom enter(LedgerFixture people, String file, String format, String quorum, String... more) {
        String[] all = Arrays.copyOf(
                new String[] {"file: " + file, "out: signed.json", "quorum: " + quorum, "format: " + format},
                4 + more.length);
        System.arraycopy(more, 0, all, 4, more.length);
        var made = new TestRoom(people, folder, step("sign_quorum_file", "sign", all));
        room = Optional.of(made);
        return made;
    }

    private static byte[] token(String approvalData, String token, String more) {
        return """
                {
                  "version": "2.0",%s
                  "approval_data": "%s",
                  "token": "%s",
                  "signatures": []
                }
                """.formatted(more, approvalData, token).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] token() {
        return token(APPROVAL_DATA, TOKEN, "");
    }

    private static String hashed(byte[] data) {
        return Base64.getEncoder().encodeToString(Digest.of(data).bytes());
    }

    private static Json.Obj handedOut(TestRoom room) {
        return Json.parseObject(room.front.taken.get("signed.json"));
    }

    private String openssl(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private static byte[] decoded(Json.Obj of, String key) {
        return Base64.getDecoder().decode(of.string(key));
    }

    private static List<String> problems(TestRoom room) {
        return room.front.problems();
    }

    // ---- plain ----

    @Test
    void plainFile_isSignedByTwoCards_andOpensslVerifiesBoth() throws Exception {
        TestRoom room = plain();
        room.front.thenBring(CHALLENGE::clone);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        Json.Obj out = handedOut(room);
        assertThat(out.string("sha256")).isEqualTo(Digest.of(CHALLENGE).hex());
        assertThat(out.objects("signatures"))
                .extracting(one -> one.string("person"))
                .containsExactly("ann", "bob");
        write("challenge.bin", CHALLENGE);
        for (Json.Obj one : out.objects("signatures")) {
            write("cert.der", decoded(one, "certificate"));
            write("sig.bin", decoded(one, "signature"));
            openssl("x509", "-inform", "der", "-in", "cert.der", "-pubkey", "-noout", "-out", "pub.pem");
            String hash = one.string("alg").equals("ES384") ? "-sha384" : "-sha256";
            assertThat(openssl("dgst", hash, "-verify", "pub.pem", "-signature", "sig.bin", "challenge.bin"))
                    .contains("Verified OK");
        }
    }

    @Test
    void digest_isComparedWithWords_beforeAnyCardSigns() {
        TestRoom room = plain();
        room.front
                .thenBring(CHALLENGE::clone)
                .thenGive(Compare.class, new Verdict.No("The paper says something else."))
                .thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        Compare compared = (Compare) room.front.asked.stream()
                .filter(Compare.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(compared.shown().digest()).contains(Digest.of(CHALLENGE));
        assertThat(compared.shown().spokenWords()).hasSize(12);
        assertThat(room.ann.signed).isZero();
        assertThat(room.front.count(PresentCard.class)).isZero();
    }

    @Test
    void everySignature_isOnRecord_beneathAStatementThatTheSameCardSigned() {
        TestRoom room = plain();
        room.front.thenBring(CHALLENGE::clone);

        room.conduct();

        Json.Obj act = room.entries(EntryType.STATEMENT).getFirst().data().object("act");
        assertThat(act.string("sha256")).isEqualTo(Digest.of(CHALLENGE).hex());
        assertThat(room.observed("file_signed"))
                .extracting(data -> data.object("detail").string("person"))
                .containsExactly("ann", "bob");
        assertThat(room.entries(EntryType.COSIGN)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(room.observed("file_made").getFirst().string("artefact"))
                .isEqualTo(Digest.of(room.front.taken.get("signed.json")).artefactName());
    }

    @Test
    void sameOfficer_twice_countsOnce() {
        TestRoom room = plain();
        room.front
                .thenBring(CHALLENGE::clone)
                .thenPresent(room.ann, TestCard.PIN)
                .thenPresent(room.ann, TestCard.PIN);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(problems(room)).containsExactly("ceremony.card.already_approved");
        assertThat(handedOut(room).objects("signatures"))
                .extracting(one -> one.string("person"))
                .containsExactly("ann", "bob");
    }

    @Test
    void witness_andAWrongPin_doNotCount() {
        TestRoom room = plain();
        room.front
                .thenBring(CHALLENGE::clone)
                .thenPresent(room.wil, TestCard.PIN)
                .thenPresent(room.ann, "000000");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(problems(room)).containsExactly("ceremony.card.wrong_role", "ceremony.card.wrong_pin");
        assertThat(handedOut(room).objects("signatures")).hasSize(2);
    }

    @Test
    void cardThatSignsSomethingElse_isRefused_andItsHolderApprovesNoSecondTime() {
        TestRoom room = plain();
        room.ann.spoils = message -> Arrays.equals(message, CHALLENGE);
        room.front.onNotice = () -> room.ann.spoils = message -> false;
        room.front.thenBring(CHALLENGE::clone);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(problems(room)).containsExactly("ceremony.card.bad_signature");
        assertThat(room.observed("file_signed")).hasSize(2);
        long statement = room.entries(EntryType.STATEMENT).getFirst().seq();
        assertThat(room.entries(EntryType.COSIGN))
                .filteredOn(cosign -> cosign.data().integer("target") == statement)
                .hasSize(2);
    }

    @Test
    void twoWhoReject_endTheAttempt() {
        TestRoom room = plain();
        room.front
                .thenBring(CHALLENGE::clone)
                .thenReject(room.ann, "I know nothing of it.")
                .thenReject(room.bob, "Nor do I.")
                .thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(problems(room)).contains("ceremony.quorum_rejected");
        assertThat(room.observed("file_signed")).isEmpty();
    }

    @Test
    void pause_betweenTwoOfficers_keepsTheFileAndTheFirstSignature() {
        TestRoom room = plain();
        room.front
                .thenBring(CHALLENGE::clone)
                .thenPresent(room.bob, TestCard.PIN)
                .then(PresentCard.class, new Answer.Pause<>("lunch"));
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.PAUSED);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.front.count(BringFile.class)).isEqualTo(1);
        assertThat(handedOut(room).objects("signatures"))
                .extracting(one -> one.string("person"))
                .containsExactly("bob", "ann");
    }

    @Test
    void fileThatChangesBetweenTwoOfficers_isSignedByNoOtherCard() {
        TestRoom room = plain();
        room.books = altered(room.ledger, () -> room.ann.signed > 0);
        room.front
                .thenBring(CHALLENGE::clone)
                .thenPresent(room.ann, TestCard.PIN)
                .thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(problems(room)).contains("ceremony.quorum_file_altered");
        assertThat(room.bob.signed).isZero();
        assertThat(room.front.taken).isEmpty();
    }

    /// A ledger that gives another file under the same digest, once this is so.
    private static Ledger altered(Ledger real, java.util.function.BooleanSupplier when) {
        return (Ledger) Proxy.newProxyInstance(
                FileSigningTest.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    try {
                        boolean here = method.getName().equals("artefact")
                                && arguments[0].equals(Digest.of(CHALLENGE))
                                && when.getAsBoolean();
                        return here ? Optional.of(ANOTHER) : method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    // ---- time ----

    @Test
    void timeThatIsLeft_standsOnThePage() {
        TestRoom room = plain("within_minutes: 10");
        room.front
                .thenBring(CHALLENGE::clone)
                .thenPresentAfter(() -> room.people.clock.pass(Duration.ofMinutes(3)), room.ann, TestCard.PIN);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        List<PresentCard> asked = room.front.asked.stream()
                .filter(PresentCard.class::isInstance)
                .map(PresentCard.class::cast)
                .toList();
        assertThat(asked.getFirst().until()).isPresent();
        assertThat(asked.get(1).until()).isEqualTo(asked.getFirst().until());
        assertThat(UtcTime.forPeople(asked.getFirst().until().orElseThrow())).startsWith("2026-11-22 09:40");
    }

    @Test
    void fileWhoseTimeIsOver_isSignedByNobodyElse_andANewOneIsBroughtAndSignedByAll() {
        TestRoom room = plain("within_minutes: 10");
        room.front
                .thenBring(CHALLENGE::clone)
                .thenBring(ANOTHER::clone)
                .thenPresent(room.ann, TestCard.PIN)
                .thenPresentAfter(() -> room.people.clock.pass(Duration.ofMinutes(10)), room.bob, TestCard.PIN)
                .thenGive(Choose.class, "retry");
        room.front.onNotice = () -> assertThat(room.bob.signed).isZero();

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(problems(room)).containsExactly("ceremony.quorum_file_expired");
        assertThat(room.observed("file_expired").getFirst().object("detail").integer("signatures"))
                .isEqualTo(1);
        assertThat(handedOut(room).string("sha256"))
                .isEqualTo(Digest.of(ANOTHER).hex());
        assertThat(handedOut(room).objects("signatures")).hasSize(2);
        assertThat(room.now().attempts("sign")).hasSize(2);
    }

    @Test
    void fileThatWasTakenInTime_isNotTooLate_whereTheProgramEndedThen() {
        TestRoom room = plain("within_minutes: 10");
        room.front.thenBring(CHALLENGE::clone);
        room.books = Trap.onEntry(draft -> draft.type() == EntryType.STEP_END, Trap.Where.BEFORE)
                .around(room.ledger);
        assertThatThrownBy(room::conduct).isInstanceOf(TestHsm.Killed.class);
        room.books = room.ledger;
        room.people.clock.pass(Duration.ofHours(1));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(problems(room)).isEmpty();
        assertThat(room.now().attempts("sign")).hasSize(1);
    }

    @Test
    void timeThatEndsAfterTheLastSignature_handsOutNothing() {
        TestRoom room = aws("within_minutes: 10");
        room.front
                .thenBring(FileSigningTest::token)
                .thenPresent(room.bob, TestCard.PIN)
                .thenPresent(room.cem, TestCard.PIN);
        room.front.thenEnterAfter(() -> room.people.clock.pass(Duration.ofMinutes(11)), "admin2");
        room.front.thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(problems(room)).contains("ceremony.quorum_file_expired");
        assertThat(room.front.taken).isEmpty();
        assertThat(room.observed("file_made")).isEmpty();
    }

    @Test
    void limitOfTheQuorum_countsFromTheFirstSignature() {
        TestRoom room = enter(new LedgerFixture(), "challenge.bin", "plain", "hasty");
        room.front
                .thenBring(CHALLENGE::clone)
                .thenPresentAfter(() -> room.people.clock.pass(Duration.ofMinutes(30)), room.ann, TestCard.PIN)
                .thenPresentAfter(() -> room.people.clock.pass(Duration.ofMinutes(6)), room.bob, TestCard.PIN)
                .thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(problems(room)).contains("ceremony.quorum_file_expired");
        assertThat(room.observed("file_signed")).hasSize(1);
    }

    // ---- AWS CloudHSM ----

    @Test
    void awsToken_isSignedAsTheCommandsOfAwsSignIt_andOpensslVerifies() throws Exception {
        TestRoom room = aws();
        room.front
                .thenBring(FileSigningTest::token)
                .thenPresent(room.bob, TestCard.PIN)
                .thenPresent(room.cem, TestCard.PIN);
        room.front.thenGive(Enter.class, "admin2").thenGive(Enter.class, "admin3");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        Json.Obj out = handedOut(room);
        assertThat(out.without("signatures"))
                .isEqualTo(Json.parseObject(token()).without("signatures"));
        assertThat(out.objects("signatures"))
                .extracting(one -> one.string("username"))
                .containsExactly("admin2", "admin3");
        write("token.bin", Base64.getDecoder().decode(TOKEN));
        write("data.bin", Base64.getDecoder().decode(APPROVAL_DATA));
        write("key.der", room.people.cem.keys().getPrivate().getEncoded());
        openssl(
                "pkeyutl",
                "-sign",
                "-inkey",
                "key.der",
                "-keyform",
                "DER",
                "-pkeyopt",
                "digest:sha256",
                "-in",
                "token.bin",
                "-out",
                "aws.sig");
        assertThat(decoded(out.objects("signatures").getLast(), "signature"))
                .isEqualTo(Files.readAllBytes(folder.resolve("aws.sig")));
        write("pub.der", room.people.bob.spki());
        write("bob.sig", decoded(out.objects("signatures").getFirst(), "signature"));
        assertThat(openssl(
                        "pkeyutl",
                        "-verify",
                        "-pubin",
                        "-inkey",
                        "pub.der",
                        "-keyform",
                        "DER",
                        "-pkeyopt",
                        "digest:sha256",
                        "-in",
                        "token.bin",
                        "-sigfile",
                        "bob.sig"))
                .contains("Verified Successfully");
        openssl("pkey", "-pubin", "-inform", "der", "-in", "pub.der", "-out", "pub.pem");
        assertThat(openssl("dgst", "-sha256", "-verify", "pub.pem", "-signature", "bob.sig", "data.bin"))
                .contains("Verified OK");
    }

    @Test
    void awsToken_ofAServiceOfCryptoUsers_saysSoInEachSignature_andKeepsWhatElseItHad() {
        TestRoom room = aws();
        byte[] file =
                token(APPROVAL_DATA, TOKEN, "\n  \"service\": \"key-usage\",\n  \"key_reference\": \"0x640007\",");
        room.front.thenBring(() -> file).thenPresent(room.bob, TestCard.PIN).thenPresent(room.cem, TestCard.PIN);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(handedOut(room).objects("signatures"))
                .allSatisfy(one -> assertThat(one.string("role")).isEqualTo("crypto-user"));
        assertThat(handedOut(room).string("key_reference")).isEqualTo("0x640007");
    }

    @Test
    void cardOnACurve_isRefusedForAws_beforeItSignsAnything() {
        TestRoom room = aws();
        room.front
                .thenBring(FileSigningTest::token)
                .thenPresent(room.ann, TestCard.PIN)
                .then(PresentCard.class, new Answer.Abort<>("the officers fetch other cards"));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(problems(room)).containsExactly("ceremony.card.not_rsa_2048");
        assertThat(room.observed("card_refused").getFirst().object("detail").string("reason"))
                .isEqualTo("unsuitable_key");
        assertThat(room.ann.signed).isZero();
    }

    // ---- files that are refused ----

    @Test
    void fileThatIsNoTokenOfAws_isRefusedWithTheReason() {
        byte[] data = Base64.getDecoder().decode(APPROVAL_DATA);
        data[40] ^= 1;
        assertThat(doubt(token(Base64.getEncoder().encodeToString(data), TOKEN, "")))
                .contains("was altered");
        assertThat(doubt(CHALLENGE)).contains("no token file");
        assertThat(doubt(new byte[0])).contains("empty");
        assertThat(doubt(text(token()).replace("2.0", "3.0"))).contains("another version");
        assertThat(doubt(text(token()).replace("[]", "[{\"username\": \"eve\", \"signature\": \"AA==\"}]")))
                .contains("signatures already");
        assertThat(doubt("""
                {"version": "2.0", "tokens": [{"approval_data": "AA==", "unsigned": "AA==", "signed": ""}]}""")).contains("registration");
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static String doubt(String file) {
        return doubt(file.getBytes(StandardCharsets.UTF_8));
    }

    private static String doubt(byte[] file) {
        return QuorumFile.doubt(Format.AWS_CLOUDHSM, file).orElse("");
    }

    @Test
    void wrongFile_thatASiteBringsAllTheSame_failsTheStep() {
        TestRoom room = aws();
        room.front.thenBring(CHALLENGE::clone).thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(problems(room)).contains("ceremony.quorum_file_refused");
        assertThat(room.front.count(PresentCard.class)).isZero();
    }

    /// Otherwise whoever brings files could have officers approve entries that they never saw.
    @Test
    void bytesThatCardsSignForALedger_areSignedInNoDisguise() {
        byte[] forged = Cosign.signedBytes(
                new UUID(1, 2), 7, Digest.ZERO, Optional.of(LedgerFixture.CEREMONY), Cosign.Meaning.APPROVE);
        byte[] wrapped = token(Base64.getEncoder().encodeToString(forged), hashed(forged), "");

        assertThat(QuorumFile.doubt(Format.PLAIN, forged).orElse("")).contains("passed off as an approval");
        assertThat(doubt(wrapped)).contains("passed off as an approval");
        assertThat(QuorumFile.doubt(Format.PLAIN, CHALLENGE)).isEmpty();
        assertThat(QuorumFile.doubt(Format.AWS_CLOUDHSM, token())).isEmpty();
        assertThatThrownBy(() -> new QuorumFile(Format.PLAIN, CHALLENGE, forged))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void statementOfThisLedger_broughtAsAFile_isSignedByNoCard() {
        TestRoom room = plain();
        room.front
                .thenBring(() ->
                        Cosign.signedBytes(room.entries(EntryType.STEP_START).getFirst(), Cosign.Meaning.APPROVE))
                .thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(problems(room)).contains("ceremony.quorum_file_refused");
        assertThat(room.ann.signed + room.bob.signed + room.cem.signed).isZero();
    }
}
