package org.quorate.record;

import java.util.Optional;
import org.quorate.base.Digest;

/// A certificate that came out of the ceremony.
///
/// @param artefact its DER in the ledger
/// @param asked empty for a root certificate, which nobody asks for
public record CertificateFacts(
        String key, Named named, Validity validity, Digest sha256, Optional<Digest> artefact, Optional<Asked> asked) {

    /// Of one that was issued on a request: what it is for, its names, and the SHA-256 of the request.
    public record Asked(String profile, String names, Digest request) {}

    /// @param serial in hex
    public record Named(String subject, String issuer, String serial) {}

    public record Validity(String notBefore, String notAfter) {}
}
