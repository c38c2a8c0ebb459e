package org.quorate.hsm;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quorate.base.JsonException;

/// The log that an HSM keeps of itself, in the form in which its maker exports it: how an entry is found in the text,
/// and for which acts of a ceremony each of the maker's operations stands.
///
/// @param how it is had, in words
/// @param traces what the acts of a ceremony leave in it
/// @param beside operations that any step may make in passing, such as a login
public record AuditLog(String how, Form form, List<Trace> traces, List<String> beside) {
    public AuditLog {
        traces = List.copyOf(traces);
        beside = List.copyOf(beside);
    }

    /// @param entry a pattern with the groups `time`, `operation` and `result` and, where the log has them, `number`
    /// and
    /// `object`
    /// @param done a pattern for the result of what was done
    public record Form(Pattern entry, Time time, Pattern done) {}

    /// How an entry says when it was.
    public enum Time {
        /// 2026-11-22T14:00:00.5Z
        ISO,
        /// Microseconds since 1970.
        EPOCH_MICROS;

        Instant read(String text) {
            return switch (this) {
                case ISO -> Instant.parse(text);
                case EPOCH_MICROS -> Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MICROS);
            };
        }

        public static Time ofWire(String text) {
            try {
                return valueOf(text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new JsonException("'" + text + "' is neither iso nor epoch_micros");
            }
        }
    }

    /// One operation of the maker that an act leaves in the log.
    ///
    /// @param act the name of our operation; [#TRANSFER_OUT] for the token that a key leaves
    /// @param most how many of them one act can leave; 0 for any number
    public record Trace(String operation, String act, int most) {}

    public static final String TRANSFER_OUT = "transfer_out";

    /// @param number that the HSM counts entries with
    /// @param text as it stands in the log
    public record LogEntry(
            Optional<Long> number,
            Instant time,
            String operation,
            Optional<String> object,
            boolean done,
            String text) {}

    /// @param unread what stands between entries and is none
    public record Reading(List<LogEntry> entries, List<String> unread) {
        public Reading {
            entries = List.copyOf(entries);
            unread = List.copyOf(unread);
        }
    }

    public Reading read(String log) {
        var entries = new ArrayList<LogEntry>();
        var unread = new ArrayList<String>();
        Matcher matcher = form.entry().matcher(log);
        int from = 0;
        while (matcher.find(from)) {
            keep(log.substring(from, matcher.start()), unread);
            try {
                entries.add(entry(matcher));
            } catch (RuntimeException e) {
                keep(matcher.group(), unread);
            }
            from = Math.max(matcher.end(), from + 1);
        }
        keep(log.substring(Math.min(from, log.length())), unread);
        return new Reading(entries, unread);
    }

    private static void keep(String between, List<String> unread) {
        between.lines().filter(line -> !line.isBlank()).map(String::strip).forEach(unread::add);
    }

    private LogEntry entry(Matcher matcher) {
        return new LogEntry(
                group(matcher, "number").map(Long::decode),
                form.time().read(matcher.group("time")),
                matcher.group("operation"),
                group(matcher, "object"),
                form.done().matcher(matcher.group("result")).find(),
                matcher.group().strip().replaceAll("\\s+", " "));
    }

    /// Not every log has every column.
    private static Optional<String> group(Matcher matcher, String name) {
        return matcher.namedGroups().containsKey(name)
                ? Optional.ofNullable(matcher.group(name)).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    /// What an act of this name leaves; empty for one that this log does not tell of.
    public List<Trace> tracesOf(String act) {
        return traces.stream().filter(trace -> trace.act().equals(act)).toList();
    }

    public boolean knows(String operation) {
        return beside.contains(operation)
                || traces.stream().anyMatch(trace -> trace.operation().equals(operation));
    }
}
