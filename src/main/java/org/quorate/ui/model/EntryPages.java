package org.quorate.ui.model;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.collections.ObservableListBase;
import org.quorate.ledger.Finding;
import org.quorate.ui.backstage.FailedLedger;
import org.quorate.ui.backstage.FailedLedger.Line;

/// All rows of a ledger as a list, of which only the pages that are looked at are in memory. A row that is not there
/// yet is empty, is read in the background, and the list says when it came.
public final class EntryPages extends ObservableListBase<EntryPages.Row> {
    private static final int KEPT = 8;

    /// What is known of a row from the check.
    public enum Mark {
        NONE,
        FIRST_BAD,
        BAD
    }

    /// @param line empty while it is being read
    public record Row(int index, Optional<Line> line, Mark mark) {}

    private final FailedLedger ledger;
    private final Hands hands;
    private final Set<Long> bad;
    private final Set<Integer> awaited = new HashSet<>();
    private final Map<Integer, List<Line>> pages = new LinkedHashMap<>(16, 0.75f, true);

    EntryPages(FailedLedger ledger, Hands hands) {
        this.ledger = ledger;
        this.hands = hands;
        this.bad = ledger.verification().errors().stream()
                .map(Finding::seq)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .collect(Collectors.toSet());
    }

    @Override
    public int size() {
        return ledger.rows();
    }

    @Override
    public Row get(int index) {
        int page = index / FailedLedger.PAGE;
        List<Line> lines = Optional.ofNullable(pages.get(page)).orElse(List.of());
        if (lines.isEmpty()) {
            read(page);
        }
        int at = index % FailedLedger.PAGE;
        Optional<Line> line = at < lines.size() ? Optional.of(lines.get(at)) : Optional.empty();
        return new Row(index, line, mark(index, line));
    }

    private Mark mark(int index, Optional<Line> line) {
        if (ledger.firstBad().filter(place -> place.index() == index).isPresent()) {
            return Mark.FIRST_BAD;
        }
        return line.filter(l -> bad.contains(l.row().seq())).isPresent() ? Mark.BAD : Mark.NONE;
    }

    private void read(int page) {
        if (awaited.add(page)) {
            hands.background().execute(() -> {
                List<Line> lines = ledger.page(page);
                hands.window().execute(() -> came(page, lines));
            });
        }
    }

    private void came(int page, List<Line> lines) {
        awaited.remove(page);
        if (lines.isEmpty()) {
            return;
        }
        pages.put(page, lines);
        if (pages.size() > KEPT) {
            pages.remove(pages.keySet().iterator().next());
        }
        int from = page * FailedLedger.PAGE;
        beginChange();
        for (int index = from; index < Math.min(size(), from + FailedLedger.PAGE); index++) {
            nextUpdate(index);
        }
        endChange();
    }
}
