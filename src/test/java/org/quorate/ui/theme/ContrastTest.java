package org.quorate.ui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// WCAG 2.2 AA over the colours of the style sheet, in both themes.
class ContrastTest {
    private static final Pattern TOKEN = Pattern.compile("(-(?:color|q)-[a-z-]+):\\s*(#[0-9a-f]{6});");

    @ParameterizedTest
    @CsvSource({
        "-color-fg-default, -q-ground",
        "-color-fg-default, -q-side",
        "-color-fg-default, -color-accent-subtle",
        "-color-fg-default, -color-danger-subtle",
        "-color-fg-default, -color-warning-subtle",
        "-color-fg-muted, -q-ground",
        "-color-fg-muted, -q-side",
        "-color-fg-muted, -color-accent-subtle",
        "-color-fg-muted, -color-bg-subtle",
        "-color-accent-fg, -q-ground",
        "-color-success-fg, -color-success-subtle",
        "-color-success-fg, -q-ground",
        "-color-warning-fg, -color-warning-subtle",
        "-color-warning-fg, -q-side",
        "-color-warning-fg, -q-ground",
        "-color-danger-fg, -color-danger-subtle",
        "-color-danger-fg, -q-ground",
        "-color-danger-fg, -q-side",
        "-q-rehearsal-fg, -q-rehearsal-bg",
        "-q-rehearsal-pill-fg, -q-rehearsal-pill",
        "-q-live-fg, -q-live-bg",
        "-q-live-pill-fg, -q-live-pill"
    })
    void text_isReadable(String text, String ground) throws IOException {
        assertThat(ratio(text, ground, false)).as("light").isGreaterThanOrEqualTo(4.5);
        assertThat(ratio(text, ground, true)).as("dark").isGreaterThanOrEqualTo(4.5);
    }

    @ParameterizedTest
    @CsvSource({"-q-field-border, -q-ground", "-color-accent-fg, -q-ground", "-color-accent-fg, -q-side"})
    void bordersThatMeanSomething_areSeen(String border, String ground) throws IOException {
        assertThat(ratio(border, ground, false)).as("light").isGreaterThanOrEqualTo(3);
        assertThat(ratio(border, ground, true)).as("dark").isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"-color-accent-emphasis", "-color-danger-emphasis"})
    void whiteOnAButton_isReadable(String ground) throws IOException {
        assertThat(contrast("#ffffff", tokens(false).get(ground))).isGreaterThanOrEqualTo(4.5);
        assertThat(contrast("#ffffff", tokens(true).get(ground))).isGreaterThanOrEqualTo(4.5);
    }

    private static double ratio(String one, String other, boolean dark) throws IOException {
        Map<String, String> tokens = tokens(dark);
        assertThat(tokens).containsKeys(one, other);
        return contrast(tokens.get(one), tokens.get(other));
    }

    private static Map<String, String> tokens(boolean dark) throws IOException {
        try (InputStream in = ContrastTest.class.getResourceAsStream("quorate.css")) {
            String css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int second = css.indexOf(".root:dark {");
            var tokens = new HashMap<String, String>();
            read(css.substring(0, second), tokens);
            if (dark) {
                read(css.substring(second, css.indexOf('}', second)), tokens);
            }
            return tokens;
        }
    }

    private static void read(String css, Map<String, String> into) {
        TOKEN.matcher(css).results().forEach(found -> into.put(found.group(1), found.group(2)));
    }

    private static double contrast(String one, String other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(String hex) {
        return 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
    }

    private static double channel(String hex, int at) {
        double value = Integer.parseInt(hex.substring(at, at + 2), 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
