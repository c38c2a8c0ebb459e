package org.quorate.script;

import java.util.Optional;

/// The one way from bytes to a judged script: read strictly, then played against the model of the world.
public final class Linter {
    private final ScriptFormat format;

    public Linter(ScriptFormat format) {
        this.format = format;
    }

    public LintReport check(String fileName, byte[] bytes) {
        return switch (format.read(fileName, bytes)) {
            case Reading.Refused(var findings) -> new LintReport(findings, Optional.empty());
            case Reading.Read(var script, var places) ->
                new LintReport(Lint.check(script, places), Optional.of(script));
        };
    }
}
