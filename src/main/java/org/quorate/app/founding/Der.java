package org.quorate.app.founding;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/// A certificate as bytes.
final class Der {
    private Der() {}

    static byte[] of(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read or made has an encoding", e);
        }
    }
}
