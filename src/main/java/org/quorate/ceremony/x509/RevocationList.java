package org.quorate.ceremony.x509;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V2TBSCertListGenerator;
import org.quorate.hsm.SignatureScheme;

/// A full list of what one authority has revoked (RFC 5280, section 5).
public record RevocationList(BigInteger number, Instant from, Instant until, List<Revoked> revoked) {
    public RevocationList {
        revoked = List.copyOf(revoked);
    }

    public byte[] toBeSigned(X509Certificate issuer, SignatureScheme scheme) {
        try {
            var generator = new V2TBSCertListGenerator();
            generator.setSignature(SignedStructure.algorithm(scheme));
            generator.setIssuer(
                    X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()));
            generator.setThisUpdate(new Time(Date.from(from)));
            generator.setNextUpdate(new Time(Date.from(until)));
            for (Revoked one : revoked) {
                var since = new Time(Date.from(one.since()));
                // "unspecified" is said by saying nothing (RFC 5280, section 5.3.1).
                if (one.reason() == Revoked.Reason.UNSPECIFIED) {
                    generator.addCRLEntry(new ASN1Integer(one.serial()), since, (Extensions) null);
                } else {
                    var reason = new ExtensionsGenerator();
                    reason.addExtension(
                            Extension.reasonCode,
                            false,
                            CRLReason.lookup(one.reason().code()));
                    generator.addCRLEntry(new ASN1Integer(one.serial()), since, reason.generate());
                }
            }
            var extensions = new ExtensionsGenerator();
            extensions.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(CertificateContents.keyIdentifier(issuer)));
            extensions.addExtension(Extension.cRLNumber, false, new ASN1Integer(number));
            generator.setExtensions(extensions.generate());
            return generator.generateTBSCertList().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Read from the bytes that were, or are to be, signed.
    public static RevocationList of(byte[] toBeSigned) {
        TBSCertList list = TBSCertList.getInstance(toBeSigned);
        var revoked = new ArrayList<Revoked>();
        for (TBSCertList.CRLEntry entry : list.getRevokedCertificates()) {
            revoked.add(new Revoked(
                    entry.getUserCertificate().getValue(),
                    entry.getRevocationDate().getDate().toInstant(),
                    reason(entry)));
        }
        return new RevocationList(
                ASN1Integer.getInstance(list.getExtensions().getExtensionParsedValue(Extension.cRLNumber))
                        .getValue(),
                list.getThisUpdate().getDate().toInstant(),
                list.getNextUpdate().getDate().toInstant(),
                revoked);
    }

    private static Revoked.Reason reason(TBSCertList.CRLEntry entry) {
        return Optional.ofNullable(entry.getExtensions())
                .map(extensions -> extensions.getExtensionParsedValue(Extension.reasonCode))
                .map(code -> ASN1Enumerated.getInstance(code).intValueExact())
                .flatMap(Revoked.Reason::ofCode)
                .orElse(Revoked.Reason.UNSPECIFIED);
    }

    /// Everything of this list and one certificate more, in the order of serials.
    public RevocationList with(Revoked more) {
        var all = new ArrayList<>(revoked);
        all.add(more);
        all.sort(Comparator.comparing(Revoked::serial));
        return new RevocationList(number, from, until, all);
    }
}
