package org.quorate.ui.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.quorate.base.Json;
import org.quorate.ledger.Draft;
import org.quorate.ledger.EntryType;
import org.quorate.ui.demo.DemoLedger;

class EntryWordsTest {
    @ParameterizedTest
    @EnumSource(EntryType.class)
    void of_anEntryThatLacksItsData_stillSaysWhatItIs(EntryType type) {
        String words = words(type, Json.obj().build());

        assertThat(words).isNotBlank().doesNotContain("{", "_", "null");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OUTCOME | result | unknown | Outcome: unknown
            INTENT | op | generate_key_pair | Intent: generate key pair
            STEP_END | result | overridden | The step ended: overridden
            PAUSE | why | lunch | Paused: lunch
            RECONCILE | finding | not_done | Finding: not done
            """)
    void of_anEntry_saysItsEssence(EntryType type, String key, String value, String expected) {
        assertThat(words(type, Json.obj().put(key, value).build())).isEqualTo(expected);
    }

    private static String words(EntryType type, Json.Obj data) {
        try (var ledger = new DemoLedger()) {
            return EntryWords.of(ledger.append(Draft.ofLedger(type, data)), id -> id, key -> Optional.empty());
        }
    }
}
