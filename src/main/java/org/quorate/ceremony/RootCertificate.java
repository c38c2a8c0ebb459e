package org.quorate.ceremony;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.quorate.base.Problem;
import org.quorate.ceremony.x509.DistinguishedName;
import org.quorate.ceremony.x509.SignedStructure;
import org.quorate.hsm.SignatureScheme;

/// A self-signed root certificate by RFC 5280 section 4 and the CA/B Forum's profile for roots: version 3, a random
/// serial of 128 bits, basicConstraints and keyUsage critical, a subject key identifier, nothing else. The bytes to be
/// signed come first, so that people approve exactly what is then signed.
final class RootCertificate {
    private RootCertificate() {}

    /// What people read of it.
    record Facts(String serial, Instant notBefore, Instant notAfter) {}

    static byte[] toBeSigned(
            String subject, PublicKey key, byte[] serial, Instant now, int years, SignatureScheme scheme) {
        try {
            SubjectPublicKeyInfo spki = SubjectPublicKeyInfo.getInstance(key.getEncoded());
            // Ten minutes back, for a relying party whose clock is a little behind.
            Instant from = now.truncatedTo(ChronoUnit.SECONDS).minus(10, ChronoUnit.MINUTES);
            Instant until =
                    from.atZone(ZoneOffset.UTC).plusYears(years).minusSeconds(1).toInstant();
            var generator = new V3TBSCertificateGenerator();
            generator.setSerialNumber(new ASN1Integer(positive(serial)));
            generator.setSignature(SignedStructure.algorithm(scheme));
            generator.setIssuer(DistinguishedName.of(subject));
            generator.setSubject(DistinguishedName.of(subject));
            generator.setStartDate(new Time(Date.from(from)));
            generator.setEndDate(new Time(Date.from(until)));
            generator.setSubjectPublicKeyInfo(spki);
            var extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            extensions.addExtension(
                    Extension.subjectKeyIdentifier, false, new BcX509ExtensionUtils().createSubjectKeyIdentifier(spki));
            generator.setExtensions(extensions.generate());
            return generator.generateTBSCertificate().getEncoded(ASN1Encoding.DER);
        } catch (IOException | IllegalArgumentException e) {
            throw Problem.of("ceremony.certificate_not_built", subject).causedBy(e);
        }
    }

    static Facts facts(byte[] tbs) {
        TBSCertificate parsed = TBSCertificate.getInstance(tbs);
        return new Facts(
                parsed.getSerialNumber().getValue().toString(16),
                parsed.getStartDate().getDate().toInstant(),
                parsed.getEndDate().getDate().toInstant());
    }

    /// Everything that is wrong with the finished certificate: it must hold the approved bytes, verify under its own
    /// key, and say what a root certificate says. Read by the platform's own parser, not by the one that built it.
    static List<String> check(byte[] certificate, byte[] approved, PublicKey key) {
        var wrong = new ArrayList<String>();
        try {
            var parsed = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
            require(Arrays.equals(parsed.getTBSCertificate(), approved), "tbsCertificate", wrong);
            require(parsed.getPublicKey().equals(key), "subjectPublicKeyInfo", wrong);
            require(parsed.getSubjectX500Principal().equals(parsed.getIssuerX500Principal()), "issuer", wrong);
            require(parsed.getVersion() == 3, "version", wrong);
            require(parsed.getBasicConstraints() == Integer.MAX_VALUE, "basicConstraints", wrong);
            boolean[] usage = parsed.getKeyUsage();
            require(usage != null && usage[5] && usage[6] && trueCount(usage) == 2, "keyUsage", wrong);
            require(
                    parsed.getCriticalExtensionOIDs().equals(Set.of("2.5.29.19", "2.5.29.15")),
                    "criticalExtensions",
                    wrong);
            parsed.verify(key);
        } catch (GeneralSecurityException e) {
            wrong.add("signature (" + e.getMessage() + ")");
        }
        return wrong;
    }

    private static int trueCount(boolean[] bits) {
        int count = 0;
        for (boolean bit : bits) {
            count += bit ? 1 : 0;
        }
        return count;
    }

    private static void require(boolean holds, String what, List<String> wrong) {
        if (!holds) {
            wrong.add(what);
        }
    }

    /// Non-zero, and below 2^127 so that the encoding is 16 octets (RFC 5280 section 4.1.2.2).
    private static BigInteger positive(byte[] random) {
        BigInteger serial = new BigInteger(1, random).clearBit(127);
        return serial.setBit(126);
    }
}
