package org.quorate.ceremony.x509;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.quorate.hsm.SignatureScheme;
import org.quorate.script.CertificateLimits;
import org.quorate.script.CertificateProfile;

/// Our own judgement of a certificate that an authority of ours issues. Each rule names the section that asks for it.
public final class CertificateLint {
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;
    private static final Set<String> CONNECTIONS =
            Set.of(KeyPurposeId.id_kp_serverAuth.getId(), KeyPurposeId.id_kp_clientAuth.getId());
    private static final int MAX_SERIAL_OCTETS = 20;
    private static final int MIN_SERIAL_BITS = 64;
    private static final Set<String> KNOWN = Set.of(
            Extension.basicConstraints.getId(),
            Extension.keyUsage.getId(),
            Extension.extendedKeyUsage.getId(),
            Extension.subjectAlternativeName.getId(),
            Extension.subjectKeyIdentifier.getId(),
            Extension.authorityKeyIdentifier.getId(),
            Extension.cRLDistributionPoints.getId());

    private final Certificate certificate;
    private final Extensions extensions;
    private final X509Certificate issuer;
    private final CertificateProfile profile;
    private final List<String> wrong = new ArrayList<>();

    private CertificateLint(byte[] der, X509Certificate issuer, CertificateProfile profile) {
        this.certificate = Certificate.getInstance(der);
        this.extensions = Optional.ofNullable(certificate.getTBSCertificate().getExtensions())
                .orElseGet(() -> new Extensions(new Extension[0]));
        this.issuer = issuer;
        this.profile = profile;
    }

    /// All that is wrong with what is to be signed, before anybody approves it.
    public static List<String> ofUnsigned(
            byte[] toBeSigned, SignatureScheme scheme, X509Certificate issuer, CertificateProfile profile) {
        return new CertificateLint(SignedStructure.withoutSignature(toBeSigned, scheme), issuer, profile).rules();
    }

    /// The same of the certificate, with its signature and the path to its issuer, as the platform sees both.
    public static List<String> ofSigned(
            byte[] der, byte[] approved, X509Certificate issuer, CertificateProfile profile, Instant now) {
        try {
            X509Certificate parsed = parse(der);
            var wrong = new ArrayList<>(new CertificateLint(der, issuer, profile).rules());
            if (!Arrays.equals(parsed.getTBSCertificate(), approved)) {
                wrong.add("tbsCertificate: not the bytes that were approved");
            }
            wrong.addAll(path(parsed, issuer, now));
            return wrong;
        } catch (CertificateException | IllegalArgumentException e) {
            return List.of("encoding: " + e.getMessage());
        }
    }

