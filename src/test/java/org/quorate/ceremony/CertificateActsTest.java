package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quorate.ceremony.TestRoom.step;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.ceremony.Question.BringFile;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Enter;
import org.quorate.ceremony.Question.PresentCard;
import org.quorate.ceremony.TestHsm.Effect;
import org.quorate.ceremony.TestHsm.Fault;
import org.quorate.ceremony.TestHsm.Killed;
import org.quorate.ceremony.TestHsm.Reply;
import org.quorate.ceremony.x509.CertificateRequest;
import org.quorate.ceremony.x509.JarSignature;
import org.quorate.ceremony.x509.Pem;
import org.quorate.ceremony.x509.SignedStructure;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.Token;
import org.quorate.ledger.EntryType;
import org.quorate.script.CertificateProfile;

/// Requests, certificates, revocation lists and a jar, each judged by openssl or the platform too.
class CertificateActsTest {
    private static final String SUB = "CN=Sub,O=Nobody,C=DE";
    private static final List<String> ROOT = List.of(
            step("generate_key_pair", "make-root", "key: root", "token: primary", "quorum: officers"),
            step(
                    "issue_root_certificate",
                    "root",
                    "key: root",
                    "token: primary",
                    "subject: CN=Root,O=Nobody,C=DE",
                    "years: 10",
                    "quorum: officers"));
    private static final String ISSUE = issue("issue", 365);
    private static final String LIST = list("list");
    private static final String SERVER =
            step("generate_key_pair", "make-server", "key: server", "token: primary", "quorum: officers");

    @TempDir
    private Path folder;

    private Optional<TestRoom> opened = Optional.empty();

    @AfterEach
    void close() {
        opened.ifPresent(TestRoom::close);
    }

    private TestRoom room(String... steps) {
        TestRoom room = new TestRoom(folder, steps);
        opened = Optional.of(room);
        return room;
    }

    private TestRoom withRoot(String... steps) {
        return room(Stream.concat(ROOT.stream(), Stream.of(steps)).toArray(String[]::new));
    }

    private static String issue(String id, int days) {
        return step(
                "issue_certificate",
                id,
                "key: root",
                "token: primary",
                "request: sub.csr",
                "subject: " + SUB,
                "profile: subordinate_ca",
                "path_length: 0",
                "days: " + days,
                "file: sub.pem",
                "quorum: officers");
    }

    private static String list(String id) {
        return step("issue_crl", id, "key: root", "token: primary", "days: 30", "file: root.crl", "quorum: officers");
    }

    private static String request(String subject, String profile) {
        return step(
                "make_certificate_request",
                "request",
                "key: server",
                "token: primary",
                "subject: " + subject,
                "profile: " + profile,
                "file: server.csr",
                "quorum: officers");
    }

