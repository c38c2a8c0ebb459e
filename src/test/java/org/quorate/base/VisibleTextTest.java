package org.quorate.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
    @ParameterizedTest
    @ValueSource(
            ints = {0x00, 0x0A, 0x1B, 0x7F, 0x85, 0xA0, 0xAD, 0x200B, 0x200E, 0x202E, 0x2028, 0x2066, 0xFEFF, 0x3164})
    void of_characterThatDeceives_isSpelledOut(int point) {
        assertThat(VisibleText.of("a" + Character.toString(point) + "b"))
                .isEqualTo("a[U+" + String.format("%04X", point) + "]b");
    }

    @Test
    void of_lettersOfManyScripts_stayAsTheyAre() {
        String text = "Gergő Szabó, Łódź, Ελλάδα, Київ, 鍵 – \"quoted\" · 100 %";
        assertThat(VisibleText.of(text)).isSameAs(text);
    }
}
