package org.quorate.base;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/// By what people and files know a certificate.
public final class Certificates {
    private Certificates() {}

    /// SHA-256 of its DER.
    public static Digest digest(X509Certificate certificate) {
        try {
            return Digest.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has an encoding", e);
        }
    }
}
