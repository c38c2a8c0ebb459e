package org.quorate.base;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/// A certificate as bytes, and by what people and files know it.
public final class Certificates {
    private Certificates() {}

    /// SHA-256 of its DER.
    public static Digest digest(X509Certificate certificate) {
        return Digest.of(encoded(certificate));
    }

    /// Its DER.
    public static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has an encoding", e);
        }
    }
}
