package org.quorate.script;

import java.util.List;

/// What came of reading a file: a script or a part of scripts whose form is right, or every reason why it is neither.
public sealed interface Reading {

    record Read(Script script, Places places) implements Reading {}

    /// An act for scripts to use. What it does can be judged in a script only.
    ///
    /// @param act from `part`
    record ReadPart(Part part, Act act, Places places) implements Reading {}

    record Refused(List<Finding> findings) implements Reading {
        public Refused {
            findings = List.copyOf(findings);
            if (findings.isEmpty()) {
                throw new IllegalArgumentException("a refusal says why");
            }
        }
    }
}