    public static X509Certificate parse(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static List<String> path(X509Certificate certificate, X509Certificate issuer, Instant now) {
        try {
            certificate.verify(issuer.getPublicKey());
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
            return List.of();
        } catch (GeneralSecurityException e) {
            return List.of("signature and path: " + e.getMessage());
        }
    }

    private List<String> rules() {
        form();
        validity();
        keys();
        authority();
        usage();
        names();
        return List.copyOf(wrong);
    }

    private void form() {
        require(certificate.getVersionNumber() == 3, "version: not 3 (RFC 5280, 4.1.2.1)");
        BigInteger serial = certificate.getSerialNumber().getValue();
        require(
                serial.signum() > 0
                        && serial.toByteArray().length <= MAX_SERIAL_OCTETS
                        && serial.bitLength() >= MIN_SERIAL_BITS,
                "serialNumber: not positive, of 64 bits at least and 20 octets at most (RFC 5280, 4.1.2.2; BR 7.1)");
        require(
                certificate
                        .getSignatureAlgorithm()
                        .equals(certificate.getTBSCertificate().getSignature()),
                "signatureAlgorithm: not the one inside (RFC 5280, 4.1.1.2)");
        require(
                Arrays.equals(
                        encoded(certificate.getIssuer()),
                        issuer.getSubjectX500Principal().getEncoded()),
                "issuer: not the name of the issuer (RFC 5280, 4.1.2.4)");
        for (var id : extensions.getExtensionOIDs()) {
            require(KNOWN.contains(id.getId()), "extension " + id.getId() + ": not of this profile");
        }
    }

    private void validity() {
        Time from = certificate.getStartDate();
        Time until = certificate.getEndDate();
        Instant begins = from.getDate().toInstant();
        Instant ends = until.getDate().toInstant();
        require(begins.isBefore(ends), "validity: ends before it begins (RFC 5280, 4.1.2.5)");
        require(
                !begins.isBefore(issuer.getNotBefore().toInstant())
                        && !ends.isAfter(issuer.getNotAfter().toInstant()),
                "validity: not within that of the issuer");
        require(isRightTime(from) && isRightTime(until), "validity: UTCTime through 2049 only (RFC 5280, 4.1.2.5)");
        // Both ends count (RFC 5280, 4.1.2.5).
        long days = ChronoUnit.SECONDS.between(begins, ends) / 86_400 + 1;
        CertificateLimits.of(profile, LocalDate.ofInstant(begins, ZoneOffset.UTC))
                .filter(limit -> days > limit.days())
                .ifPresent(
                        limit -> wrong.add("validity: more than " + limit.days() + " days (" + limit.source() + ")"));
    }

    /// GeneralizedTime from 2050 on, UTCTime before.
    static boolean isRightTime(Time time) {
        boolean early = time.getDate().toInstant().atZone(ZoneOffset.UTC).getYear() < 2050;
        return (time.toASN1Primitive() instanceof ASN1UTCTime) == early;
    }

    private void keys() {
        require(
                is(Extension.subjectKeyIdentifier, false)
                        && Arrays.equals(
                                SubjectKeyIdentifier.fromExtensions(extensions).getKeyIdentifier(),
                                new BcX509ExtensionUtils()
                                        .createSubjectKeyIdentifier(certificate.getSubjectPublicKeyInfo())
                                        .getKeyIdentifier()),
                "subjectKeyIdentifier: absent, critical or of another key (RFC 5280, 4.2.1.2)");
        require(
                is(Extension.authorityKeyIdentifier, false)
                        && Arrays.equals(
                                AuthorityKeyIdentifier.fromExtensions(extensions)
                                        .getKeyIdentifierOctets(),
                                CertificateContents.keyIdentifier(issuer)),
                "authorityKeyIdentifier: absent, critical or of another key (RFC 5280, 4.2.1.1)");
        require(
                SubjectKey.of(certificate.getSubjectPublicKeyInfo()) instanceof SubjectKey.Usable,
                "subjectPublicKeyInfo: not a key that may be used (SP 800-131A Rev. 2)");
    }

    private void authority() {
        boolean[] issuers = issuer.getKeyUsage();
        int room = issuer.getBasicConstraints();
        require(room >= 0, "issuer: no authority (RFC 5280, 4.2.1.9)");
        require(issuers != null && issuers[KEY_CERT_SIGN], "issuer: may sign no certificates (RFC 5280, 4.2.1.3)");
        if (profile != CertificateProfile.SUBORDINATE_CA) {
            require(
                    extensions.getExtension(Extension.basicConstraints) == null,
                    "basicConstraints: present in what is no authority");
            return;
        }
        Optional<BasicConstraints> own = Optional.ofNullable(BasicConstraints.fromExtensions(extensions));
        require(
                is(Extension.basicConstraints, true)
                        && own.map(BasicConstraints::isCA).orElse(false),
                "basicConstraints: absent, not critical or no authority (RFC 5280, 4.2.1.9)");
        require(
                own.map(BasicConstraints::getPathLenConstraint)
                        .map(length -> length.intValueExact() < room)
                        .orElse(false),
                "pathLenConstraint: absent, or not below that of the issuer (RFC 5280, 4.2.1.9)");
    }

    private void usage() {
        require(
                is(Extension.keyUsage, true)
                        && KeyUsage.fromExtensions(extensions).equals(new KeyUsage(Profiles.usage(profile))),
                "keyUsage: absent, not critical or not that of the profile (RFC 5280, 4.2.1.3; BR 7.1.2)");
        Optional<ExtendedKeyUsage> further = Optional.ofNullable(ExtendedKeyUsage.fromExtensions(extensions));
        List<KeyPurposeId> wanted = switch (profile) {
            case SUBORDINATE_CA -> List.of();
            case TLS_SERVER -> List.of(KeyPurposeId.id_kp_serverAuth);
            case CODE_SIGNING -> List.of(KeyPurposeId.id_kp_codeSigning);
        };
        require(
                further.map(usages -> List.of(usages.getUsages()))
                        .orElse(List.of())
                        .equals(wanted),
                "extKeyUsage: not that of the profile (BR 7.1.2)");
    }

    private void names() {
        require(certificate.getSubject().getRDNs().length > 0, "subject: empty (RFC 5280, 4.1.2.6)");
        List<String> names = Optional.ofNullable(
                        GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName))
                .map(all -> Stream.of(all.getNames())
                        .map(name -> name.getName().toString())
                        .toList())
                .orElse(List.of());
        if (profile == CertificateProfile.TLS_SERVER) {
            require(!names.isEmpty(), "subjectAltName: absent (BR 7.1.2.7.12)");
            require(
                    Stream.of(certificate.getSubject().getRDNs(BCStyle.CN))
                            .map(rdn -> IETFUtils.valueToString(rdn.getFirst().getValue()))
                            .allMatch(names::contains),
                    "commonName: not among the names (BR 7.1.4.3)");
        } else {
            require(names.isEmpty(), "subjectAltName: not of this profile");
        }
    }

    private boolean is(org.bouncycastle.asn1.ASN1ObjectIdentifier id, boolean critical) {
        Extension extension = extensions.getExtension(id);
        return extension != null && extension.isCritical() == critical;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }

    static byte[] encoded(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded("DER");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Whether an issuer may sign revocation lists.
    /// Whether it may sign certificates and lists.
    public static boolean isAuthority(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return certificate.getBasicConstraints() >= 0 && usage != null && usage[KEY_CERT_SIGN] && usage[CRL_SIGN];
    }

    /// All that speaks against a certificate that an authority outside issued for a key of ours. What else it says is
    /// that authority's matter.
    public static List<String> ofForeign(
            X509Certificate certificate, PublicKey own, X509Certificate issuer, Instant now) {
        var wrong = new ArrayList<String>();
        if (!certificate.getPublicKey().equals(own)) {
            wrong.add("subjectPublicKeyInfo: not the key on the token");
        }
        if (!isAuthority(certificate)) {
            wrong.add(
                    "basicConstraints, keyUsage: may not sign certificates and lists (RFC 5280, 4.2.1.3 and 4.2.1.9)");
        }
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            wrong.add("issuer: not the name of the certificate that was brought with it");
        }
        wrong.addAll(path(certificate, issuer, now));
        return wrong;
    }

    /// Whether it serves connections only, and signs nothing that is looked at after its end.
    public static boolean isOfAConnection(X509Certificate certificate) {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return certificate.getBasicConstraints() < 0 && uses != null && CONNECTIONS.containsAll(uses);
        } catch (CertificateException e) {
            return false;
        }
    }

    static boolean signsLists(X509Certificate issuer) {
        boolean[] usage = issuer.getKeyUsage();
        return usage != null && usage[CRL_SIGN];
    }
}
