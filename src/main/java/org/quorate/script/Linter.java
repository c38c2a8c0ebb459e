package org.quorate.script;

import java.util.List;
import java.util.Optional;

/// The one way from bytes to a judged script: read strictly, then played against the model of the world.
public final class Linter {
    private final ScriptFormat format;

    public Linter(ScriptFormat format) {
        this.format = format;
    }

    public LintReport check(String fileName, byte[] bytes) {
        return check(fileName, bytes, Parts.NONE);
    }

    public LintReport check(String fileName, byte[] bytes, Parts parts) {
        return switch (format.read(fileName, bytes, parts)) {
            case Reading.Refused(var findings) ->
                new LintReport(findings, Optional.empty(), Optional.empty(), Optional.empty());
            case Reading.ReadPart(var _, var act, var places) ->
                new LintReport(List.of(), Optional.empty(), Optional.of(act), Optional.of(places));
            case Reading.Read(var script, var places) ->
                new LintReport(Lint.check(script, places), Optional.of(script), Optional.empty(), Optional.of(places));
        };
    }
}
