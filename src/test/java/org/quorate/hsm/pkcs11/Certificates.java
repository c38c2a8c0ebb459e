package org.quorate.hsm.pkcs11;

import java.math.BigInteger;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.TokenSession;

/// A self-signed certificate over a key of a token.
final class Certificates {
    private Certificates() {}

    static byte[] selfSigned(TokenSession session, KeyId id, SignatureScheme scheme, PublicKey key) throws Exception {
        var name = new X500Name("CN=Test root");
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        var builder = new X509v3CertificateBuilder(
                name,
                BigInteger.valueOf(200),
                Date.from(now),
                Date.from(now.plusSeconds(86_400L * 3650)),
                name,
                SubjectPublicKeyInfo.getInstance(key.getEncoded()));
        return builder.build(new TokenSigner(session, id, scheme)).getEncoded();
    }

    private record TokenSigner(
            TokenSession session, KeyId id, SignatureScheme scheme, java.io.ByteArrayOutputStream out)
            implements ContentSigner {
        TokenSigner(TokenSession session, KeyId id, SignatureScheme scheme) {
            this(session, id, scheme, new java.io.ByteArrayOutputStream());
        }

        @Override
        public org.bouncycastle.asn1.x509.AlgorithmIdentifier getAlgorithmIdentifier() {
            return new DefaultSignatureAlgorithmIdentifierFinder().find(scheme.jca());
        }

        @Override
        public java.io.OutputStream getOutputStream() {
            return out;
        }

        @Override
        public byte[] getSignature() {
            return session.sign(id, scheme, out.toByteArray()).orThrow();
        }
    }
}
