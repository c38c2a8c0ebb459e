package org.quorate.card.practice;

import java.security.PublicKey;
import java.security.cert.X509Certificate;

/// Whoever certifies the key of a new card; the practice site has an authority of its own.
@FunctionalInterface
public interface CertificateIssuer {

    /// @param serial the card's serial, not the certificate's
    X509Certificate issue(PublicKey key, String name, String organisation, String serial);
}
