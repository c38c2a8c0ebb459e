package org.quorate.ui.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.quorate.base.Texts;
import org.quorate.ceremony.Exhibit;
import org.quorate.ledger.Finding;
import org.quorate.ledger.LedgerComparison;
import org.quorate.ledger.LedgerComparison.Relation;
import org.quorate.ledger.LedgerComparison.Side;
import org.quorate.ledger.LedgerRow;
import org.quorate.ledger.Verification;
import org.quorate.ledger.Verification.Verdict;

/// What a comparison with the mirror showed, in words.
///
/// @param mirrorSound whether nothing is wrong with the mirror by itself
/// @param verdict whether the mirror is valid
/// @param aboutMirror the size and root of a mirror that is valid; otherwise what is wrong with it
/// @param agreement how far both go together, and whether one is a beginning of the other
/// @param parted the first entry in which they differ, on both sides; empty where they do not
/// @param next what people do now
public record ComparedWords(
        String title,
        boolean mirrorSound,
        String verdict,
        List<Exhibit> aboutMirror,
        List<String> agreement,
        Optional<Parted> parted,
        List<String> next) {

    /// An entry as it stands on each side.
    public record Parted(long seq, List<Exhibit> here, List<Exhibit> mirror) {
        public Parted {
            here = List.copyOf(here);
            mirror = List.copyOf(mirror);
        }
    }

    public ComparedWords {
        aboutMirror = List.copyOf(aboutMirror);
        agreement = List.copyOf(agreement);
        next = List.copyOf(next);
    }

    static ComparedWords of(Path file, LedgerComparison comparison) {
        Verification mirror = comparison.mirror().verification();
        Optional<Long> parting = parting(comparison);
        return new ComparedWords(
                title(comparison, parting.orElse(0L)),
                mirror.sound(),
                verdict(mirror),
                aboutMirror(file, mirror),
                agreement(comparison, parting.orElse(0L)),
                parting.map(seq -> new Parted(seq, side(comparison.here(), seq), side(comparison.mirror(), seq))),
                next(comparison));
    }

    private static Optional<Long> parting(LedgerComparison comparison) {
        return comparison.parting().isPresent()
                ? Optional.of(comparison.parting().getAsLong())
                : Optional.empty();
    }

    private static String key(String stem, Relation relation) {
        return stem + relation.name().toLowerCase(Locale.ROOT);
    }

    private static String title(LedgerComparison comparison, long parting) {
        return Texts.get(key("ui.compared.title.", comparison.relation()), parting, comparison.agreeing());
    }

    private static String verdict(Verification mirror) {
        if (mirror.sound()) {
            return Texts.get("ui.compared.sound", mirror.head().orElseThrow().size());
        }
        Finding error = mirror.firstError().orElseThrow();
        String key = mirror.verdict() == Verdict.DISAGREES ? "ui.compared.disagrees" : "ui.compared.unsound";
        return Texts.get(key, FailureWords.place(error));
    }

    private static List<Exhibit> aboutMirror(Path file, Verification mirror) {
        var all = new ArrayList<Exhibit>();
        mirror.firstError().ifPresent(error -> {
            all.add(Exhibit.of(Texts.get("ui.failed.rule"), error.rule().sentence()));
            all.addAll(FailureWords.expectedAndFound(error));
        });
        if (mirror.sound()) {
            mirror.head()
                    .ifPresent(head -> all.add(Exhibit.of(Texts.get("ui.compared.root", head.size()), head.root())));
        }
        all.add(Exhibit.of(Texts.get("ui.failed.file"), file.toString()));
        return all;
    }

    private static List<String> agreement(LedgerComparison comparison, long parting) {
        long same = comparison.agreeing();
        String far = same == 0 ? Texts.get("ui.compared.agree.none") : FailureWords.entries("ui.compared.agree.", same);
        return List.of(far, Texts.get(key("ui.compared.", comparison.relation()), parting));
    }

    private static List<Exhibit> side(Side side, long seq) {
        Optional<LedgerRow> row = side.next().filter(r -> r.seq() == seq);
        if (row.isEmpty()) {
            String why = side.next()
                    .map(next -> Texts.get("ui.failed.gap", next.seq()))
                    .orElseGet(() -> Texts.get("ui.compared.ends"));
            return List.of(Exhibit.of(Texts.get("ui.failed.type"), why));
        }
        var all = new ArrayList<>(FailureWords.typeAndTime(row.get().entry()));
        all.add(FailureWords.value(
                Texts.get("ui.failed.leaf"), HexFormat.of().formatHex(row.get().leaf())));
        if (!row.get().leafFits()) {
            all.add(Exhibit.of(Texts.get("ui.failed.leaf.body"), row.get().digest()));
        }
        return all;
    }

    private static List<String> next(LedgerComparison comparison) {
        var all = new ArrayList<String>();
        all.add(Texts.get("ui.compared.next.keep"));
        if (comparison.relation() == Relation.OTHER_LEDGER) {
            all.add(Texts.get("ui.compared.next.other"));
        } else if (comparison.mirror().verification().sound()) {
            all.add(Texts.get("ui.compared.next.anchor"));
        }
        all.add(Texts.get("ui.compared.next.people"));
        return all;
    }
}
