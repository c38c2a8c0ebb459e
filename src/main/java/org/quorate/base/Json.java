package org.quorate.base;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The ledger's JSON: RFC 8785 (JCS) with less in it. Keys are `[a-z0-9_]+`, numbers are integers below 2^53 in size,
/// strings have no lone surrogates, and there are no floats and no duplicate keys. A value that would break the form
/// cannot be built, so whatever is written is canonical.
public sealed interface Json {

    /// The largest integer every JSON reader keeps exactly.
    long MAX_SAFE = (1L << 53) - 1;

    /// How deep values may nest, read or written.
    int MAX_DEPTH = 32;

    /// An object; its members stand in the order of their keys.
    record Obj(Map<String, Json> members) implements Json {
        public Obj {
            var sorted = new TreeMap<String, Json>();
            members.forEach((key, value) -> {
                if (!JsonWriter.isKey(key)) {
                    throw new JsonException("the key '" + key + "' is not of the form [a-z0-9_]+");
                }
                sorted.put(key, value);
            });
            members = Collections.unmodifiableMap(sorted);
        }

        public Optional<Json> get(String key) {
            return Optional.ofNullable(members.get(key));
        }

        public boolean has(String key) {
            return members.containsKey(key);
        }

        public String string(String key) {
            if (require(key) instanceof Str(var value)) {
                return value;
            }
            throw wrong(key, "a string");
        }

        public long integer(String key) {
            if (require(key) instanceof Int(var value)) {
                return value;
            }
            throw wrong(key, "an integer");
        }

        public boolean bool(String key) {
            if (require(key) instanceof Bool(var value)) {
                return value;
            }
            throw wrong(key, "true or false");
        }

        public Obj object(String key) {
            if (require(key) instanceof Obj o) {
                return o;
            }
            throw wrong(key, "an object");
        }

        public List<Json> array(String key) {
            if (require(key) instanceof Arr(var items)) {
                return items;
            }
            throw wrong(key, "an array");
        }

        public List<String> strings(String key) {
            var values = new ArrayList<String>();
            for (Json item : array(key)) {
                if (!(item instanceof Str(var value))) {
                    throw wrong(key, "an array of strings");
                }
                values.add(value);
            }
            return values;
        }

        public List<Obj> objects(String key) {
            var values = new ArrayList<Obj>();
            for (Json item : array(key)) {
                if (!(item instanceof Obj object)) {
                    throw wrong(key, "an array of objects");
                }
                values.add(object);
            }
            return values;
        }

        /// A SHA-256 value as 64 hex digits.
        public Digest digest(String key) {
            return Digest.ofHex(string(key))
                    .orElseThrow(() -> new JsonException("the member '" + key + "' is not 64 hex digits"));
        }

        public Optional<Digest> optionalDigest(String key) {
            return isAbsent(key) ? Optional.empty() : Optional.of(digest(key));
        }

        /// Empty where the key is missing or null; any other type than a string is an error.
        public Optional<String> optionalString(String key) {
            return isAbsent(key) ? Optional.empty() : Optional.of(string(key));
        }

        public Optional<Obj> optionalObject(String key) {
            return isAbsent(key) ? Optional.empty() : Optional.of(object(key));
        }

        public Obj without(String key) {
            var copy = new TreeMap<>(members);
            copy.remove(key);
            return new Obj(copy);
        }

        public Obj with(String key, Json value) {
            var copy = new TreeMap<>(members);
            copy.put(key, value);
            return new Obj(copy);
        }

        private boolean isAbsent(String key) {
            Json value = members.get(key);
            return value == null || value instanceof Null;
        }

        private Json require(String key) {
            Json value = members.get(key);
            if (value == null) {
                throw new JsonException("the member '" + key + "' is missing");
            }
            return value;
        }

        private static JsonException wrong(String key, String wanted) {
            return new JsonException("the member '" + key + "' is not " + wanted);
        }
    }

    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    record Str(String value) implements Json {
        public Str {
            JsonWriter.refuseLoneSurrogates(value);
        }
    }

    record Int(long value) implements Json {
        public Int {
            if (value > MAX_SAFE || value < -MAX_SAFE) {
                throw new JsonException("the integer " + value + " is not below 2^53 in size");
            }
        }
    }

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    /// The one byte string that stands for this value.
    default byte[] canonical() {
        return JsonWriter.compact(this).getBytes(StandardCharsets.UTF_8);
    }

    default String text() {
        return JsonWriter.compact(this);
    }

    /// Indented, for files that people open; the same value.
    default String pretty() {
        return JsonWriter.pretty(this) + "\n";
    }

    /// Reads any JSON text of the restricted form, canonical or not.
    ///
    /// @throws JsonException where the text is not of that form
    static Json parse(byte[] utf8) {
        return JsonReader.read(utf8);
    }

    static Json.Obj parseObject(byte[] utf8) {
        if (parse(utf8) instanceof Obj object) {
            return object;
        }
        throw new JsonException("the text is not a JSON object");
    }

    /// Reads the text and refuses it where its bytes are not the canonical ones.
    static Json.Obj parseCanonicalObject(byte[] utf8) {
        Obj value = parseObject(utf8);
        if (!Arrays.equals(value.canonical(), utf8)) {
            throw new JsonException("the text is not in canonical form");
        }
        return value;
    }

    static Json of(String value) {
        return new Str(value);
    }

    static Json of(long value) {
        return new Int(value);
    }

    static Json of(boolean value) {
        return new Bool(value);
    }

    static Arr strings(Iterable<String> values) {
        var items = new ArrayList<Json>();
        values.forEach(value -> items.add(new Str(value)));
        return new Arr(items);
    }

    static Arr integers(Iterable<Long> values) {
        var items = new ArrayList<Json>();
        values.forEach(value -> items.add(new Int(value)));
        return new Arr(items);
    }

    static Arr array(List<? extends Json> values) {
        return new Arr(List.copyOf(values));
    }

    static Builder obj() {
        return new Builder();
    }

    /// Collects members; a key given twice is an error.
    final class Builder {
        private final TreeMap<String, Json> members = new TreeMap<>();

        private Builder() {}

        public Builder put(String key, Json value) {
            if (members.put(key, value) != null) {
                throw new JsonException("the key '" + key + "' is given twice");
            }
            return this;
        }

        public Builder put(String key, String value) {
            return put(key, new Str(value));
        }

        public Builder put(String key, long value) {
            return put(key, new Int(value));
        }

        public Builder put(String key, boolean value) {
            return put(key, new Bool(value));
        }

        public Builder putNull(String key) {
            return put(key, new Null());
        }

        /// Leaves the member out where there is none.
        public Builder putIfPresent(String key, Optional<? extends Json> value) {
            value.ifPresent(given -> put(key, given));
            return this;
        }

        public Builder put(String key, Optional<String> value) {
            return put(key, value.<Json>map(Str::new).orElseGet(Null::new));
        }

        public Obj build() {
            return new Obj(members);
        }
    }
}
