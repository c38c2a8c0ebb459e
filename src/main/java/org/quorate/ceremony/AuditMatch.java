package org.quorate.ceremony;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.hsm.AuditLog;
import org.quorate.hsm.AuditLog.LogEntry;
import org.quorate.hsm.AuditLog.Trace;

/// An HSM's own log beside the ledger. Every entry must be explained by an act, or by a step that tries keys out; every
/// act must stand in the log; and no entry may be missing by the HSM's own count.
final class AuditMatch {
    private final AuditLog log;
    private final TokenHistory history;
    private final Duration tolerance;
    private final List<LogEntry> entries;
    private final List<String> findings = new ArrayList<>();
    private final Set<LogEntry> explained = new HashSet<>();
    private int matchedActs;
    private int silentActs;

    private AuditMatch(AuditLog log, TokenHistory history, Duration tolerance, List<LogEntry> entries) {
        this.log = log;
        this.history = history;
        this.tolerance = tolerance;
        this.entries = entries;
    }

    /// @param earlier entries that an earlier match has seen, or that are older than the ledger
    /// @param silent acts of which this log tells nothing by its maker's word
    record Result(int entries, int earlier, int acts, int silent, Optional<Long> lastNumber, List<String> findings) {
        Result {
            findings = List.copyOf(findings);
        }
    }

    static Result of(AuditLog log, AuditLog.Reading reading, TokenHistory history, Duration tolerance) {
        Optional<Long> before = history.matched()
                .filter(detail -> detail.has("last_number"))
                .map(detail -> detail.integer("last_number"));
        List<LogEntry> news = reading.entries().stream()
                .filter(entry -> isNew(entry, before, history.begin().minus(tolerance)))
                .toList();
        var match = new AuditMatch(log, history, tolerance, news);
        reading.unread().forEach(line -> match.find("unread", line));
        match.order(before);
        history.acts().forEach(match::act);
        history.acts().forEach(match::more);
        news.stream().filter(entry -> !match.explained.contains(entry)).forEach(match::entry);
        return new Result(
                news.size(),
                reading.entries().size() - news.size(),
                match.matchedActs,
                match.silentActs,
                news.isEmpty() ? before : news.getLast().number(),
                match.findings);
    }

    private static boolean isNew(LogEntry entry, Optional<Long> before, Instant begin) {
        boolean counted = before.isPresent() && entry.number().isPresent();
        return counted ? (entry.number().get() > before.get()) : !entry.time().isBefore(begin);
    }

    /// By the HSM's own count, from the last entry that was collected before.
    private void order(Optional<Long> before) {
        Optional<Long> last = before;
        Instant time = Instant.MIN;
        for (LogEntry entry : entries) {
            if (last.isPresent() && entry.number().isPresent() && entry.number().get() != last.get() + 1) {
                find("gap", last.get(), entry.number().get());
            }
            if (entry.time().isBefore(time)) {
                find("backwards", said(entry));
            }
            last = entry.number();
            time = entry.time();
        }
    }

    /// The nearest entry of each operation that the act must leave. More than one it takes only when every act has had
    /// its own, since acts follow each other faster than two clocks agree.
    private void act(TokenHistory.Act act) {
        List<Trace> traces = log.tracesOf(act.name());
        if (traces.isEmpty()) {
            silentActs++;
            return;
        }
        int before = findings.size();
        for (Trace trace : traces) {
            Optional<LogEntry> own = left(act, trace)
                    .min(Comparator.comparing((LogEntry entry) -> !agrees(entry, act))
                            .thenComparing(entry ->
                                    Duration.between(act.from(), entry.time()).abs()));
            own.ifPresent(explained::add);
            judge(act, trace, own);
        }
        matchedActs += findings.size() == before ? 1 : 0;
    }

    private void judge(TokenHistory.Act act, Trace trace, Optional<LogEntry> own) {
        String what = Texts.get("ceremony.audit.act." + act.name());
        if (act.done().equals(Optional.of(true)) && !own.map(LogEntry::done).orElse(false)) {
            find(
                    own.isEmpty() ? "missing" : "refused",
                    what,
                    act.entry(),
                    UtcTime.forPeople(act.from()),
                    trace.operation());
        }
        if (act.done().equals(Optional.of(false))) {
            own.filter(LogEntry::done).ifPresent(entry -> find("done_after_all", what, act.entry(), said(entry)));
        }
    }

    private void more(TokenHistory.Act act) {
        for (Trace trace : log.tracesOf(act.name())) {
            long most = trace.most() == 0 ? Long.MAX_VALUE : trace.most() - 1;
            List<LogEntry> further = left(act, trace).limit(most).toList();
            explained.addAll(further);
        }
    }

    private Stream<LogEntry> left(TokenHistory.Act act, Trace trace) {
        return entries.stream()
                .filter(entry -> !explained.contains(entry)
                        && entry.operation().equals(trace.operation())
                        && within(entry, act.from(), act.until()));
    }

    private static boolean agrees(LogEntry entry, TokenHistory.Act act) {
        return act.done().equals(Optional.of(entry.done()));
    }

    private void entry(LogEntry entry) {
        boolean passing = log.beside().contains(entry.operation());
        boolean explainedByAStep = history.steps().stream()
                .anyMatch(step -> (passing || step.trial()) && within(entry, step.from(), step.until()));
        if (!log.knows(entry.operation())) {
            find("unknown_operation", said(entry));
        } else if (!explainedByAStep) {
            find("unexplained", said(entry));
        }
    }

    private boolean within(LogEntry entry, Instant from, Instant until) {
        return !entry.time().isBefore(from.minus(tolerance)) && !entry.time().isAfter(until.plus(tolerance));
    }

    private static String said(LogEntry entry) {
        return entry.text();
    }

    private void find(String kind, Object... values) {
        findings.add(Texts.get("ceremony.audit.finding." + kind, values));
    }
}
