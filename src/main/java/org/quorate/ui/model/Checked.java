package org.quorate.ui.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.quorate.base.Digest;
import org.quorate.script.Finding;
import org.quorate.script.LintReport;

/// What lint says of the text on the page.
///
/// @param current whether it is the text as it stands now
public record Checked(LintReport report, boolean current) {
    static final Checked NOTHING =
            new Checked(new LintReport(List.of(), Optional.empty(), Optional.empty(), Optional.empty()), false);

    Checked outdated() {
        return new Checked(report, false);
    }

    public List<Finding> findings() {
        return report.findings();
    }

    public Optional<Digest> part() {
        return report.part();
    }

    /// Errors, then warnings, then what the script accepts.
    public long count(Finding.Severity severity) {
        return findings().stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    /// The next finding in this file after a place, or before it; round again at the end.
    public Optional<Finding> beside(String file, int line, int column, boolean forward) {
        List<Finding> here = findings().stream()
                .filter(finding -> finding.file().equals(file))
                .sorted((one, other) -> one.place().compareTo(other.place()))
                .toList();
        Predicate<Finding> after = finding -> forward
                ? finding.line() > line || (finding.line() == line && finding.column() > column)
                : finding.line() < line || (finding.line() == line && finding.column() < column);
        List<Finding> inOrder = forward ? here : here.reversed();
        return inOrder.stream()
                .filter(after)
                .findFirst()
                .or(() -> inOrder.stream().findFirst());
    }
}
