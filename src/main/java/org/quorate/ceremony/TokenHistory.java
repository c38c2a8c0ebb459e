package org.quorate.ceremony;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quorate.base.Json;
import org.quorate.hsm.AuditLog;
import org.quorate.hsm.Operation;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Ledger;

/// What all ceremonies of a ledger did to one token, and when they were at it.
///
/// @param matched the newest match of its log, up to which everything was explained or followed up
record TokenHistory(List<Act> acts, List<Span> steps, Instant begin, Optional<Json.Obj> matched) {
    private static final long AT_ONCE = 1_000;

    /// Steps in which the console tries keys out, so that the same operations stand in the log as of an act.
    private static final Set<String> TRIALS = Set.of(
            "admit_token", "check_health", "test_signature", "check_data_keys", "identify_key", "read_fingerprint");

    /// @param done empty where nobody knows
    record Act(String name, long entry, Instant from, Instant until, Optional<Boolean> done) {}

    record Span(Instant from, Instant until, boolean trial) {}

    static TokenHistory of(Ledger ledger, String serial) {
        var acts = new ArrayList<Act>();
        var steps = new ArrayList<Span>();
        Optional<Entry> matched = Optional.empty();
        for (UUID id : ceremonies(ledger)) {
            Ceremony ceremony = Ceremony.of(ledger.ofCeremony(id));
            Set<String> roles = roles(ceremony, serial);
            if (!roles.isEmpty()) {
                ceremony.runs().forEach(run -> {
                    steps.add(span(run));
                    run.of(EntryType.INTENT)
                            .flatMap(intent -> act(run, intent, serial, roles))
                            .forEach(acts::add);
                });
            }
            Optional<Entry> newest = matches(ceremony, serial).reduce((first, second) -> second);
            matched = newest.isPresent() ? newest : matched;
        }
        Instant begin = matched.map(Entry::time).orElse(ledger.entry(0).time());
        return new TokenHistory(
                acts.stream().filter(act -> !act.from().isBefore(begin)).toList(),
                steps,
                begin,
                matched.map(entry -> entry.data().object("detail")));
    }

    private static Set<UUID> ceremonies(Ledger ledger) {
        var ids = new LinkedHashSet<UUID>();
        long size = ledger.head().size();
        for (long from = 0; from < size; from += AT_ONCE) {
            ledger.range(from, Math.min(from + AT_ONCE, size))
                    .forEach(entry -> entry.ceremony().ifPresent(ids::add));
        }
        return ids;
    }

    /// By which names the scripts of a ceremony called the token, as it was when it was identified.
    private static Set<String> roles(Ceremony ceremony, String serial) {
        return Stream.concat(
                        ceremony.of(EntryType.OBSERVATION)
                                .filter(entry -> entry.data().string("name").equals("token"))
                                .flatMap(entry -> entry.data().optionalObject("detail").stream())
                                .filter(detail -> detail.string("serial").equals(serial))
                                .flatMap(detail -> detail.optionalString("role").stream()),
                        ceremony.of(EntryType.INTENT)
                                .filter(entry -> isOn(entry, serial))
                                .map(entry -> entry.data().string("token_role")))
                .collect(Collectors.toSet());
    }

    private static boolean isOn(Entry intent, String serial) {
        return intent.data().object("token").string("serial").equals(serial);
    }

    private static Span span(StepRun run) {
        return new Span(
                run.start().time(),
                run.entries().getLast().time(),
                TRIALS.contains(run.start().data().string("kind")));
    }

    /// A transfer is an act on two tokens.
    private static Stream<Act> act(StepRun run, Entry intent, String serial, Set<String> roles) {
        String op = intent.data().string("op");
        var names = new ArrayList<String>();
        if (isOn(intent, serial)) {
            names.add(op);
        }
        if (op.equals(Operation.TRANSFER.wire()) && roles.contains(intent.data().string("from"))) {
            names.add(AuditLog.TRANSFER_OUT);
        }
        Optional<Entry> settlement = run.settlement(intent);
        return names.stream()
                .map(name -> new Act(
                        name,
                        intent.seq(),
                        intent.time(),
                        settlement
                                .map(Entry::time)
                                .orElse(run.entries().getLast().time()),
                        settlement.map(settled -> run.happened(intent))));
    }

    /// One that failed has collected nothing: the next attempt looks at everything again.
    private static Stream<Entry> matches(Ceremony ceremony, String serial) {
        return ceremony.runs().stream()
                .filter(run -> run.status() == StepRun.Status.DONE || run.status() == StepRun.Status.OVERRIDDEN)
                .flatMap(run -> run.observation("audit_log_match").stream())
                .filter(entry -> entry.data().object("detail").string("serial").equals(serial));
    }
}
