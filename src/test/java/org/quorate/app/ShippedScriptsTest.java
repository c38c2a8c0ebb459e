package org.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.quorate.app.Program.Ended;
import org.quorate.base.Json;
import org.quorate.card.practice.TestCards;
import org.quorate.quorum.directory.OpensslSigner;
import org.quorate.quorum.securitydomain.ManagedHsm;

/// The shipped scripts, one after the other on one practice site, as an organisation would hold them.
class ShippedScriptsTest extends OnOneSite {
    /// 26 of the characters that a PIN is made of, and none beside them.
    private static final String MADE_PIN = "(?<![A-Za-z0-9+/=])[2-9A-HJ-NP-Z]{26}(?![A-Za-z0-9+/=])";

    @Test
    void rootKey_isMade_issues_isUsedAfterAFailover_andStaysWhilePinsChange() throws Exception {
        hold("root-key-generation");
        holdCertificates();
        hold("hsm-health");
        hold("failover-drill", "--networked");
        holdUpdate();
        hold("pin-rotation");
        cardPins();
        hold("spare-card-exercise");
        assertThat(Program.run("ledger", "cards", "--home", folder.resolve("site"), "--unused-since", "2020-01-01")
                        .out())
                .doesNotContain("Overdue: p1 ");
        whatIsDue();
        certifyOutside();
    }

    /// Somebody with openssl is the authority outside; the request that is signed here is what it certifies.
    private void certifyOutside() throws Exception {
        said(
                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout out.key -days 3650 -out"
                        .split(" "),
                "external-authority.pem",
                "-subj",
                "/C=DE/O=Somebody/CN=Outside Root",
                "-addext",
                "keyUsage=critical,keyCertSign,cRLSign");
        Files.writeString(
                stick().resolve("ca.ext"),
                "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n");
        CompletableFuture<String> outside = CompletableFuture.supplyAsync(this::certify, Thread::startVirtualThread);

        hold("external-certificate", "--files", stick());

        outside.get(1, TimeUnit.MINUTES);
        assertThat(observed("external-certificate", "certificate"))
                .extracting(one -> one.object("detail").string("issuer"))
                .containsExactly("CN=Outside Root,O=Somebody,C=DE");
        assertThat(said(
                        "openssl",
                        "verify",
                        "-x509_strict",
                        "-CAfile",
                        "external-authority.pem",
                        "external-certificate.pem"))
                .contains("external-certificate.pem: OK");
    }

