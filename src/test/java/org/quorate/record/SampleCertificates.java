package org.quorate.record;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Certificates over the keys of the fixture.
public final class SampleCertificates {
    private SampleCertificates() {}

    public static byte[] selfSigned(String name, String keyName) {
        try {
            return certificate(name, name, FakeEntries.pair(keyName), FakeEntries.pair(keyName), true)
                    .getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// Of a person's card.
    public static X509Certificate ofCard(String name) {
        try {
            return certificate(name, name, FakeEntries.pair(name), FakeEntries.pair(name), false);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(String subject, String issuer, KeyPair pair, KeyPair by, boolean ca)
            throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                new BigInteger(1, subject.getBytes(StandardCharsets.UTF_8)).mod(BigInteger.ONE.shiftLeft(100)),
                Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                Date.from(Instant.parse("2046-01-01T00:00:00Z")),
                new X500Name(subject),
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
        builder.addExtension(
                Extension.keyUsage,
                true,
                new KeyUsage(ca ? KeyUsage.keyCertSign : KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate())));
    }

    /// A record key under a root of its own.
    public static RecordSigner signer(String name) {
        try {
            KeyPair root = FakeEntries.pair(name + " root");
            KeyPair pair = FakeEntries.pair(name);
            X509Certificate above =
                    certificate("CN=Records of Example Bank", "CN=Records of Example Bank", root, root, true);
            X509Certificate own =
                    certificate("CN=" + name + ",O=Example Bank", "CN=Records of Example Bank", pair, root, false);
            return new RecordSigner() {
                @Override
                public List<X509Certificate> chain() {
                    return List.of(own, above);
                }

                @Override
                public byte[] sign(byte[] data) {
                    return FakeEntries.sign(pair.getPrivate(), data);
                }
            };
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
