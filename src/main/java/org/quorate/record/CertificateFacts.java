package org.quorate.record;

import java.util.Optional;
import org.quorate.base.Digest;

/// A certificate that came out of the ceremony.
///
/// @param artefact its DER in the ledger
public record CertificateFacts(
        String key,
        String subject,
        String issuer,
        String serial,
        String notBefore,
        String notAfter,
        Digest sha256,
        Optional<Digest> artefact) {}
