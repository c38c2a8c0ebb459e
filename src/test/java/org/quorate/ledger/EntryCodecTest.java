package org.quorate.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.ProblemException;
import org.quorate.base.UtcTime;

class EntryCodecTest {
    private static final EntryCodec.Place PLACE =
            new EntryCodec.Place(new LedgerFixture().ledger, 7, Digest.of(new byte[] {1}), LedgerFixture.RUN);
    private static final LedgerClock.Moment NOON =
            new LedgerClock.Moment(Instant.parse("2026-11-22T12:00:00Z"), LedgerFixture.BOOT, 42);

    private static Entry encode(Json.Obj data) {
        return EntryCodec.encode(
                Draft.ofStep(EntryType.OBSERVATION, LedgerFixture.CEREMONY, "look", data), PLACE, NOON);
    }

    @Test
    void encode_ofADraft_writesTheTwelveFieldsInCanonicalForm() {
        Entry entry = encode(Json.obj().put("a", 1).build());

        assertThat(new String(entry.body(), UTF_8))
                .isEqualTo("{\"boot\":\"" + LedgerFixture.BOOT + "\",\"cer\":\"" + LedgerFixture.CEREMONY
                        + "\",\"data\":{\"a\":1},\"led\":\"" + PLACE.ledger() + "\",\"prev\":\""
                        + PLACE.prev().hex() + "\",\"run\":\"" + LedgerFixture.RUN
                        + "\",\"seq\":7,\"step\":\"look\",\"ts\":\"2026-11-22T12:00:00.000Z\""
                        + ",\"type\":\"observation\",\"up_us\":42,\"v\":1}");
        assertThat(entry.leaf()).isEqualTo(Proofs.leafOf(entry.body()));
    }

    @Test
    void decode_ofWhatWasEncoded_givesEveryFieldBack() {
        Entry entry =
                encode(Json.obj().put("text", "Kök \"anahtar\" \n\u0001 😀").build());
        Entry read = EntryCodec.decode(entry.body());

        assertThat(read.seq()).isEqualTo(7);
        assertThat(read.prev()).isEqualTo(PLACE.prev());
        assertThat(read.time()).isEqualTo(NOON.time());
        assertThat(read.boot()).isEqualTo(NOON.boot());
        assertThat(read.up()).isEqualTo(42);
        assertThat(read.run()).isEqualTo(LedgerFixture.RUN);
        assertThat(read.type()).isEqualTo(EntryType.OBSERVATION);
        assertThat(read.ceremony()).contains(LedgerFixture.CEREMONY);
        assertThat(read.step()).contains("look");
        assertThat(read.data().string("text")).isEqualTo("Kök \"anahtar\" \n\u0001 😀");
    }

    @Test
    void decode_ofAStepWithAnEscape_unescapesIt() {
        var draft = new Draft(
                EntryType.PAUSE,
                Optional.empty(),
                Optional.of("a\"b\\c"),
                Json.obj().build(),
                List.of());
        Entry read = EntryCodec.decode(EntryCodec.encode(draft, PLACE, NOON).body());

        assertThat(read.step()).contains("a\"b\\c");
        assertThat(read.ceremony()).isEmpty();
    }

