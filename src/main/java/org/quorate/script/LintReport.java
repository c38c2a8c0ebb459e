package org.quorate.script;

import java.util.List;
import java.util.Optional;
import org.quorate.script.Finding.Severity;

/// What lint says about one file.
///
/// @param script empty where the file is not a script at all
public record LintReport(List<Finding> findings, Optional<Script> script) {
    public LintReport {
        findings = List.copyOf(findings);
    }

    /// Whether a ceremony may be held by it: warnings are for people to judge, errors are not.
    public boolean usable() {
        return script.isPresent() && findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
