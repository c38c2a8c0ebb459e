package org.quorate.record;

import java.util.Optional;
import org.quorate.base.Digest;

/// A certificate that came out of the ceremony.
///
/// @param artefact its DER in the ledger
public record CertificateFacts(String key, Named named, Validity validity, Digest sha256, Optional<Digest> artefact) {

    /// @param serial in hex
    public record Named(String subject, String issuer, String serial) {}

    public record Validity(String notBefore, String notAfter) {}
}
