package org.quorate.script;

import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.script.Finding.Severity;

/// What lint says about one file.
///
/// @param script empty where the file is not a script at all
/// @param sharedAct what the file holds, where it is a part of scripts
/// @param places where the things of the script, or of the part, stand in its file
public record LintReport(
        List<Finding> findings, Optional<Script> script, Optional<Act> sharedAct, Optional<Places> places) {
    public LintReport {
        findings = List.copyOf(findings);
    }

    /// The digest by which scripts name the file, where it is a part of scripts.
    public Optional<Digest> part() {
        return sharedAct.flatMap(Act::from).map(Part::digest);
    }

    /// Whether a ceremony may be held by it: warnings are for people to judge, errors are not.
    public boolean usable() {
        return script.isPresent() && noErrors();
    }

    /// Whether it is what it should be: a script that can be performed, or a part of one.
    public boolean sound() {
        return (script.isPresent() || sharedAct.isPresent()) && noErrors();
    }

    private boolean noErrors() {
        return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
