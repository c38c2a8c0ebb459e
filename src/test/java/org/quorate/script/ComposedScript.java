package org.quorate.script;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.quorate.script.yaml.ScriptReader;

/// A short script whose acts a test writes: administrator, officers, a witness, two tokens and a key.
final class ComposedScript {
    private static final String HEADER = """
            format: quorate-script/1
            id: composed
            version: "1"
            title: Composed
            kind: test
            document: {owner: A, reviewers: [B], approvers: [C], classification: D, retention: E, next_review: 2027-11-30, implements: F}
            roles:
              administrator: {title: Administrator, count: 1, duty: Leads.}
              witness: {title: Witness, count: 1, duty: Watches.}
            """;

    private ComposedScript() {}

    /// @param more further keys of the header
    static String text(String more, String acts) {
        return HEADER + more + "acts:\n" + acts;
    }

    static String act(String id, String steps) {
        return "  - id: " + id + "\n    title: An act\n    steps:\n" + steps;
    }

    static String step(String kind, String id, String... fields) {
        var text = new StringBuilder("      - kind: " + kind + "\n        id: " + id + "\n        title: Do it\n"
                + "        say: Do it now.\n        by: administrator\n        witnessed_by: witness\n"
                + "        minutes: 1\n");
        for (String field : fields) {
            text.append("        ").append(field).append('\n');
        }
        return text.toString();
    }

    static String confirm(String id, String... fields) {
        return step("confirm", id, fields) + "        statement: It is so.\n";
    }

    /// What every ceremony opens and closes with.
    static String opening() {
        return act(
                "opening",
                step("read_script_digest", "read-digest")
                        + step("roll_call", "call-roll")
                        + step("check_clock", "clock", "max_offset_seconds: 30")
                        + step("check_workstation", "workstation"));
    }

    static String closing() {
        return act("closing", step("read_exceptions", "exceptions") + step("close_ceremony", "close"));
    }

    /// An act in a file of its own.
    static String part(String id, String expects, String steps) {
        return "format: quorate-act/1\nid: " + id + "\ntitle: A part\n" + expects + "steps:\n"
                + steps.replaceAll("(?m)^ {4}", "");
    }

    static String use(String file, String text) {
        return "  - use: {file: " + file + ", digest: \"" + PartFiles.digest(text) + "\"}\n";
    }

    static LintReport lint(String text) {
        return lint(text, Map.of());
    }

    static LintReport lint(String text, Map<String, String> parts) {
        return new Linter(new ScriptReader())
                .check("scripts/a.yaml", text.getBytes(StandardCharsets.UTF_8), PartFiles.of(parts));
    }
}
