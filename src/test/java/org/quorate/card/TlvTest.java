package org.quorate.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TlvTest {
    private static final List<Integer> TAGS = List.of(0x30, 0x53, 0x7c, 0x5f2f, 0x5fc102, 0x7e);

    @Test
    void parse_givesBackWhatWasWritten_atEveryLength() {
        var random = new Random(7);
        for (int length : List.of(0, 1, 0x7f, 0x80, 0xff, 0x100, 0x3fff, 0xffff)) {
            int tag = TAGS.get(random.nextInt(TAGS.size()));
            byte[] value = new byte[length];
            random.nextBytes(value);

            List<Tlv> read = Tlv.parse(Tlv.of(tag, value)).orElseThrow();

            assertThat(read).hasSize(1);
            assertThat(read.getFirst().tag()).isEqualTo(tag);
            assertThat(read.getFirst().value()).isEqualTo(value);
        }
    }

    @Test
    void parse_refusesEveryPart_ofAnObject() {
        byte[] whole = Tlv.of(0x5fc102, new byte[300]);
        for (int length = 1; length < whole.length; length++) {
            assertThat(Tlv.parse(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isEmpty();
        }
    }

    @Test
    void parse_ofAnything_neverThrows() {
        var random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            random.nextBytes(bytes);
            Tlv.parse(bytes)
                    .ifPresent(all -> assertThat(all.stream()
                                    .mapToInt(one -> one.value().length)
                                    .sum())
                            .isLessThan(bytes.length + 1));
        }
    }

    @Test
    void find_takesTheFirstOfSeveral_andNothingWhereThereIsNone() {
        byte[] two = Tlv.find(
                        Tlv.of(0x7c, Tlv.of(0x82), Tlv.of(0x81, new byte[] {1}), Tlv.of(0x81, new byte[] {2})), 0x7c)
                .orElseThrow();

        assertThat(Tlv.find(two, 0x81))
                .hasValueSatisfying(value -> assertThat(value).containsExactly(1));
        assertThat(Tlv.find(two, 0x85)).isEmpty();
    }
}
