package org.quorate.script;

import java.time.LocalDate;
import java.util.Optional;

/// How long a certificate of a profile may be good, by the day on which it is issued. Programs that check certificates
/// refuse longer ones, whoever signed them.
public final class CertificateLimits {
    private static final int CODE_SIGNING_DAYS = 460;

    private CertificateLimits() {}

    /// @param source the standard that says so
    public record Limit(int days, String source) {}

    /// Empty for an authority, which is bound by its issuer only.
    public static Optional<Limit> of(CertificateProfile profile, LocalDate issued) {
        return switch (profile) {
            case SUBORDINATE_CA -> Optional.empty();
            case TLS_SERVER -> Optional.of(new Limit(serverDays(issued), "CA/B Forum TLS BR, section 6.3.2"));
            case CODE_SIGNING -> Optional.of(new Limit(CODE_SIGNING_DAYS, "CA/B Forum code signing BR, section 6.3.2"));
        };
    }

    private static int serverDays(LocalDate issued) {
        if (issued.isBefore(LocalDate.of(2026, 3, 15))) {
            return 398;
        }
        if (issued.isBefore(LocalDate.of(2027, 3, 15))) {
            return 200;
        }
        return issued.isBefore(LocalDate.of(2029, 3, 15)) ? 100 : 47;
    }
}
