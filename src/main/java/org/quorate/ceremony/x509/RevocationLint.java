package org.quorate.ceremony.x509;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.quorate.hsm.SignatureScheme;

/// Our own judgement of a revocation list, beside the one before it.
public final class RevocationLint {
    private static final int MAX_NUMBER_OCTETS = 20;

    private final CertificateList list;
    private final X509Certificate issuer;
    private final Optional<LastList> before;
    private final List<String> wrong = new ArrayList<>();

    private RevocationLint(byte[] der, X509Certificate issuer, Optional<LastList> before) {
        this.list = CertificateList.getInstance(der);
        this.issuer = issuer;
        this.before = before;
    }

    /// All that is wrong with what is to be signed, before anybody approves it.
    public static List<String> ofUnsigned(
            byte[] toBeSigned, SignatureScheme scheme, X509Certificate issuer, Optional<LastList> before) {
        return new RevocationLint(SignedStructure.withoutSignature(toBeSigned, scheme), issuer, before).rules();
    }

    /// The same of the list, with its signature, as the platform sees it.
    public static List<String> ofSigned(
            byte[] der, byte[] approved, X509Certificate issuer, Optional<LastList> before) {
        try {
            var wrong = new ArrayList<>(new RevocationLint(der, issuer, before).rules());
            var parsed = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
            if (!Arrays.equals(parsed.getTBSCertList(), approved)) {
                wrong.add("tbsCertList: not the bytes that were approved");
            }
            parsed.verify(issuer.getPublicKey());
            for (Revoked one : RevocationList.of(approved).revoked()) {
                if (Optional.ofNullable(parsed.getRevokedCertificate(one.serial()))
                        .isEmpty()) {
                    wrong.add("revokedCertificates: " + one.serial().toString(16) + " is not on it");
                }
            }
            return wrong;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return List.of("signature: " + e.getMessage());
        }
    }

    private List<String> rules() {
        TBSCertList inside = list.getTBSCertList();
        require(list.getVersionNumber() == 2, "version: not 2 (RFC 5280, 5.1.2.1)");
        require(
                list.getSignatureAlgorithm().equals(inside.getSignature()),
                "signatureAlgorithm: not the one inside (RFC 5280, 5.1.1.2)");
        require(
                Arrays.equals(
                        CertificateLint.encoded(list.getIssuer()),
                        issuer.getSubjectX500Principal().getEncoded()),
                "issuer: not the name of the issuer (RFC 5280, 5.1.2.3)");
        require(CertificateLint.signsLists(issuer), "issuer: may sign no revocation lists (RFC 5280, 4.2.1.3)");
        times(inside);
        extensions(inside);
        entries();
        return List.copyOf(wrong);
    }

    private void times(TBSCertList inside) {
        RevocationList read = RevocationList.of(CertificateLint.encoded(inside));
        require(read.from().isBefore(read.until()), "nextUpdate: not after thisUpdate (RFC 5280, 5.1.2.5)");
        require(
                !read.until().isAfter(issuer.getNotAfter().toInstant()),
                "nextUpdate: after the end of the issuer's certificate");
        require(
                CertificateLint.isRightTime(inside.getThisUpdate())
                        && CertificateLint.isRightTime(inside.getNextUpdate()),
                "thisUpdate, nextUpdate: UTCTime through 2049 only (RFC 5280, 5.1.2.4)");
        before.ifPresent(last -> {
            require(!read.from().isBefore(last.list().from()), "thisUpdate: before that of the last list");
            require(
                    read.number().compareTo(last.list().number()) > 0,
                    "cRLNumber: not above the last one (RFC 5280, 5.2.3)");
            last.staying()
                    .forEach(one -> require(
                            Revoked.isAmong(read.revoked(), one.serial()),
                            "revokedCertificates: " + one.serial().toString(16)
                                    + " was on the last list (RFC 5280, 3.3)"));
        });
    }

    private void extensions(TBSCertList inside) {
        Extensions extensions = inside.getExtensions();
        require(
                Optional.ofNullable(AuthorityKeyIdentifier.fromExtensions(extensions))
                        .map(AuthorityKeyIdentifier::getKeyIdentifierOctets)
                        .filter(id -> Arrays.equals(id, CertificateContents.keyIdentifier(issuer)))
                        .isPresent(),
                "authorityKeyIdentifier: absent or of another key (RFC 5280, 5.2.1)");
        Extension number = extensions.getExtension(Extension.cRLNumber);
        require(
                !number.isCritical()
                        && RevocationList.of(CertificateLint.encoded(inside))
                                        .number()
                                        .toByteArray()
                                        .length
                                <= MAX_NUMBER_OCTETS,
                "cRLNumber: critical or of more than 20 octets (RFC 5280, 5.2.3)");
        require(
                Set.of(extensions.getExtensionOIDs())
                        .equals(Set.of(Extension.authorityKeyIdentifier, Extension.cRLNumber)),
                "extensions: others than authorityKeyIdentifier and cRLNumber");
    }

    private void entries() {
        var serials = new HashSet<>();
        Stream.of(list.getRevokedCertificates())
                .forEach(entry -> require(
                        serials.add(entry.getUserCertificate().getValue()),
                        "revokedCertificates: "
                                + entry.getUserCertificate().getValue().toString(16) + " twice"));
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }
}
