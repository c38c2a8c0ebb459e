package org.quorate.ceremony.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.quorate.hsm.SignatureScheme;
import org.quorate.record.SampleCertificates;
import org.quorate.script.CertificateProfile;

/// Each rule on a certificate and a revocation list is broken once.
class CertificateLintTest {
    private static final Instant FROM = Instant.parse("2026-11-22T09:00:00Z");
    private static final SignatureScheme SCHEME = SignatureScheme.ECDSA_SHA256;
    private static final KeyPair ROOT = pair();
    private static final PublicKey SUBJECT = pair().getPublic();
    private static final X509Certificate ISSUER = authority(3);
    private static final X509Certificate LAST_OF_CHAIN = authority(0);

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate any() {
        try {
            return CertificateLint.parse(SampleCertificates.selfSigned("CN=Any", "any"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] sign(byte[] tbs) {
        try {
            Signature signer = Signature.getInstance(SCHEME.jca());
            signer.initSign(ROOT.getPrivate());
            signer.update(tbs);
            return SignedStructure.assemble(tbs, SCHEME, signer.sign());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static CertificateContents contents(
            CertificateProfile profile, String until, List<String> names, Optional<Integer> pathLength) {
        return new CertificateContents(
                new CertificateContents.Subject("CN=www.example.org,C=DE", SUBJECT, names),
                new CertificateContents.Validity(FROM, Instant.parse(until)),
                profile,
                pathLength,
                Optional.empty());
    }

    private static byte[] serial() {
        var random = new byte[16];
        Arrays.fill(random, (byte) 0x5a);
        return random;
    }

    /// Issued by nobody we know, with its own key: stands for the certificate of an authority.
    private static X509Certificate authority(int pathLength) {
        try {
            var own = new CertificateContents(
                    new CertificateContents.Subject("CN=Root", ROOT.getPublic(), List.of()),
                    new CertificateContents.Validity(FROM, Instant.parse("2056-01-01T00:00:00Z")),
                    CertificateProfile.SUBORDINATE_CA,
                    Optional.of(pathLength),
                    Optional.empty());
            X509Certificate above = any();
            return CertificateLint.parse(sign(own.toBeSigned(above, serial(), SCHEME)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> lint(CertificateContents contents, X509Certificate issuer, CertificateProfile profile) {
        return CertificateLint.ofUnsigned(contents.toBeSigned(issuer, serial(), SCHEME), SCHEME, issuer, profile);
    }

    private static final CertificateContents SERVER = contents(
            CertificateProfile.TLS_SERVER, "2027-01-01T00:00:00Z", List.of("www.example.org"), Optional.empty());
    private static final CertificateContents SUB =
            contents(CertificateProfile.SUBORDINATE_CA, "2051-01-01T00:00:00Z", List.of(), Optional.of(0));

    @Test
    void soundCertificates_haveNothingWrong() {
        assertThat(lint(SERVER, ISSUER, CertificateProfile.TLS_SERVER)).isEmpty();
        assertThat(lint(SUB, ISSUER, CertificateProfile.SUBORDINATE_CA)).isEmpty();
        byte[] tbs = SERVER.toBeSigned(ISSUER, serial(), SCHEME);
        assertThat(CertificateLint.ofSigned(sign(tbs), tbs, ISSUER, CertificateProfile.TLS_SERVER, FROM))
                .isEmpty();
    }

    @Test
    void signatureOfAnother_andOtherBytesThanApproved_areFound() {
        byte[] tbs = SERVER.toBeSigned(ISSUER, serial(), SCHEME);
        byte[] other = SUB.toBeSigned(ISSUER, serial(), SCHEME);
        byte[] altered = sign(tbs);
        altered[altered.length - 1] ^= 1;

        assertThat(CertificateLint.ofSigned(altered, tbs, ISSUER, CertificateProfile.TLS_SERVER, FROM))
                .anyMatch(wrong -> wrong.startsWith("signature and path"));
        assertThat(CertificateLint.ofSigned(sign(tbs), other, ISSUER, CertificateProfile.TLS_SERVER, FROM))
                .anyMatch(wrong -> wrong.startsWith("tbsCertificate"));
    }

    @Test
    void whatTheProfileAndTheIssuerForbid_isFound() {
        assertWrong(
                "validity: not within",
                contents(CertificateProfile.SUBORDINATE_CA, "2057-01-01T00:00:00Z", List.of(), Optional.of(0)),
                ISSUER,
                CertificateProfile.SUBORDINATE_CA);
        assertWrong(
                "validity: ends before",
                contents(CertificateProfile.SUBORDINATE_CA, "2020-01-01T00:00:00Z", List.of(), Optional.of(0)),
                ISSUER,
                CertificateProfile.SUBORDINATE_CA);
        assertWrong(
                "validity: more than 200 days",
                contents(
                        CertificateProfile.TLS_SERVER,
                        "2027-09-01T00:00:00Z",
                        List.of("www.example.org"),
                        Optional.empty()),
                ISSUER,
                CertificateProfile.TLS_SERVER);
        assertWrong("pathLenConstraint", SUB, LAST_OF_CHAIN, CertificateProfile.SUBORDINATE_CA);
        assertWrong("basicConstraints: absent", SERVER, ISSUER, CertificateProfile.SUBORDINATE_CA);
        assertWrong("basicConstraints: present", SUB, ISSUER, CertificateProfile.CODE_SIGNING);
        assertWrong("keyUsage", SERVER, ISSUER, CertificateProfile.SUBORDINATE_CA);
        assertWrong("extKeyUsage", SERVER, ISSUER, CertificateProfile.CODE_SIGNING);
        assertWrong(
                "subjectAltName: absent",
                contents(CertificateProfile.TLS_SERVER, "2027-01-01T00:00:00Z", List.of(), Optional.empty()),
                ISSUER,
                CertificateProfile.TLS_SERVER);
        assertWrong(
                "commonName",
                contents(
                        CertificateProfile.TLS_SERVER,
                        "2027-01-01T00:00:00Z",
                        List.of("example.org"),
                        Optional.empty()),
                ISSUER,
                CertificateProfile.TLS_SERVER);
    }

    private static void assertWrong(
            String what, CertificateContents contents, X509Certificate issuer, CertificateProfile profile) {
        assertThat(lint(contents, issuer, profile)).anyMatch(wrong -> wrong.startsWith(what));
    }

    @Test
    void anotherIssuer_isFound() {
        byte[] tbs = SERVER.toBeSigned(any(), serial(), SCHEME);

        assertThat(CertificateLint.ofUnsigned(tbs, SCHEME, ISSUER, CertificateProfile.TLS_SERVER))
                .anyMatch(wrong -> wrong.startsWith("issuer: not the name"))
                .anyMatch(wrong -> wrong.startsWith("authorityKeyIdentifier"));
        assertThat(CertificateLint.ofUnsigned(
                        SERVER.toBeSigned(ISSUER, serial(), SignatureScheme.ECDSA_SHA384),
                        SCHEME,
                        ISSUER,
                        CertificateProfile.TLS_SERVER))
                .anyMatch(wrong -> wrong.startsWith("signatureAlgorithm"));
    }

    @Test
    void list_thatGoesBack_orForgets_isFound() {
        var before = new RevocationList(
                BigInteger.TWO,
                FROM,
                FROM.plusSeconds(60),
                List.of(new Revoked(BigInteger.TEN, FROM, Revoked.Reason.SUPERSEDED)));
        assertThat(lint(before, Optional.empty())).isEmpty();
        assertThat(RevocationList.of(before.toBeSigned(ISSUER, SCHEME))).isEqualTo(before);

        assertThat(lint(
                        new RevocationList(BigInteger.TWO, FROM, FROM.plusSeconds(60), before.revoked()),
                        Optional.of(before)))
                .anyMatch(wrong -> wrong.startsWith("cRLNumber: not above"));
        assertThat(lint(
                        new RevocationList(BigInteger.valueOf(3), FROM, FROM.minusSeconds(1), before.revoked()),
                        Optional.of(before)))
                .anyMatch(wrong -> wrong.startsWith("nextUpdate: not after"));
        assertThat(lint(
                        new RevocationList(BigInteger.valueOf(3), FROM.minusSeconds(9), FROM, before.revoked()),
                        Optional.of(before)))
                .anyMatch(wrong -> wrong.startsWith("thisUpdate: before"));
        assertThat(lint(
                        new RevocationList(BigInteger.valueOf(3), FROM, FROM.plusSeconds(60), List.of()),
                        Optional.of(before)))
                .anyMatch(wrong -> wrong.contains("was on the last list"));
        assertThat(lint(before.with(before.revoked().getFirst()), Optional.empty()))
                .anyMatch(wrong -> wrong.endsWith("twice"));
    }

    /// It leaves after one list that was made after the certificate had ended, and not before.
    @Test
    void list_forgetsACertificate_onlyAfterAListThatWasMadeAfterItsEnd() {
        var before = new RevocationList(
                BigInteger.TWO,
                FROM,
                FROM.plusSeconds(60),
                List.of(
                        new Revoked(BigInteger.ONE, FROM, Revoked.Reason.SUPERSEDED),
                        new Revoked(BigInteger.TEN, FROM, Revoked.Reason.SUPERSEDED)));
        var next = new RevocationList(
                BigInteger.valueOf(3),
                FROM,
                FROM.plusSeconds(60),
                List.of(before.revoked().getFirst()));

        assertThat(lint(next, Optional.of(before), Map.of(BigInteger.TEN, FROM.minusSeconds(1))))
                .isEmpty();
        assertThat(lint(next, Optional.of(before), Map.of(BigInteger.TEN, FROM)))
                .anyMatch(wrong -> wrong.contains("a was on the last list"));
        assertThat(lint(next, Optional.of(before), Map.of(BigInteger.ONE, FROM.minusSeconds(1))))
                .anyMatch(wrong -> wrong.contains("a was on the last list"));
        assertThat(new LastList(before, Map.of(BigInteger.TEN, FROM.minusSeconds(1))).leaving())
                .extracting(Revoked::serial)
                .containsExactly(BigInteger.TEN);
    }

    private static List<String> lint(RevocationList list, Optional<RevocationList> before) {
        return lint(list, before, Map.of());
    }

    private static List<String> lint(
            RevocationList list, Optional<RevocationList> before, Map<BigInteger, Instant> ends) {
        return RevocationLint.ofUnsigned(
                list.toBeSigned(ISSUER, SCHEME), SCHEME, ISSUER, before.map(last -> new LastList(last, ends)));
    }
}
