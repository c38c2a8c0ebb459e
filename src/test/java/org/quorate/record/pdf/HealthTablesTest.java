package org.quorate.record.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTablesTest {
    @Test
    void bars_areAsHighAsTheirShareOfTheFullest_andADotIsNone() {
        assertThat(HealthTables.bars(List.of(0L, 1L, 4L, 8L, 0L))).isEqualTo("·▁▄█·");
    }

    @Test
    void bars_ofOneCallAmongMany_canStillBeSeen() {
        assertThat(HealthTables.bars(List.of(1L, 1_000_000L))).isEqualTo("▁█");
    }
}
