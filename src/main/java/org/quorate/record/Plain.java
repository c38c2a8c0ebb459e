package org.quorate.record;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.quorate.base.Fingerprints;
import org.quorate.base.Json;
import org.quorate.base.Texts;

/// A JSON value as a person reads it.
final class Plain {
    private static final Pattern HEX = Pattern.compile("\\b(?:[0-9a-f]{4}){8,}\\b");

    private Plain() {}

    /// A word of the ledger in words for people; one that this version does not know stays as it is, since a
    /// record must be made of any ledger.
    static String word(String prefix, String wire) {
        return Texts.has(prefix + wire) ? Texts.get(prefix + wire) : wire.replace('_', ' ');
    }

    /// Long hex within a text in groups of four, the form in which people compare it.
    static String grouped(String text) {
        return HEX.matcher(text).replaceAll(hex -> Fingerprints.groups(hex.group()));
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