    private String certify() {
        try {
            while (!Files.exists(stick().resolve("external-request.csr"))) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            String made = said(
                    "openssl x509 -req -in external-request.csr -CA external-authority.pem -CAkey out.key -days 900"
                            .split(" "),
                    "-extfile",
                    "ca.ext",
                    "-out",
                    "unfinished.pem");
            Files.move(stick().resolve("unfinished.pem"), stick().resolve("external-certificate.pem"));
            return made;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// Ceremonies that come again, the end of a key and the next list, as the ledger and the scripts have them.
    private void whatIsDue() {
        Path site = folder.resolve("site");
        Ended now = Program.run("ledger", "due", "--home", site, "--json");
        assertThat(now.code()).as(now.err()).isZero();
        assertThat(now.json().objects("due"))
                .extracting(due -> due.string("kind"))
                .contains("ceremony", "key", "revocation_list");
        assertThat(now.json().objects("due"))
                .extracting(due -> due.string("title"))
                .contains("Exercise of all cards", "Key root-ca-g1");
        assertThat(now.json().objects("due"))
                .extracting(due -> due.string("by"))
                .isSorted();
        Ended late = Program.run("ledger", "due", "--home", site, "--at", "2099-01-01");
        assertThat(late.code()).isOne();
        assertThat(late.out()).contains("Overdue since ");
    }

    /// The firmware is as before, since SoftHSM has none; that the keys are the same is seen on the real token.
    private void holdUpdate() throws Exception {
        Files.writeString(stick().resolve("firmware.bin"), "firmware 2\n");
        Path out = hold("firmware-update", "--files", stick());

        assertThat(observed("firmware-update", "test_signature")).hasSize(2).allMatch(OnOneSite::matches);
        assertThat(observed("firmware-update", "latencies")).hasSize(2);
        assertThat(observed("firmware-update", "token")).hasSize(2);
        assertThat(done("firmware-update")).isEmpty();
        assertThat(json(out.resolve("files/firmware-approval.json")).objects("signatures"))
                .hasSize(3);
    }

    /// A server's request, a subordinate authority, a revocation list, and code that the JDK's own tool verifies.
    private void holdCertificates() throws Exception {
        Files.createDirectory(stick());
        Path root = folder.resolve("root-key-generation.yaml.out/root-ca.pem");
        hold("tls-key", "--files", stick());
        assertThat(said("openssl", "req", "-verify", "-noout", "-text", "-in", "tls-2026.csr"))
                .contains("verify OK", "DNS:www.example.org, DNS:example.org", "TLS Web Server Authentication");

        said(
                "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -keyout sub.key -out subordinate-ca.csr"
                        .split(" "),
                "-subj",
                "/C=DE/O=Example Trust Services/CN=Example Issuing CA 1");
        Path signed = hold("subordinate-ca-signing", "--files", stick());
        assertThat(read(signed.resolve("record.pdf")))
                .contains("a subordinate authority", "CN=Example Issuing CA 1,O=Example Trust Services,C=DE");

        Path list = hold("crl-signing", "--files", stick());
        assertThat(read(list.resolve("record.pdf"))).contains("Revocation list 1, key root");
        assertThat(list.resolve("files/root-ca-g1.crl")).exists();
        said("openssl", "crl", "-in", "root-ca-g1.crl", "-out", "crl.pem");
        assertThat(said(
                        "openssl",
                        "verify",
                        "-x509_strict",
                        "-crl_check",
                        "-CAfile",
                        root.toString(),
                        "-CRLfile",
                        "crl.pem",
                        "subordinate-ca.pem"))
                .contains("subordinate-ca.pem: OK");

        try (var jar = new JarOutputStream(Files.newOutputStream(stick().resolve("release.jar")))) {
            jar.putNextEntry(new ZipEntry("org/example/code.txt"));
            jar.write("released\n".getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
        hold("code-signing-key", "--files", stick());
        String tool =
                Path.of(System.getProperty("java.home"), "bin", "jarsigner").toString();
        assertThat(said(tool, "-verify", "-verbose", "-certs", "release-signed.jar"))
                .contains("jar verified.", "CN=Example Trust Services Code Signing 2026")
                .doesNotContain("unsigned");
    }

    private String said(String[] words, String... more) throws Exception {
        return said(Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new));
    }

    private String said(String... words) throws Exception {
        Process process = new ProcessBuilder(words)
                .directory(stick().toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", words) + ": " + text).isZero();
        return text;
    }

    /// One officer's card is blocked before, gets a new PIN by its PUK, and then by that PIN another one. The
    /// ceremonies that follow find the cards as they are then.
    private void cardPins() throws Exception {
        Path tries = folder.resolve("site/cards/p6.tries");
        Files.writeString(tries, "0");
        String before = json(folder.resolve("site/cards/p6.card")).string("practice_pin");

        Path out = hold("card-pin");

        assertThat(tries).hasContent("3");
        Json.Obj card = json(folder.resolve("site/cards/p6.card"));
        assertThat(card.string("practice_pin")).isNotEqualTo(before);
        assertThat(read(out.resolve("record.pdf")))
                .containsPattern("is\\s+unblocked\\s+and\\s+has\\s+a\\s+new\\s+PIN")
                .containsPattern("signed\\s+with\\s+the\\s+new\\s+PIN");
        String ledger = Files.readString(folder.resolve("site/ledger.db"), StandardCharsets.ISO_8859_1);
        assertThat(ledger).doesNotContain("\"" + card.string("practice_puk"), "PIN " + card.string("practice_pin"));
    }

    /// Searches what a PIN would be found in: the ledger, and all of the evidence.
    @Test
    void pins_areSplit_openedByTwo_andReplaced() throws Exception {
        Path out = hold("split-login");

        String ledger = Files.readString(folder.resolve("site/ledger.db"), StandardCharsets.ISO_8859_1);
        assertThat(ledger).contains("shares_proven", "share_opened").doesNotContain("pin_not_replaced");
        assertThat(read(out.resolve("record.pdf"))).contains("nobody logs in", "Whoever controls the console");
        // PINs that the console makes look like this, and nothing else in a ledger does.
        assertThat(ledger).doesNotContainPattern(MADE_PIN);
        try (var files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContainPattern(MADE_PIN);
            }
        }
    }

    /// With fewer data keys than the shipped script makes, since a thousand take their time.
    @Test
    void dataKeys_areMade_reWrapped_joinedByAnotherOne_andZeroised() throws Exception {
        Path fewer = folder.resolve("data-keys.yaml");
        String shipped = Files.readString(SCRIPTS.resolve("data-keys.yaml"));
        Files.writeString(fewer, shipped.replace("value: 1000", "value: 120"));
        Path before = hold(fewer).resolve("files/data-keys.json");
        Files.createDirectory(stick());
        Files.copy(before, stick().resolve("data-keys.json"));

        Path after = hold("data-key-rotation", "--files", stick()).resolve("files/data-keys.json");

        assertThat(checkValues(after)).hasSize(120).isEqualTo(checkValues(before));
        assertThat(under(after)).isNotEqualTo(under(before));

        CompletableFuture<String> sender = CompletableFuture.supplyAsync(this::send, Thread::startVirtualThread);
        Path imported = hold("key-import", "--files", stick());
        assertThat(read(imported.resolve("record.pdf"))).contains(sender.get(1, TimeUnit.MINUTES));

        hold("decommissioning");
    }

    /// The practice people are no members of anything, and are all named.
    @Test
    void groups_areComparedWithWhoseCardsCount() throws Exception {
        Path signing = Files.createDirectory(folder.resolve("signing"));
        Files.createDirectory(stick());
        Files.write(
                stick().resolve("groups.p7m"),
                new OpensslSigner(signing).sign("group,name\nhsm-officers,Nora New\nhsm-witnesses,Will Watch\n"));

        firstOfASite();
        Path out = hold("roster-review", "--files", stick());

        assertThat(read(out.resolve("record.pdf"))).contains("Nora New", "Will Watch");
        moveSecurityDomain();
    }

    /// What is compared is what the first entry says, and all who founded sign it.
    private void firstOfASite() throws Exception {
        hold("site-founding");

        Json.Obj trust = json(folder.resolve("site/trust.json"));
        assertThat(observed("site-founding", "founding")).singleElement().satisfies(founding -> {
            assertThat(founding.object("detail").string("ledger")).isEqualTo(trust.string("ledger"));
            assertThat(founding.object("detail").strings("founders")).hasSize(7);
        });
        assertThat(observed("site-founding", "founding_entry"))
                .extracting(entry -> entry.string("text"))
                .containsExactly(trust.string("genesis"));
        assertThat(observed("site-founding", "founding_console_key"))
                .extracting(key -> key.string("text"))
                .containsExactly(trust.string("console_key"));
        assertThat(observed("site-founding", "founding_record_certificate")).hasSize(1);
        assertThat(observed("site-founding", "founding_compared"))
                .singleElement()
                .satisfies(signed -> {
                    assertThat(matches(signed)).isTrue();
                    assertThat(signed.object("detail").strings("persons")).hasSize(7);
                });
        assertThat(observed("site-founding", "copy_words"))
                .extracting(words -> words.string("text"))
                .containsExactly(observed("site-founding", "ledger_copied")
                        .getFirst()
                        .object("detail")
                        .string("root"));
        assertThat(observed("site-founding", "so_pin_bag")).hasSize(1);
    }

    /// Practice cards have no RSA keys of their own, so that they are given some.
    private void moveSecurityDomain() throws Exception {
        var people = new ArrayList<X509Certificate>();
        for (String officer : List.of("p1", "p2", "p3", "p4", "p5")) {
            people.add(TestCards.sealWithRsa(folder.resolve("site/cards/" + officer + ".card")));
        }
        var managed = new ManagedHsm(Files.createDirectory(folder.resolve("managed")));
        Files.write(stick().resolve("security-domain.json"), managed.domain(2, people));
        Files.write(stick().resolve("exchange-key.pem"), managed.exchangeKey());

        hold("security-domain", "--files", stick());

        assertThat(managed.received(Files.readAllBytes(stick().resolve("restore-blob.json"))))
                .isEqualTo(ManagedHsm.CONTENT);
        assertThat(Files.readString(folder.resolve("site/ledger.db"), StandardCharsets.ISO_8859_1))
                .doesNotContain(ManagedHsm.CONTENT);
    }

    /// The HSM that had the key is not used for what follows.
    @Test
    void keyInEscrow_comesBackOnAnotherHsm_andOpensWhatItEncrypted() throws Exception {
        Files.createDirectory(stick());
        Path out = hold("escrow", "--files", stick());
        try (var sheets = Files.list(stick())) {
            assertThat(sheets.map(sheet -> sheet.getFileName().toString()))
                    .hasSize(3)
                    .allMatch(name -> name.matches("share-[0-9A-F]{8}-[123]\\.pdf"));
        }
        try (var files = Files.walk(out)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("share-"));
        }
        Files.copy(out.resolve("files/escrowed-data-keys.json"), stick().resolve("escrowed-data-keys.json"));

        Path back = hold("escrow-recovery", "--files", stick());

        assertThat(read(back.resolve("record.pdf"))).contains("recovered from its shares");
        hold("custody-inspection");
        assertThat(observed("custody-inspection", "custody")).hasSize(3).allMatch(OnOneSite::matches);
        String ledger = Files.readString(folder.resolve("site/ledger.db"), StandardCharsets.ISO_8859_1);
        assertThat(ledger).contains("sheet_sealed", "key_put_together");
        var python = Program.python(
                Path.of("docs/verify/quorate_verify.py"),
                back.resolve("ledger.db"),
                "--trust",
                back.resolve("trust.json"));
        assertThat(python.code()).as(python.out()).isZero();
    }

    @Test
    void glass_isBroken_andReviewedByOthers() throws Exception {
        Path site = folder.resolve("site");
        String broken = read(hold("break-glass").resolve("record.pdf"));
        assertThat(broken).containsPattern("The\\s+glass\\s+was\\s+broken");

        Ended due = Program.run("ledger", "reviews", "--home", site);
        assertThat(due.code()).isZero();
        assertThat(due.out()).startsWith("Due by ").contains("Break-glass access");
        Ended late = Program.run("ledger", "reviews", "--home", site, "--at", "2099-01-01");
        assertThat(late.code()).isOne();
        assertThat(late.out()).startsWith("Overdue since ");

        reviewEvidence(site);

        String reviewed = read(hold("break-glass-review").resolve("record.pdf"));
        assertThat(reviewed).containsPattern("was\\s+reviewed\\s+by");

        Ended done = Program.run("ledger", "reviews", "--home", site, "--at", "2099-01-01", "--json");
        assertThat(done.code()).isZero();
        assertThat(done.json().objects("reviews")).singleElement().satisfies(review -> {
            assertThat(review.string("state")).isEqualTo("done");
            // p2 holds a role of the officers as well, and broke the glass.
            assertThat(review.strings("broken_by")).containsExactly("p1", "p2");
        });
        String ledger = Files.readString(site.resolve("ledger.db"), StandardCharsets.ISO_8859_1);
        assertThat(ledger).contains("\"persons\":[\"p3\",\"p4\",\"p5\"]").contains("\"name\":\"review_due\"");
    }

    /// The quarter is reviewed while the review of the broken glass is due, and what the sprint leaves is put on
    /// record.
    private void reviewEvidence(Path site) throws Exception {
        String review = read(hold("evidence-review").resolve("record.pdf"));
        assertThat(review)
                .containsPattern("Ceremonies\\s+gone\\s+through:\\s+1;")
                .containsPattern("review\\s+is\\s+due\\s+by");
        String ledger = Files.readString(site.resolve("ledger.db"), StandardCharsets.ISO_8859_1);
        assertThat(ledger).contains("\"record\":\"valid\"", "\"kind\":\"review_due\"", "\"becomes\":");

        hold("sprint-design");
        hold("sprint-handover");
        Json.Obj plan = Program.run("plan", "--home", site, "--json").json();
        assertThat(plan.bool("complete")).isFalse();
        assertThat(plan.objects("stages").getFirst().objects("deliverables"))
                .extracting(one -> one.string("id") + " " + one.bool("done"))
                .contains("gap-register true", "design true", "baseline-report false");
        assertThat(plan.bool("followed")).isFalse();

        Path shipped = SCRIPTS.resolve("plans/hsm-foundation-sprint.yaml");
        Program.run("plan", shipped, "--follow", "--started", "2026-01-01", "--home", site);
        Json.Obj followed = Program.run("plan", "--home", site, "--json").json();
        assertThat(followed.bool("followed")).isTrue();
        assertThat(followed.string("started")).isEqualTo("2026-01-01T00:00:00.000Z");
        assertThat(Program.run("plan", shipped, "--follow", "--ledger", site.resolve("ledger.db"))
                        .code())
                .isEqualTo(2);
    }

    /// Each practice card signs, and a file beside the evidence is what the other HSM would be given.
    @Test
    void challenge_isSignedByThreeOfficers() throws Exception {
        byte[] challenge = "challenge 4711".getBytes(StandardCharsets.US_ASCII);
        Files.createDirectory(stick());
        Files.write(stick().resolve("challenge.bin"), challenge);

        Path out = hold("quorum-file", "--files", stick());

        Json.Obj signed = json(stick().resolve("challenge-signatures.json"));
        assertThat(signed).isEqualTo(json(out.resolve("files/challenge-signatures.json")));
        assertThat(signed.objects("signatures")).hasSize(3).allSatisfy(one -> {
            byte[] certificate = Base64.getDecoder().decode(one.string("certificate"));
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate))
                    .getPublicKey());
            verifier.update(challenge);
            assertThat(verifier.verify(Base64.getDecoder().decode(one.string("signature"))))
                    .isTrue();
        });
    }

    private static Json.Obj json(Path file) throws Exception {
        return Json.parseObject(Files.readAllBytes(file));
    }

    private static List<String> checkValues(Path file) throws Exception {
        return json(file).objects("keys").stream()
                .map(key -> key.string("name") + " " + key.string("check_value"))
                .toList();
    }

    private static String under(Path file) throws Exception {
        return json(file).object("under").string("cka_id");
    }

    /// On a thread of its own, since what waits must not hold one of those that verify the ledger.
    ///
    /// Waits for the public half, wraps a key under it and says by which check value the key is known.
    private String send() {
        try {
            Path handedOut = stick().resolve("import-door.pem");
            while (!Files.exists(handedOut)) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            String pem = Files.readString(handedOut).replaceAll("-----[A-Z ]+-----", "");
            PublicKey door = KeyFactory.getInstance("RSA")
                    .generatePublic(
                            new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
            var key = new byte[32];
            new SecureRandom().nextBytes(key);
            Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            oaep.init(Cipher.ENCRYPT_MODE, door);
            Path unfinished = stick().resolve("imported-key.new");
            Files.write(unfinished, oaep.doFinal(key));
            Files.move(unfinished, stick().resolve("imported-key.bin"));
            Cipher block = Cipher.getInstance("AES/ECB/NoPadding");
            block.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            return HexFormat.of().withUpperCase().formatHex(block.doFinal(new byte[16]), 0, 3);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
