package org.quorate.card.practice;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import org.quorate.card.CardKey;

/// Whoever certifies the keys of a new card; the practice site has an authority of its own.
@FunctionalInterface
public interface CertificateIssuer {

    /// @param use what the key is for
    X509Certificate issue(PublicKey key, CardKey use, PracticeTray.Holder holder);
}
