package org.quorate.ui.model;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.quorate.base.Digest;
import org.quorate.base.Fingerprints;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.ceremony.Exhibit;
import org.quorate.ledger.Entry;
import org.quorate.ledger.Finding;
import org.quorate.ledger.Head;
import org.quorate.ledger.LedgerRow;
import org.quorate.ledger.Verification;
import org.quorate.ui.backstage.FailedLedger;
import org.quorate.ui.backstage.FailedLedger.Line;
import org.quorate.ui.text.EntryWords;

/// What is wrong with a ledger, in words: the first bad entry, the rule, and what was expected and found there.
final class FailureWords {
    private static final Pattern DIGEST = Pattern.compile("\\b[0-9a-f]{64}\\b");

    private FailureWords() {}

    static String title(Finding error) {
        return error.seq().isPresent()
                ? Texts.get("ui.failed.title.entry", error.seq().getAsLong())
                : Texts.get("ui.failed.title.file");
    }

    static String place(Finding error) {
        return error.seq().isPresent()
                ? Texts.get("ledger.at.entry", error.seq().getAsLong())
                : Texts.get("ledger.at.file");
    }

    static List<Exhibit> exhibits(FailedLedger ledger, Finding error) {
        var all = new ArrayList<Exhibit>();
        if (error.seq().isEmpty()) {
            all.add(Exhibit.of(Texts.get("ui.failed.where"), place(error)));
        } else {
            all.add(Exhibit.of(Texts.get("ui.failed.first"), place(error)));
            all.addAll(typeAndTime(ledger, error.seq().getAsLong()));
        }
        all.add(Exhibit.of(Texts.get("ui.failed.rule"), error.rule().sentence()));
        all.addAll(expectedAndFound(error));
        all.add(Exhibit.of(Texts.get("ui.failed.order"), inOrder(ledger.verification(), error)));
        error.seq().ifPresent(seq -> all.add(Exhibit.of(Texts.get("ui.failed.after"), after(ledger))));
        all.add(Exhibit.of(Texts.get("ui.failed.file"), ledger.file().toString()));
        return all;
    }

    private static List<Exhibit> typeAndTime(FailedLedger ledger, long seq) {
        Optional<LedgerRow> row =
                ledger.firstBad().map(FailedLedger.Place::line).map(Line::row);
        Optional<LedgerRow> there = row.filter(r -> r.seq() == seq);
        if (row.isPresent() && there.isEmpty()) {
            String gap = Texts.get("ui.failed.gap", row.get().seq());
            return List.of(Exhibit.of(Texts.get("ui.failed.type"), gap));
        }
        return typeAndTime(there.flatMap(LedgerRow::entry));
    }

    static List<Exhibit> typeAndTime(Optional<Entry> entry) {
        return List.of(
                Exhibit.of(
                        Texts.get("ui.failed.type"),
                        entry.map(e -> EntryWords.words(e.type().wire()))
                                .orElseGet(() -> Texts.get("ui.failed.unread"))),
                Exhibit.of(
                        Texts.get("ui.failed.time"),
                        entry.map(e -> UtcTime.format(e.time())).orElseGet(() -> Texts.get("ui.failed.unread"))));
    }

    static List<Exhibit> expectedAndFound(Finding error) {
        return List.of(
                value(Texts.get("ui.failed.expected"), error.expected()),
                value(Texts.get("ui.failed.found"), error.found()));
    }

    /// A digest as one, and any within a text in groups of four.
    static Exhibit value(String label, String text) {
        return Digest.ofHex(text)
                .map(digest -> Exhibit.of(label, digest))
                .orElseGet(() -> Exhibit.of(label, grouped(text)));
    }

    static String grouped(String text) {
        return DIGEST.matcher(text).replaceAll(hex -> Fingerprints.groups(hex.group()));
    }

    private static String inOrder(Verification verification, Finding error) {
        if (error.seq().isPresent()) {
            long before = error.seq().getAsLong();
            return before == 0 ? Texts.get("ui.failed.order.none") : entries("ui.failed.order.", before);
        }
        return verification
                .head()
                .map(head -> Texts.get("ui.failed.order.all", head.size()))
                .orElseGet(() -> Texts.get("ui.failed.order.unknown"));
    }

    /// The first `count` entries; one of them in other words than many.
    static String entries(String stem, long count) {
        return count == 1 ? Texts.get(stem + "one") : Texts.get(stem + "before", count, count - 1);
    }

    private static String after(FailedLedger ledger) {
        Optional<Head> end = ledger.verification().head();
        long others = ledger.verification().errors().size() - 1L;
        if (end.isEmpty()) {
            return Texts.get("ui.failed.after.unjudged", ledger.rows());
        }
        return others == 0 ? Texts.get("ui.failed.after.none") : Texts.get("ui.failed.after.others", others);
    }

    /// A whole row as text: what it is, its leaf, what it breaks, and its body.
    static String details(Line line, Verification verification) {
        var text = new StringBuilder(line.words()).append("\n\n");
        typeAndTime(line.entry()).forEach(exhibit -> append(text, exhibit));
        line.entry().flatMap(Entry::ceremony).ifPresent(id -> append(text, "ui.failed.ceremony", id.toString()));
        line.entry().flatMap(Entry::step).ifPresent(step -> append(text, "ui.failed.step", step));
        append(text, "ui.failed.leaf", leaf(line.row()));
        if (!line.row().leafFits()) {
            append(text, "ui.failed.leaf.body", line.row().digest().grouped());
        }
        for (Finding error : verification.errors()) {
            if (error.seq().isPresent() && error.seq().getAsLong() == line.row().seq()) {
                text.append('\n');
                append(text, "ui.failed.rule", error.rule().sentence());
                expectedAndFound(error)
                        .forEach(exhibit -> append(text, Exhibit.of(exhibit.label(), grouped(exhibit.text()))));
            }
        }
        return text.append('\n').append(body(line)).toString();
    }

    static String leaf(LedgerRow row) {
        return Fingerprints.groups(HexFormat.of().formatHex(row.leaf()));
    }

    private static String body(Line line) {
        byte[] body = line.row().body();
        return line.entry().isPresent()
                ? Json.parseObject(body).pretty()
                : new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder text, Exhibit exhibit) {
        text.append(Texts.get("ui.failed.line", exhibit.label(), exhibit.text()))
                .append('\n');
    }

    private static void append(StringBuilder text, String label, String value) {
        append(text, Exhibit.of(Texts.get(label), value));
    }
}
