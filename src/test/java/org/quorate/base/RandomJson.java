package org.quorate.base;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Makes JSON values of the ledger's form from a seed, so that a failure names the number that brings it back.
final class RandomJson {
    private static final String KEY_LETTERS = "abcxyz019_";
    private static final List<String> PIECES = List.of(
            "a",
            "Z",
            " ",
            "\"",
            "\\",
            "/",
            "\b",
            "\f",
            "\n",
            "\r",
            "\t",
            "\u0000",
            "\u001f",
            "\u007f",
            "é",
            "€",
            "漢",
            "\u2028",
            "\ufeff",
            "\ud83d\ude00",
            "\udbff\udfff");

    private final Random random;

    RandomJson(long seed) {
        random = new Random(seed);
    }

    Json value() {
        return value(4);
    }

    Json.Obj object() {
        return object(4);
    }

    private Json value(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> new Json.Null();
            case 1 -> new Json.Bool(random.nextBoolean());
            case 2 -> new Json.Int(integer());
            case 3 -> new Json.Str(string());
            case 4 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    private long integer() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(-10, 11);
            case 1 -> Json.MAX_SAFE;
            case 2 -> -Json.MAX_SAFE;
            default -> random.nextLong(-Json.MAX_SAFE, Json.MAX_SAFE + 1);
        };
    }

    private String string() {
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private String key() {
        var text = new StringBuilder();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            text.append(KEY_LETTERS.charAt(random.nextInt(KEY_LETTERS.length())));
        }
        return text.toString();
    }

    private Json.Arr array(int depth) {
        var items = new ArrayList<Json>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(value(depth));
        }
        return new Json.Arr(items);
    }

    private Json.Obj object(int depth) {
        Map<String, Json> members = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            members.put(key(), value(depth));
        }
        return new Json.Obj(members);
    }
}
