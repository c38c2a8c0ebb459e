package org.quorate.app.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/// A time on the command line, in ISO 8601: a day, or a day and a time, with an offset or in UTC.
final class TimeOption {
    private TimeOption() {}

    static Optional<Instant> parse(String text) {
        try {
            TemporalAccessor time = text.contains("T")
                    ? DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from)
                    : LocalDate.parse(text);
            return Optional.of(
                    switch (time) {
                        case OffsetDateTime moment -> moment.toInstant();
                        case LocalDateTime moment -> moment.toInstant(ZoneOffset.UTC);
                        default ->
                            LocalDate.from(time).atStartOfDay(ZoneOffset.UTC).toInstant();
                    });
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
