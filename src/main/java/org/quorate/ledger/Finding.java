package org.quorate.ledger;

import java.util.Locale;
import java.util.OptionalLong;
import org.quorate.base.Json;

/// A rule that was not kept.
///
/// @param seq the entry; empty where the finding is about the file as a whole
/// @param expected what the rule wants here
/// @param found what stands there
public record Finding(OptionalLong seq, Rule rule, String expected, String found) {

    public static Finding at(long seq, Rule rule, String expected, String found) {
        return new Finding(OptionalLong.of(seq), rule, expected, found);
    }

    public static Finding ofFile(Rule rule, String expected, String found) {
        return new Finding(OptionalLong.empty(), rule, expected, found);
    }

    public Rule.Severity severity() {
        return rule.severity();
    }

    public boolean isError() {
        return severity() == Rule.Severity.ERROR;
    }

    public Json.Obj toJson() {
        Json.Builder json = Json.obj()
                .put("rule", rule.wire())
                .put("severity", severity().name().toLowerCase(Locale.ROOT))
                .put("expected", expected)
                .put("found", found);
        return seq.isPresent()
                ? json.put("seq", seq.getAsLong()).build()
                : json.putNull("seq").build();
    }
}
