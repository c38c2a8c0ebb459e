package org.quorate.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.ledger.Entry;
import org.quorate.ledger.Head;
import org.quorate.ledger.LedgerFixture;

class SqliteLedgerTest {
    private final LedgerFixture fixture = new LedgerFixture();

    @TempDir
    private Path folder;

    @Test
    void open_afterAWholeCeremony_findsEveryEntryAndTheSameHead() {
        Path path = folder.resolve("ledger.db");
        Head head;
        try (SqliteLedger ledger = fixture.create(path)) {
            fixture.play(ledger);
            head = ledger.head();
        }
        try (SqliteLedger again = fixture.open(path)) {
            assertThat(again.head()).isEqualTo(head);
            assertThat(again.verification().findings()).isEmpty();
            assertThat(again.ofCeremony(LedgerFixture.CEREMONY)).isNotEmpty();
            assertThat(again.range(0, head.size()).stream().map(Entry::seq)).hasSize((int) head.size());
            assertThat(again.keys().known(fixture.dora.keyId())).isPresent();
        }
    }
}
