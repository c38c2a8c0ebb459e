package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.ceremony.Question.BringFile;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Compare;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.ceremony.x509.CertificateLint;
import org.quorate.ceremony.x509.Pem;
import org.quorate.ledger.EntryType;

/// A key of an authority gets its certificate from outside, and signs in that name.
class CertificateTakingTest {
    private static final String OUTSIDE = "CN=Outside Root,O=Somebody,C=DE";
    private static final String OURS = "CN=Issuing CA,O=Nobody,C=DE";
    private static final KeyPair OUTSIDER = pair();
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

    private static final String MAKE =
            step("generate_key_pair", "make-root", "key: root", "token: primary", "quorum: officers");
    private static final String TAKE = step(
            "take_certificate",
            "take",
            "key: root",
            "token: primary",
            "file: ours.pem",
            "issuer: outside.pem",
            "quorum: officers");
    private static final String LIST =
            step("issue_crl", "list", "key: root", "token: primary", "days: 30", "file: our.crl", "quorum: officers");

    @TempDir
    private Path folder;

    private Optional<TestRoom> opened = Optional.empty();

    private TestRoom room(String... steps) {
        opened = Optional.of(new TestRoom(folder, steps));
        return opened.get();
    }

    @AfterEach
    void close() {
        opened.ifPresent(TestRoom::close);
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static X500Name name(String text) {
        return X500Name.getInstance(new X500Principal(text).getEncoded());
    }

    private static X509Certificate certificate(
            String subject, PublicKey key, KeyPair by, Duration life, boolean authority) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    name(OUTSIDE), BigInteger.TEN, Date.from(FROM), Date.from(FROM.plus(life)), name(subject), key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate())));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] pem(X509Certificate certificate) {
        try {
            return Pem.of(Pem.CERTIFICATE, certificate.getEncoded());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] outside() {
        return pem(certificate(OUTSIDE, OUTSIDER.getPublic(), OUTSIDER, Duration.ofDays(3650), true));
    }

    private static PublicKey own(TestRoom room) {
        return KeyActs.decode(java.util.Base64.getDecoder()
                .decode(room.now()
                        .observation("public_key", "root", "primary")
                        .orElseThrow()
                        .data()
                        .object("detail")
                        .string("spki")));
    }

    private static byte[] ours(TestRoom room) {
        return pem(certificate(OURS, own(room), OUTSIDER, Duration.ofDays(1000), true));
    }

    @Test
    void certificate_isTaken_andTheKeySignsInItsName() throws Exception {
        TestRoom room = room(MAKE, TAKE, LIST);
        room.front
                .thenBring(CertificateTakingTest::outside)
                .thenBring(() -> ours(room))
                .thenGive(Choose.class, "nothing");

        assertThat(room.conduct()).as("%s", room.front.problems()).isEqualTo(Conductor.Ending.CLOSED);

        X509Certificate taken = CertificateLint.parse(Pem.certificate(ours(room)));
        Json.Obj detail = room.observed("certificate").getFirst().object("detail");
        assertThat(detail.string("issuer")).isEqualTo(OUTSIDE);
        assertThat(detail.string("subject")).isEqualTo(OURS);
        assertThat(room.entries(EntryType.STATEMENT).get(1).data().string("text"))
                .contains(OURS, OUTSIDE);
        var list = (X509CRL) CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(room.front.taken.get("our.crl")));
        list.verify(taken.getPublicKey());
        assertThat(list.getIssuerX500Principal()).isEqualTo(taken.getSubjectX500Principal());
    }

    @Test
    void certificate_thatIsNotOfTheKey_orMayNotSign_orIsOfAnotherIssuer_orHasEnded_isRefused() {
        TestRoom room = room(MAKE, TAKE);
        room.front.thenBring(CertificateTakingTest::outside).thenBring(() -> ours(room));
        room.conduct();
        List<BringFile> asked = room.front.asked.stream()
                .filter(BringFile.class::isInstance)
                .map(BringFile.class::cast)
                .toList();
        PublicKey own = own(room);
        KeyPair other = pair();
        Duration life = Duration.ofDays(1000);

        assertThat(asked.getLast().check().apply(ours(room))).isEmpty();
        assertThat(said(asked.getLast(), pem(certificate(OURS, other.getPublic(), OUTSIDER, life, true))))
                .contains("not the key on the token");
        assertThat(said(asked.getLast(), pem(certificate(OURS, own, OUTSIDER, life, false))))
                .contains("may not sign");
        assertThat(said(asked.getLast(), pem(certificate(OURS, own, other, life, true))))
                .contains("signature and path");
        assertThat(said(asked.getLast(), pem(certificate(OURS, own, OUTSIDER, Duration.ofDays(1), true))))
                .contains("signature and path");
        assertThat(said(asked.getLast(), "nothing of the kind".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .contains("no X.509 certificate");
        assertThat(said(asked.getFirst(), pem(certificate(OUTSIDE, OUTSIDER.getPublic(), OUTSIDER, life, false))))
                .contains("may not sign");
    }

    private static String said(BringFile asked, byte[] file) {
        return asked.check().apply(file).orElse("nothing");
    }

    @Test
    void issuerThatIsNotTheOneOnPaper_endsTheStep_beforeAnyCardSigns() {
        TestRoom room = room(MAKE, TAKE);
        room.front
                .thenBring(CertificateTakingTest::outside)
                .thenBring(() -> ours(room))
                .thenGive(Compare.class, new Verdict.No("another fingerprint"))
                .thenGive(Choose.class, "abort");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

        assertThat(room.observed("certificate")).isEmpty();
        assertThat(room.entries(EntryType.STATEMENT)).hasSize(1);
    }
}
