package org.quorate.record;

import java.util.stream.Collectors;
import org.quorate.base.Json;
import org.quorate.base.Texts;

/// A JSON value as a person reads it.
final class Plain {
    private Plain() {}

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
