package org.quorate.record;

import java.util.stream.Collectors;
import org.quorate.base.Json;
import org.quorate.base.Texts;

/// A JSON value as a person reads it.
final class Plain {
    private Plain() {}

    /// A word of the ledger in words for people; one that this version does not know stays as it is, since a record
    /// must
    /// be made of any ledger.
    static String word(String prefix, String wire) {
        return Texts.has(prefix + wire) ? Texts.get(prefix + wire) : wire.replace('_', ' ');
    }

    static String text(Json value) {
        return switch (value) {
            case Json.Str(var text) -> text;
            case Json.Int(var number) -> Long.toString(number);
            case Json.Bool(var yes) -> Texts.get(yes ? "record.true" : "record.false");
            case Json.Null() -> "";
            case Json.Arr(var items) -> items.stream().map(Plain::text).collect(Collectors.joining(", "));
            case Json.Obj(var members) ->
                members.entrySet().stream()
                        .map(member -> member.getKey().replace('_', ' ') + " " + text(member.getValue()))
                        .collect(Collectors.joining(", "));
        };
    }
}
