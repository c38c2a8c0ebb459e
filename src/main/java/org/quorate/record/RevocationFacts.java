package org.quorate.record;

import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;

/// A revocation list that came out of the ceremony.
///
/// @param artefact its DER in the ledger
public record RevocationFacts(
        String key, Named named, CertificateFacts.Validity validity, List<Line> revoked, Optional<Digest> artefact) {
    public RevocationFacts {
        revoked = List.copyOf(revoked);
    }

    /// @param number grows from list to list
    public record Named(String issuer, long number, Digest sha256) {}

    /// @param serial in hex
    public record Line(String serial, String since, String reason) {}
}
