package org.quorate.script;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a certificate is for, which decides its extensions.
public enum CertificateProfile {
    /// Signs certificates and revocation lists below the authority that issues it.
    SUBORDINATE_CA,
    TLS_SERVER,
    CODE_SIGNING;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CertificateProfile> ofWire(String text) {
        return Stream.of(values()).filter(one -> one.wire().equals(text)).findFirst();
    }
}
