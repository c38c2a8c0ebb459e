package org.quorate.app.founding;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.quorate.base.Problem;

/// The certificate of the record key, signed by that key itself: no authority vouches for it, and the founders do, for
/// the first entry carries it and they sign that entry.
final class RecordCertificate {
    private static final int YEARS = 25;

    private RecordCertificate() {}

    /// @param sign signs with the record key, ECDSA with SHA-256 in DER
    static X509Certificate make(
            String site,
            String organisation,
            PublicKey key,
            BigInteger serial,
            Instant now,
            UnaryOperator<byte[]> sign) {
        Instant from = now.truncatedTo(ChronoUnit.SECONDS);
        X500Name name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, "Record key of " + site)
                .addRDN(BCStyle.O, organisation)
                .build();
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    serial,
                    Date.from(from.minus(10, ChronoUnit.MINUTES)),
                    Date.from(from.atZone(ZoneOffset.UTC).plusYears(YEARS).toInstant()),
                    name,
                    key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
            X509Certificate made = new JcaX509CertificateConverter().getCertificate(builder.build(signer(sign)));
            made.verify(key);
            return made;
        } catch (GeneralSecurityException | CertIOException e) {
            throw Problem.of("app.founding.no_certificate").causedBy(e);
        }
    }

    private static ContentSigner signer(UnaryOperator<byte[]> sign) {
        var bytes = new ByteArrayOutputStream();
        return new ContentSigner() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
            }

            @Override
            public OutputStream getOutputStream() {
                return bytes;
            }

            @Override
            public byte[] getSignature() {
                return sign.apply(bytes.toByteArray());
            }
        };
    }
}
