package org.quorate.script;

import org.quorate.base.Json;

/// What lint says about one place of a script.
///
/// @param rule a stable id, such as `unknown-key`, under which the documents explain it
/// @param line counted from 1
/// @param column counted from 1
public record Finding(String file, int line, int column, String rule, Severity severity, String message, String mend) {

    public enum Severity {
        ERROR,
        WARNING
    }

    /// `file:line:column: error: message [rule]`, the form that editors understand.
    public String text() {
        String level = severity == Severity.ERROR ? "error" : "warning";
        return file + ":" + line + ":" + column + ": " + level + ": " + message + " [" + rule + "] " + mend;
    }

    public Json.Obj toJson() {
        return Json.obj()
                .put("file", file)
                .put("line", line)
                .put("column", column)
                .put("rule", rule)
                .put("severity", severity == Severity.ERROR ? "error" : "warning")
                .put("message", message)
                .put("mend", mend)
                .build();
    }
}
