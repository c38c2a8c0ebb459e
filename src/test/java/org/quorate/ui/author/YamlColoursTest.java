package org.quorate.ui.author;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlColoursTest {
    /// One letter for each character: how it is coloured.
    private static String drawn(String line, boolean prose) {
        return Arrays.stream(YamlColours.of(line, prose))
                .map(style -> switch (style) {
                    case YamlColours.KEY -> "k";
                    case YamlColours.DASH -> "d";
                    case YamlColours.TEXT -> "t";
                    case YamlColours.COMMENT -> "c";
                    case YamlColours.VALUE -> "v";
                    case YamlColours.PARAMETER -> "p";
                    case YamlColours.HIDDEN -> "h";
                    default -> ".";
                })
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "title: Opening                | kkkkkk........",
                "- kind: confirm               | ddkkkkk........",
                "minutes: 5 # at most          | kkkkkkkk.v.ccccccccc",
                "version: \"0.1\" # first       | kkkkkkkk.ttttt.ccccccc",
                "# a remark                    | cccccccccc",
                "text: a # in \"quotes\"        | kkkkk...ccccccccccccc",
                "text: \"a # b\"                | kkkkk.ttttttt",
                "- use: {file: a, digest: \"b\"} | ddkkkk..kkkkk....kkkkkkk.ttt.",
                "token: ${hsm}                 | kkkkkk.pppppp",
                "say: >-                       | kkkk...",
                "count: 3 people               | kkkkkk........."
            })
    void words_haveTheColourOfWhatTheyMean(String line, String expected) {
        assertThat(drawn(line, false)).isEqualTo(expected);
    }

    @Test
    void proseUnderABlock_isText_howeverItLooks() {
        List<String> lines =
                List.of("steps:", "  - say: >-", "      title: no key", "", "      # no remark", "    by: x");

        assertThat(IntStream.range(0, lines.size()).filter(i -> YamlColours.isProse(lines, i)))
                .containsExactly(2, 3, 4);
        assertThat(drawn("title: no key", true)).isEqualTo("t".repeat(13));
    }

    @Test
    void whatHides_isDrawnAsASign_andTheTextKeepsItsLength() {
        String line = "a\u202eb\tc\u00a0d" + Character.toString(0xE0101);

        assertThat(YamlColours.shown(line)).isEqualTo("a□b→c□d□□").hasSameSizeAs(line);
        assertThat(drawn(line, false)).isEqualTo(".h.h.h.hh");
    }

    @Test
    void aLineOfAMegabyte_isLeftPlain() {
        assertThat(YamlColours.of("k: \"" + "x".repeat(1 << 20), false)).containsOnly(YamlColours.PLAIN);
    }
}
