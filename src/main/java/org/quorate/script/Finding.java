package org.quorate.script;

import java.util.Locale;
import org.quorate.base.Json;
import org.quorate.base.Texts;

/// What lint says about one place of a script.
///
/// @param rule a stable id, such as `unknown-key`, under which the documents explain it
public record Finding(String file, Place place, String rule, Severity severity, String message, String mend) {

    public enum Severity {
        ERROR,
        WARNING,
        /// The script says why it is accepted; it is still said.
        WAIVED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public int line() {
        return place.line();
    }

    public int column() {
        return place.column();
    }

    /// `file:line:column: error: message [rule]`, the form that editors understand.
    public String text() {
        return file + ":" + line() + ":" + column() + ": " + severity.word() + ": " + message + " [" + rule + "] "
                + mend;
    }

    /// The same, which holds only where people decide so.
    Finding onlyWhere(String decided) {
        return new Finding(file, place, rule, severity, Texts.get("script.only_where", message, decided), mend);
    }

    Finding waived(String reason) {
        return new Finding(file, place, rule, Severity.WAIVED, message, Texts.get("script.waived_because", reason));
    }

    public Json.Obj toJson() {
        return Json.obj()
                .put("file", file)
                .put("line", line())
                .put("column", column())
                .put("rule", rule)
                .put("severity", severity.word())
                .put("message", message)
                .put("mend", mend)
                .build();
    }
}