    @Test
    void encode_ofMoreThanABodyHolds_isRefused() {
        Json.Obj data = Json.obj().put("text", "x".repeat(EntryCodec.MAX_BODY)).build();

        assertThatThrownBy(() -> encode(data))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo("ledger.entry_too_long"));
    }

    @Test
    void decode_ofEveryTypeOfEntry_knowsIt() {
        for (EntryType type : EntryType.values()) {
            Entry entry = EntryCodec.encode(Draft.ofLedger(type, Json.obj().build()), PLACE, NOON);
            assertThat(EntryCodec.decode(entry.body()).type()).isEqualTo(type);
        }
    }

    @Test
    void decode_ofABodyCutShort_neverReadsBeyondIt() {
        byte[] body = encode(Json.obj().put("a", "é").put("b", -5).build()).body();
        for (int length = 0; length < body.length; length++) {
            byte[] cut = Arrays.copyOf(body, length);
            assertThatThrownBy(() -> EntryCodec.decode(cut)).isInstanceOf(BrokenEntryException.class);
        }
    }

    @Test
    void decode_ofMutatedBodies_acceptsExactlyWhatTheSlowReadingAccepts() {
        var random = new Random(20261122);
        byte[] body = encode(Json.obj()
                        .put("list", Json.integers(List.of(0L, -1L, 9_007_199_254_740_991L)))
                        .put("text", "Ağ \"x\" \u0001\n é 漢 😀 \\ /")
                        .put("yes", true)
                        .putNull("none")
                        .build())
                .body();
        int accepted = 0;
        for (int round = 0; round < 15_000; round++) {
            byte[] mutated = body.clone();
            int times = 1 + random.nextInt(2);
            for (int i = 0; i < times; i++) {
                int at = random.nextInt(mutated.length);
                mutated[at] =
                        random.nextBoolean() ? mutated[random.nextInt(mutated.length)] : (byte) random.nextInt(256);
            }
            boolean quick = accepts(mutated);
            assertThat(quick).as(new String(mutated, UTF_8)).isEqualTo(slowlyAccepts(mutated));
            accepted += quick ? 1 : 0;
        }
        assertThat(accepted).isGreaterThan(250).isLessThan(14_750);
    }

    private static boolean accepts(byte[] body) {
        try {
            EntryCodec.decode(body);
            return true;
        } catch (BrokenEntryException e) {
            return false;
        }
    }

    /// By way of the general reader of JSON, and of the explanation that is given for broken bodies.
    private static boolean slowlyAccepts(byte[] body) {
        return "something else".equals(BodyDoubt.explain(body).found());
    }

    @Test
    void millis_ofEveryDayOfFourHundredYears_areThoseOfTheCalendar() {
        Instant day = Instant.parse("1900-01-01T00:00:00Z");
        for (int i = 0; i < 146_097; i += 7) {
            String text = UtcTime.format(day);
            assertThat(Timestamp.millis(text.getBytes(UTF_8), 0)).isEqualTo(day.toEpochMilli());
            day = day.plusSeconds(7 * 86_400);
        }
    }

    @Test
    void millis_ofTimesThatAreNone_areNone() {
        for (String text : new String[] {
            "0000-01-01T00:00:00.000Z",
            "2026-00-01T00:00:00.000Z",
            "2026-13-01T00:00:00.000Z",
            "2026-04-31T00:00:00.000Z",
            "1900-02-29T00:00:00.000Z",
            "2026-01-00T00:00:00.000Z",
            "2026-01-01T24:00:00.000Z",
            "2026-01-01T00:60:00.000Z",
            "2026-01-01T00:00:60.000Z",
            "2026-01-01 00:00:00.000Z",
            "2026-01-01T00:00:00,000Z",
            "2026-01-01T00:00:00.000z"
        }) {
            assertThat(Timestamp.millis(text.getBytes(UTF_8), 0)).as(text).isEqualTo(Timestamp.NONE);
        }
    }

    @Test
    void scan_ofDataThatNamesArtefacts_findsExactlyTheFormThatNamesThem() {
        Digest one = Digest.of(new byte[] {1});
        Json.Obj data = Json.obj()
                .put("list", Json.strings(List.of(one.artefactName())))
                .put("bare", one.hex())
                .put("upper", "sha256:" + "A".repeat(64))
                .put("short", "sha256:" + "a".repeat(63))
                .put("longer", one.artefactName() + " ")
                .build();

        assertThat(BodyScanner.scan(encode(data).body()).named()).containsExactly(one);
    }

    @Test
    void decode_ofAnotherLedgersEntry_saysSo() {
        UUID other = UUID.fromString("00000000-0000-4000-8000-000000000000");
        Entry entry = EntryCodec.encode(
                Draft.ofLedger(EntryType.PAUSE, Json.obj().build()),
                new EntryCodec.Place(other, 0, Digest.ZERO, LedgerFixture.RUN),
                NOON);

        assertThat(EntryCodec.decode(entry.body()).ledger()).isEqualTo(other);
    }
}
