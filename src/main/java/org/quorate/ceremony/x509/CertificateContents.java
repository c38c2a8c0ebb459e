package org.quorate.ceremony.x509;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.quorate.hsm.SignatureScheme;
import org.quorate.script.CertificateProfile;

/// What a certificate for somebody else says, by the profile of the script and not by what the request wished.
public record CertificateContents(
        Subject subject,
        Validity validity,
        CertificateProfile profile,
        Optional<Integer> pathLength,
        Optional<String> crlUrl) {

    public record Subject(String name, PublicKey key, List<String> names) {
        public Subject {
            names = List.copyOf(names);
        }
    }

    public record Validity(Instant from, Instant until) {}

    public byte[] toBeSigned(X509Certificate issuer, byte[] random, SignatureScheme scheme) {
        try {
            SubjectPublicKeyInfo key =
                    SubjectPublicKeyInfo.getInstance(subject.key().getEncoded());
            var generator = new V3TBSCertificateGenerator();
            generator.setSerialNumber(new ASN1Integer(serial(random)));
            generator.setSignature(SignedStructure.algorithm(scheme));
            generator.setIssuer(
                    X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()));
            generator.setSubject(DistinguishedName.of(subject.name()));
            generator.setStartDate(new Time(Date.from(validity.from())));
            generator.setEndDate(new Time(Date.from(validity.until())));
            generator.setSubjectPublicKeyInfo(key);
            var extensions = new ExtensionsGenerator();
            if (pathLength.isPresent()) {
                Profiles.addAuthority(pathLength.get(), extensions);
            }
            Profiles.add(profile, subject.names(), extensions);
            extensions.addExtension(
                    Extension.subjectKeyIdentifier, false, new BcX509ExtensionUtils().createSubjectKeyIdentifier(key));
            extensions.addExtension(
                    Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyIdentifier(issuer)));
            if (crlUrl.isPresent()) {
                extensions.addExtension(Extension.cRLDistributionPoints, false, distribution(crlUrl.get()));
            }
            generator.setExtensions(extensions.generate());
            return generator.generateTBSCertificate().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What people read of the bytes, whoever made them.
    public record Facts(String serial, Instant from, Instant until) {
        public static Facts of(byte[] toBeSigned) {
            TBSCertificate parsed = TBSCertificate.getInstance(toBeSigned);
            return new Facts(
                    parsed.getSerialNumber().getValue().toString(16),
                    parsed.getStartDate().getDate().toInstant(),
                    parsed.getEndDate().getDate().toInstant());
        }
    }

    private static CRLDistPoint distribution(String url) {
        var name = new DistributionPointName(
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, url)));
        return new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(name, null, null)});
    }

    /// As the issuer's own certificate names its key.
    static byte[] keyIdentifier(X509Certificate issuer) {
        byte[] extension = issuer.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        return extension == null
                ? new BcX509ExtensionUtils()
                        .createSubjectKeyIdentifier(SubjectPublicKeyInfo.getInstance(
                                issuer.getPublicKey().getEncoded()))
                        .getKeyIdentifier()
                : SubjectKeyIdentifier.getInstance(org.bouncycastle.asn1.ASN1OctetString.getInstance(extension)
                                .getOctets())
                        .getKeyIdentifier();
    }

    /// Below 2^127 and with its highest bit set: 16 octets, 126 bits of them random (RFC 5280 section 4.1.2.2).
    private static BigInteger serial(byte[] random) {
        return new BigInteger(1, random).clearBit(127).setBit(126);
    }
}
