package org.quorate.base;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Times as the ledger writes them: UTC, ISO 8601, always 24 characters. `Instant.toString` drops `.000` and is never
/// used.
public final class UtcTime {
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern FORM = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

    private UtcTime() {}

    /// The ledger's form, such as `2026-11-22T09:30:00.000Z`.
    public static String format(Instant instant) {
        return MILLIS.format(instant.truncatedTo(ChronoUnit.MILLIS));
    }

    /// The form for people, to the second: `2026-11-22 09:30:00Z`.
    public static String forPeople(Instant instant) {
        return SECONDS.format(instant);
    }

    /// Empty unless `text` is of the ledger's exact form and names a real moment.
    public static Optional<Instant> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            Instant instant = Instant.parse(text);
            // A leap second is smoothed by the parser; a text that does not come back as it was is not accepted.
            return format(instant).equals(text) ? Optional.of(instant) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
