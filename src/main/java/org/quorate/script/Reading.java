package org.quorate.script;

import java.util.List;

/// What came of reading a file: a script whose form is right, or every reason why it is not one.
public sealed interface Reading {

    record Read(Script script, Places places) implements Reading {}

    record Refused(List<Finding> findings) implements Reading {
        public Refused {
            findings = List.copyOf(findings);
            if (findings.isEmpty()) {
                throw new IllegalArgumentException("a refusal says why");
            }
        }
    }
}