    private static byte[] foreignRequest(String subject, CertificateProfile profile) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] tbs = CertificateRequest.toBeSigned(subject, pair.getPublic(), profile, List.of());
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(pair.getPrivate());
            signer.update(tbs);
            return Pem.of(Pem.REQUEST, SignedStructure.assemble(tbs, SignatureScheme.ECDSA_SHA256, signer.sign()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] sub() {
        return foreignRequest(SUB, CertificateProfile.SUBORDINATE_CA);
    }

    private String said(String... words) throws Exception {
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    private static X509Certificate certificate(byte[] bytes) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
    }

    private static X509CRL crl(TestRoom room) throws Exception {
        return (X509CRL) CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(room.front.taken.get("root.crl")));
    }

    private static byte[] rootPem(TestRoom room) {
        String artefact = room.observed("certificate").getFirst().string("artefact");
        return Pem.of(
                Pem.CERTIFICATE,
                room.ledger.artefact(Digest.fromArtefactName(artefact)).orElseThrow());
    }

    private static void kill(TestRoom room, String step) {
        room.ledger.onAppend(entry -> {
            if (entry.is(EntryType.INTENT) && entry.step().equals(Optional.of(step))) {
                room.hsm.fault = Optional.of(new Fault(Effect.ALL, Reply.KILLED));
            }
        });
    }

    // ---- requests ----

    @Test
    void request_provesItsKey_andAsksForTheNames() throws Exception {
        TestRoom room = room(
                SERVER,
                request("CN=www.example.org,O=Nobody,C=DE", "tls_server")
                        .replace("        file:", "        names: [www.example.org]\n        file:"));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        Files.write(folder.resolve("server.csr"), room.front.taken.get("server.csr"));
        assertThat(said("openssl", "req", "-verify", "-noout", "-text", "-nameopt", "RFC2253", "-in", "server.csr"))
                .contains("verify OK", "DNS:www.example.org", "TLS Web Server Authentication")
                .contains("CN=www.example.org,O=Nobody,C=DE");
        assertThat(room.observed("certificate_request")).hasSize(1);
    }

    @Test
    void request_killedInTheCall_isSignedInTheNextAttempt() {
        TestRoom room = room(SERVER, request(SUB, "code_signing"));
        kill(room, "request");
        assertThatThrownBy(room::conduct).isInstanceOf(Killed.class);
        room.front.thenGive(Choose.class, "retry");
        room.ledger.onAppend(entry -> room.hsm.fault = Optional.empty());

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.now().attempts("request")).hasSize(2);
        assertThat(room.front.taken).containsKey("server.csr");
    }

    // ---- certificates ----

    @Test
    void certificate_isWhatTheScriptSays_andOpensslVerifiesIt() throws Exception {
        TestRoom room = withRoot(ISSUE);
        room.front.thenBring(CertificateActsTest::sub);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        byte[] issued = room.front.taken.get("sub.pem");
        Files.write(folder.resolve("sub.pem"), issued);
        Files.write(folder.resolve("root.pem"), rootPem(room));
        // At the time of the room, which is not that of this machine.
        String then = String.valueOf(room.people.clock.time().getEpochSecond());
        assertThat(said("openssl", "verify", "-x509_strict", "-attime", then, "-CAfile", "root.pem", "sub.pem"))
                .contains("sub.pem: OK");
        X509Certificate sub = certificate(issued);
        assertThat(sub.getBasicConstraints()).isZero();
        assertThat(sub.getSerialNumber().bitLength()).isEqualTo(127);
        // What officers sign names the subject, the request and the bytes.
        assertThat(room.front.asked)
                .filteredOn(PresentCard.class::isInstance)
                .extracting(question -> ((PresentCard) question).statement().text())
                .anyMatch(text -> text.contains(SUB)
                        && text.contains(sub.getSerialNumber().toString(16))
                        && text.contains("SHA-256 of the request sub.csr"));
    }

    @Test
    void wrongFile_isObjectedTo_inItsOwnWords() throws Exception {
        TestRoom room = withRoot(ISSUE);
        room.front.thenBring(CertificateActsTest::sub);
        room.conduct();
        BringFile asked = room.front.asked.stream()
                .filter(BringFile.class::isInstance)
                .map(BringFile.class::cast)
                .findFirst()
                .orElseThrow();
        byte[] altered = sub();
        int last = new String(altered, StandardCharsets.US_ASCII).indexOf("-----END") - 12;
        altered[last] = (byte) (altered[last] == 'A' ? 'B' : 'A');

        assertThat(said(asked, new byte[0])).isEqualTo("It is empty.");
        assertThat(said(asked, new byte[CertificateRequest.MAX_BYTES + 1])).contains("no request is so large");
        assertThat(said(asked, "hello".getBytes(StandardCharsets.UTF_8))).contains("no request");
        assertThat(said(asked, rootPem(room))).contains("\"CERTIFICATE\"");
        assertThat(said(asked, altered)).contains("signature does not verify");
        assertThat(said(asked, foreignRequest("CN=Other", CertificateProfile.SUBORDINATE_CA)))
                .contains("CN=Other", SUB);
        assertThat(said(asked, openssl("rsa:1024"))).contains("RSA 1024", "SP 800-131A Rev. 2");
        assertThat(said(asked, openssl("rsa:2560"))).contains("2560 bits");
        assertThat(said(asked, openssl("ed25519"))).contains("EC and RSA keys are taken");
        assertThat(said(asked, openssl("ec", "-pkeyopt", "ec_paramgen_curve:secp256k1")))
                .contains("secp256k1", "P-256");
        assertThat(said(asked, openssl("rsa:2048", "-sha1"))).contains("is taken");
        assertThat(asked.check().apply(sub())).isEmpty();
    }

    private static String said(BringFile asked, byte[] file) {
        return asked.check().apply(file).orElse("nothing");
    }

    private byte[] openssl(String key, String... more) throws Exception {
        said(Stream.concat(
                        Stream.of("openssl", "req", "-new", "-newkey", key, "-nodes", "-keyout", "k", "-out", "r"),
                        Stream.concat(Stream.of("-subj", "/C=DE/O=Nobody/CN=Sub"), Stream.of(more)))
                .toArray(String[]::new));
        return Files.readAllBytes(folder.resolve("r"));
    }

    @Test
    void weakKeyForALongTime_isRefused_withTheSection() throws Exception {
        TestRoom room = withRoot(issue("issue", 3000));
        room.front.thenBring(CertificateActsTest::sub);
        room.conduct();
        BringFile asked = (BringFile) room.front.asked.stream()
                .filter(BringFile.class::isInstance)
                .findFirst()
                .orElseThrow();

        assertThat(said(asked, openssl("rsa:2048"))).contains("112 bits", "table 4");
    }

    @Test
    void certificateThatWouldOutliveItsIssuer_isNotSigned() {
        TestRoom room = withRoot(issue("issue", 3660));
        room.front.thenBring(CertificateActsTest::sub).thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.front.problems()).contains("ceremony.certificate_not_to_be_signed");
        assertThat(room.entries(EntryType.INTENT))
                .extracting(intent -> intent.data().string("op"))
                .containsExactly("generate_key_pair", "sign_certificate");
    }

    @Test
    void authorityWithoutACertificate_signsNothing() {
        TestRoom room = room(ROOT.getFirst(), ISSUE);
        room.front.thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.front.problems()).contains("ceremony.issuer_without_certificate");
    }

    @Test
    void certificate_killedAfterSigning_countsAsIssued_andTheNextHasAnotherSerial() throws Exception {
        TestRoom room = withRoot(ISSUE, LIST);
        kill(room, "issue");
        room.front.thenBring(CertificateActsTest::sub).thenBring(CertificateActsTest::sub);
        assertThatThrownBy(room::conduct).isInstanceOf(Killed.class);
        String lost = room.entries(EntryType.INTENT).getLast().data().string("serial");
        room.ledger.onAppend(entry -> room.hsm.fault = Optional.empty());
        room.front
                .thenGive(Choose.class, "retry")
                .thenGive(Choose.class, "revoke")
                .thenGive(Choose.class, "superseded")
                .thenGive(Choose.class, "nothing")
                .thenGive(Enter.class, lost);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(certificate(room.front.taken.get("sub.pem"))
                        .getSerialNumber()
                        .toString(16))
                .isNotEqualTo(lost);
        // Nobody is asked whose it is: the ledger knows.
        assertThat(room.observed("revocation").getFirst().object("detail").string("subject"))
                .isEqualTo(SUB);
        assertThat(crl(room).getRevokedCertificate(new BigInteger(lost, 16))).isNotNull();
    }

    // ---- revocation lists ----

    @Test
    void list_keepsWhatStoodOnTheLast_andItsNumberGrows() throws Exception {
        TestRoom room = withRoot(LIST, list("second"));
        room.front
                .thenGive(Choose.class, "revoke")
                .thenGive(Choose.class, "key_compromise")
                .thenGive(Choose.class, "nothing")
                .thenGive(Choose.class, "nothing")
                .thenGive(Enter.class, "0A:0b:0C")
                .thenGive(Enter.class, "Issued before this ledger, letter of today");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("crl"))
                .extracting(data -> data.object("detail").integer("number"))
                .containsExactly(1L, 2L);
        Json.Obj said = room.observed("revocation").getFirst().object("detail");
        assertThat(said.string("foreign")).startsWith("Issued before");
        X509CRL list = crl(room);
        assertThat(list.getRevokedCertificate(BigInteger.valueOf(0x0a0b0c)).getRevocationReason())
                .isEqualTo(java.security.cert.CRLReason.KEY_COMPROMISE);
        Files.write(folder.resolve("root.crl"), room.front.taken.get("root.crl"));
        Files.write(folder.resolve("root.pem"), rootPem(room));
        assertThat(said("openssl", "crl", "-inform", "DER", "-in", "root.crl", "-CAfile", "root.pem", "-noout"))
                .contains("verify OK");
    }

    /// The certificate of a server ends; that of the authority below has ended too, and stays.
    @Test
    void list_losesTheCertificateOfAServer_afterOneListMoreThanItLived() throws Exception {
        String web = issue("web", 1)
                .replace("subordinate_ca", "tls_server")
                .replace("        path_length: 0\n", "        names: [www.example.org]\n")
                .replace("sub.csr", "web.csr")
                .replace("sub.pem", "web.pem")
                .replace(SUB, "CN=www.example.org,O=Nobody,C=DE");
        TestRoom room = withRoot(issue("sub", 1), web, LIST, list("second"), list("third"));
        room.front
                .thenBring(CertificateActsTest::sub)
                .thenBring(() -> foreignRequest("CN=www.example.org,O=Nobody,C=DE", CertificateProfile.TLS_SERVER));
        for (String file : List.of("sub.pem", "web.pem")) {
            room.front
                    .thenGive(Choose.class, "revoke")
                    .thenGive(Choose.class, "superseded")
                    .thenGiveAfter(() -> {}, Enter.class, () -> serial(room, file));
        }
        room.front
                .thenGive(Choose.class, "nothing")
                .thenGiveAfter(
                        () -> room.people.clock.pass(java.time.Duration.ofDays(2)), Choose.class, () -> "nothing")
                .thenGive(Choose.class, "nothing");

        assertThat(room.conduct()).as("%s", room.front.problems()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("crl"))
                .extracting(data -> data.object("detail").objects("revoked").size())
                .containsExactly(2, 2, 1);
        assertThat(crl(room).getRevokedCertificate(new BigInteger(serial(room, "sub.pem"), 16)))
                .isNotNull();
        // The next list is due when the newest one ends, and no other.
        var schedule = new Schedule(room.ledger.keys());
        schedule.add(room.now(), Optional.empty());
        assertThat(schedule.due()).singleElement().satisfies(due -> {
            assertThat(due.kind()).isEqualTo(Schedule.Kind.REVOCATION_LIST);
            assertThat(due.by()).isEqualTo(crl(room).getNextUpdate().toInstant());
        });
        assertThat(room.entries(EntryType.STATEMENT).getLast().data().string("text"))
                .contains("No longer on it", serial(room, "web.pem"));
    }

    private static String serial(TestRoom room, String file) {
        try {
            return certificate(room.front.taken.get(file)).getSerialNumber().toString(16);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void number_ofAListThatNobodyKnowsOf_isNotGivenAgain() {
        TestRoom room = withRoot(LIST);
        kill(room, "list");
        room.front.thenGive(Choose.class, "nothing");
        assertThatThrownBy(room::conduct).isInstanceOf(Killed.class);
        room.ledger.onAppend(entry -> room.hsm.fault = Optional.empty());
        room.front.thenGive(Choose.class, "retry").thenGive(Choose.class, "nothing");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("crl").getFirst().object("detail").integer("number"))
                .isEqualTo(2);
    }

    @Test
    void serial_thatCannotBeRevoked_isObjectedTo() throws Exception {
        TestRoom room = withRoot(LIST);
        room.front
                .thenGive(Choose.class, "revoke")
                .thenGive(Choose.class, "unspecified")
                .thenGive(Choose.class, "nothing")
                .thenGive(Enter.class, "77");
        room.conduct();
        Enter asked = (Enter) room.front.asked.stream()
                .filter(Enter.class::isInstance)
                .findFirst()
                .orElseThrow();
        BigInteger own = certificate(rootPem(room)).getSerialNumber();

        assertThat(asked.check().apply("xyz")).isPresent();
        assertThat(asked.check().apply("0")).isPresent();
        assertThat(asked.check().apply("f".repeat(41))).isPresent();
        assertThat(asked.check().apply(own.toString(16)))
                .hasValueSatisfying(words -> assertThat(words).contains("authority itself"));
        assertThat(asked.check().apply("77")).isEmpty();
    }

    // ---- jars ----

    private static byte[] jar(String... names) {
        try {
            var out = new ByteArrayOutputStream();
            try (var jar = new JarOutputStream(out)) {
                for (String name : names) {
                    jar.putNextEntry(new ZipEntry(name));
                    jar.write(name.getBytes(StandardCharsets.UTF_8));
                    jar.closeEntry();
                }
            }
            return out.toByteArray();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private TestRoom jarRoom() {
        return withRoot(
                SERVER,
                request("CN=Code,C=DE", "code_signing"),
                step(
                        "issue_certificate",
                        "issue",
                        "key: root",
                        "token: primary",
                        "request: server.csr",
                        "subject: CN=Code,C=DE",
                        "profile: code_signing",
                        "days: 300",
                        "file: cert.pem",
                        "quorum: officers"),
                step(
                        "sign_jar",
                        "sign",
                        "key: server",
                        "token: primary",
                        "certificate: cert.pem",
                        "file: a.jar",
                        "out: b.jar",
                        "quorum: officers"));
    }

    @Test
    void jar_isSigned_soThatTheToolOfThePlatformVerifiesIt_andAnAlteredOneFails() throws Exception {
        TestRoom room = jarRoom();
        room.front.thenBring(() -> jar("org/example/" + "long".repeat(30) + "\u00e4.txt", "b.txt"));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        byte[] signed = room.front.taken.get("b.jar");
        Files.write(folder.resolve("b.jar"), signed);
        String tool =
                Path.of(System.getProperty("java.home"), "bin", "jarsigner").toString();
        assertThat(said(tool, "-verify", "-verbose", "b.jar"))
                .contains("jar verified.")
                .doesNotContain("unsigned");
        X509Certificate code = certificate(room.front.taken.get("cert.pem"));
        assertThat(JarSignature.doubt(signed, code)).isEmpty();
        assertThat(JarSignature.doubt(signed, certificate(rootPem(room)))).isPresent();
        assertThat(JarSignature.doubt(jar("b.txt"), code)).contains("b.txt");
        Json.Obj detail = room.observed("jar_signed").getFirst().object("detail");
        assertThat(detail.string("out_sha256")).isEqualTo(Digest.of(signed).hex());
        BringFile asked = (BringFile) room.front.asked.stream()
                .filter(BringFile.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(said(asked, signed)).contains("signed already");
        assertThat(said(asked, new byte[0])).contains("empty");
        assertThat(said(asked, "no jar".getBytes(StandardCharsets.UTF_8))).contains("no jar");
        assertThat(said(asked, jar("a", "A"))).contains("two entries");
    }

    /// A certificate of this key or of another, for this use and time, made by nobody in particular.
    private static byte[] brought(PublicKey key, KeyPurposeId use, Instant from, Instant to) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var name = new X500Name("CN=Code,C=DE");
        var builder = new JcaX509v3CertificateBuilder(name, BigInteger.TWO, Date.from(from), Date.from(to), name, key);
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use));
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(generator.generateKeyPair().getPrivate()))
                .getEncoded();
    }

    @Test
    void certificateThatIsNotOfThisKey_notForCode_orNotOfToday_isObjectedTo_inItsOwnWords() throws Exception {
        String sign = step(
                "sign_jar",
                "sign",
                "key: server",
                "token: primary",
                "certificate: brought.cer",
                "file: a.jar",
                "out: b.jar",
                "quorum: officers");
        try (TestRoom room = room(SERVER, sign)) {
            Instant now = room.people.clock.time();
            Instant past = now.minus(Duration.ofDays(9));
            Instant later = now.plus(Duration.ofDays(9));
            KeyPurposeId code = KeyPurposeId.id_kp_codeSigning;
            var asked = new ArrayList<BringFile>();
            room.front.always(BringFile.class, question -> {
                asked.add(question);
                return question.fileName().equals("a.jar") ? jar("b.txt") : serverCertificate(room, code, past, later);
            });

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            BringFile certificate = asked.getFirst();
            PublicKey own = serverKey(room);
            PublicKey other = room.ann.certificate().getPublicKey();
            assertThat(said(certificate, new byte[] {1})).isEqualTo(Texts.get("ceremony.jar.no_certificate"));
            assertThat(said(certificate, brought(other, code, past, later)))
                    .isEqualTo(Texts.get("ceremony.jar.other_key"));
            assertThat(said(certificate, brought(own, KeyPurposeId.id_kp_serverAuth, past, later)))
                    .isEqualTo(Texts.get("ceremony.jar.not_for_code"));
            assertThat(said(certificate, brought(own, code, past, now.minus(Duration.ofDays(1)))))
                    .isEqualTo(Texts.get("ceremony.jar.not_valid_now"));
            assertThat(said(certificate, brought(own, code, now.plus(Duration.ofDays(1)), later)))
                    .isEqualTo(Texts.get("ceremony.jar.not_valid_now"));
            assertThat(said(certificate, brought(own, code, past, later))).isEqualTo("nothing");
        }
    }

    private static byte[] serverCertificate(TestRoom room, KeyPurposeId use, Instant from, Instant to) {
        try {
            return brought(serverKey(room), use, from, to);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static PublicKey serverKey(TestRoom room) {
        var id = new KeyId(room.entries(EntryType.INTENT).getFirst().data().string("cka_id"));
        try (var pin = Secret.ofChars(TestHsm.PIN.toCharArray());
                var session = room.hsm
                        .token("S1")
                        .open(Token.Login.of(PinKind.USER, pin))
                        .orThrow()) {
            return session.publicKey(id).orThrow();
        }
    }

    /// One that was right when it was brought and ended before the step was gone on with.
    @Test
    void certificateThatIsWrongAllTheSame_endsTheStep() throws Exception {
        TestRoom room = room(
                SERVER,
                step(
                        "sign_jar",
                        "sign",
                        "key: server",
                        "token: primary",
                        "certificate: brought.cer",
                        "file: a.jar",
                        "out: b.jar",
                        "quorum: officers"));
        Instant now = room.people.clock.time();
        room.front.always(
                BringFile.class,
                question -> serverCertificate(
                        room,
                        KeyPurposeId.id_kp_codeSigning,
                        now.minus(Duration.ofDays(9)),
                        now.minus(Duration.ofDays(1))));
        room.front.thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.front.problems()).containsExactly("ceremony.jar_refused");
        assertThat(room.front.notices.getFirst().cause()).contains(Texts.get("ceremony.jar.not_valid_now"));
        assertThat(room.entries(EntryType.INTENT)).hasSize(1);
    }
}
