package org.quorate.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.quorate.base.Json;
import org.quorate.base.JsonException;

class GenesisTest {
    private final LedgerFixture fixture = new LedgerFixture();

    @Test
    void fromJson_ofWhatToJsonWrote_isTheSame() {
        Genesis genesis = fixture.genesis();

        assertThat(Genesis.fromJson(fixture.ledger, genesis.toJson())).isEqualTo(genesis);
        assertThat(genesis.origin()).isEqualTo("quorate.invalid/" + fixture.ledger);
    }

    @Test
    void genesis_ofAQuorumThatCannotBeMet_cannotBeMade() {
        for (long[] quorum : new long[][] {{0, 3}, {4, 3}, {-1, -1}}) {
            assertThatThrownBy(() -> new Genesis(
                            fixture.ledger,
                            Genesis.Mode.LIVE,
                            quorum[0],
                            quorum[1],
                            fixture.genesis().keys(),
                            Optional.empty()))
                    .isInstanceOf(JsonException.class);
        }
    }

    @Test
    void genesis_withoutOneConsoleKey_cannotBeMade() {
        LedgerKey console = LedgerKey.ofConsole(fixture.console.spki());
        LedgerKey other = LedgerKey.ofConsole(fixture.wil.spki());
        for (List<LedgerKey> keys : List.of(
                List.of(fixture.ann.key()),
                List.of(console, other),
                List.of(console, fixture.ann.key(), fixture.ann.key()))) {
            assertThatThrownBy(() -> new Genesis(fixture.ledger, Genesis.Mode.LIVE, 1, 1, keys, Optional.empty()))
                    .isInstanceOf(JsonException.class);
        }
    }

    @Test
    void ledgerKey_ofAnIllegalKind_cannotBeMade() {
        byte[] spki = fixture.ann.spki();
        assertThatThrownBy(
                        () -> new LedgerKey(LedgerKey.Role.PERSON, Optional.empty(), List.of(), spki, Optional.empty()))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> new LedgerKey(
                        LedgerKey.Role.CONSOLE, Optional.empty(), List.of("officer"), spki, Optional.empty()))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void fromJson_ofAKeyUnderAnotherId_isRefused() {
        Json.Obj wrong = fixture.ann
                .key()
                .toJson()
                .with("id", Json.of(fixture.bob.keyId().hex()));

        assertThatThrownBy(() -> LedgerKey.fromJson(wrong)).isInstanceOf(JsonException.class);
    }

    @Test
    void fromJson_withoutAnyOneMember_isRefused() {
        Json.Obj genesis = fixture.genesis().toJson();
        for (String member : genesis.members().keySet()) {
            assertThatThrownBy(() -> Genesis.fromJson(fixture.ledger, genesis.without(member)))
                    .as(member)
                    .isInstanceOf(JsonException.class);
        }
        Json.Obj key = fixture.ann.key().toJson();
        for (String member : key.members().keySet()) {
            assertThatThrownBy(() -> LedgerKey.fromJson(key.without(member)))
                    .as(member)
                    .isInstanceOf(JsonException.class);
        }
    }

    @Test
    void counting_ofAKey_isFromItsEntryToItsRetirement() {
        LedgerKeys keys =
                LedgerKeys.of(fixture.genesis()).with(fixture.dora.key(), 10).without(fixture.dora.keyId(), 20);

        assertThat(keys.counting(fixture.dora.keyId(), 10)).isEmpty();
        assertThat(keys.counting(fixture.dora.keyId(), 11)).isPresent();
        assertThat(keys.counting(fixture.dora.keyId(), 20)).isPresent();
        assertThat(keys.counting(fixture.dora.keyId(), 21)).isEmpty();
        assertThat(keys.known(fixture.dora.keyId())).isPresent();
        assertThat(keys.console()).contains(LedgerKey.ofConsole(fixture.console.spki()));
    }

    @Test
    void sentence_ofEveryRule_isInTheTexts() {
        for (Rule rule : Rule.values()) {
            assertThat(rule.sentence()).endsWith(".");
        }
    }
}
