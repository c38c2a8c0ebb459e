package org.quorate.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final int SEEDS = 2000;

    @Test
    void parse_ofTheCanonicalBytes_givesTheSameValue() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Json value = new RandomJson(seed).value();

            assertThat(Json.parse(value.canonical())).as("seed %d", seed).isEqualTo(value);
        }
    }

    @Test
    void parse_ofTheIndentedText_givesTheSameValue() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Json value = new RandomJson(seed).value();

            assertThat(Json.parse(value.pretty().getBytes(UTF_8)))
                    .as("seed %d", seed)
                    .isEqualTo(value);
        }
    }

    @Test
    void parseCanonicalObject_ofTheIndentedText_isRefusedUnlessItIsTheSame() {
        for (int seed = 0; seed < SEEDS; seed++) {
            byte[] indented = new RandomJson(seed).object().pretty().getBytes(UTF_8);

            assertThatThrownBy(() -> Json.parseCanonicalObject(indented))
                    .as("seed %d", seed)
                    .isInstanceOf(JsonException.class);
        }
    }

    /// Whatever bytes come, the reader answers with a value that survives a round trip, or with its own exception.
    @Test
    void parse_ofDamagedBytes_givesAValueOrAJsonException() {
        int read = 0;
        int refused = 0;
        for (int seed = 0; seed < SEEDS * 5; seed++) {
            byte[] damaged = damage(new RandomJson(seed).value().canonical(), new Random(seed));
            try {
                Json value = Json.parse(damaged);
                assertThat(Json.parse(value.canonical())).as("seed %d", seed).isEqualTo(value);
                read++;
            } catch (JsonException expected) {
                refused++;
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    private static byte[] damage(byte[] bytes, Random random) {
        byte[] copy = bytes.clone();
        switch (random.nextInt(4)) {
            case 0 -> copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
            case 1 -> copy[random.nextInt(copy.length)] = (byte) "{}[]\",:\\0-e.".charAt(random.nextInt(12));
            case 2 -> copy = Arrays.copyOf(copy, random.nextInt(copy.length));
            default -> copy = Arrays.copyOf(copy, copy.length + 1);
        }
        return copy;
    }

    @Test
    void canonical_ofAnObject_sortsKeysAndHasNoSpace() {
        Json.Obj value = Json.obj()
                .put("b", 2)
                .put("a_1", Json.strings(List.of("x", "y")))
                .put("_", true)
                .putNull("1")
                .build();

        assertThat(value.text()).isEqualTo("{\"1\":null,\"_\":true,\"a_1\":[\"x\",\"y\"],\"b\":2}");
    }

    /// The string of RFC 8785, section 3.2.2, and its canonical form there.
    @Test
    void canonical_ofTheStringOfRfc8785_isThatOfTheStandard() {
        byte[] source = "\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"".getBytes(UTF_8);

        assertThat(Json.parse(source).text()).isEqualTo("\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "[,1]",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "{\"a\":1}{",
                "1 1",
                "01",
                "-0",
                "-",
                "+1",
                "1.0",
                "1e3",
                "0x1",
                "9007199254740992",
                "-9007199254740992",
                "99999999999999999999",
                "NaN",
                "tru",
                "truex",
                "nul",
                "'a'",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u１２３４\"",
                "\"\t\"",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "{\"A\":1}",
                "{\"\":1}",
                "{\"a-b\":1}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "\ufeff{}",
                "// x\n{}"
            })
    void parse_ofATextOutsideTheForm_isRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text.getBytes(UTF_8))).isInstanceOf(JsonException.class);
    }

    @Test
    void parse_ofBytesThatAreNotUtf8_isRefused() {
        byte[] overlongSlash = {'"', (byte) 0xc0, (byte) 0xaf, '"'};

        assertThatThrownBy(() -> Json.parse(overlongSlash))
                .isInstanceOf(JsonException.class)
                .hasMessage("the text is not UTF-8");
    }

    @Test
    void parse_ofTooManyLevels_isRefused() {
        assertThat(Json.parse(nested(30))).isInstanceOf(Json.Arr.class);
        assertThatThrownBy(() -> Json.parse(nested(40))).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.parse(nested(1_000_000))).isInstanceOf(JsonException.class);
    }

    @Test
    void writing_ofTooManyLevels_isRefused() {
        Json value = new Json.Null();
        for (int level = 0; level < 32; level++) {
            value = Json.array(List.of(value));
        }
        Json deepest = value;
        assertThat(Json.parse(deepest.canonical())).isEqualTo(deepest);
        Json tooDeep = Json.array(List.of(deepest));
        assertThatThrownBy(tooDeep::canonical).isInstanceOf(JsonException.class);
        assertThatThrownBy(tooDeep::pretty).isInstanceOf(JsonException.class);
    }

    private static byte[] nested(int levels) {
        return ("[".repeat(levels) + "]".repeat(levels)).getBytes(UTF_8);
    }

    @Test
    void construction_ofAnIllegalValue_isRefused() {
        assertThatThrownBy(() -> new Json.Int(1L << 53)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> new Json.Str("\udc00")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.obj().put("Key", 1).build()).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.obj().put("a", 1).put("a", 2)).isInstanceOf(JsonException.class);
    }

    @Test
    void objects_areNotChangedThroughTheirParts() {
        Json.Obj value = Json.obj().put("a", 1).build();

        assertThatThrownBy(() -> value.members().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(value.with("b", Json.of(2)).without("a").text()).isEqualTo("{\"b\":2}");
        assertThat(value.text()).isEqualTo("{\"a\":1}");
    }

    @Test
    void members_ofTheWrongType_areNamed() {
        Json.Obj value = Json.obj().put("a", 1).putNull("n").build();

        assertThatThrownBy(() -> value.string("a")).hasMessage("the member 'a' is not a string");
        assertThatThrownBy(() -> value.string("b")).hasMessage("the member 'b' is missing");
        assertThatThrownBy(() -> value.optionalString("a")).isInstanceOf(JsonException.class);
        assertThat(value.optionalString("n")).isEmpty();
        assertThat(value.optionalObject("missing")).isEmpty();
    }
}
