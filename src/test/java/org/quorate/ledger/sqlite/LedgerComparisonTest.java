package org.quorate.ledger.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.LedgerComparison;
import org.quorate.ledger.LedgerComparison.Relation;
import org.quorate.ledger.LedgerComparison.Rows;
import org.quorate.ledger.LedgerComparison.Source;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.LedgerRow;
import org.quorate.ledger.Verification;
import org.quorate.ledger.VerifyProgress;

/// A ledger that somebody changed, beside its mirror: how far both agree, and where they part.
class LedgerComparisonTest {
    @TempDir
    private static Path shared;

    private static Path original;
    private static RawLedger rows;
    private static int look;

    @TempDir
    private Path folder;

    @BeforeAll
    static void playACeremony() throws Exception {
        var fixture = new LedgerFixture();
        original = shared.resolve("ledger.db");
        try (SqliteLedger ledger = fixture.create(original)) {
            fixture.play(ledger);
        }
        rows = RawLedger.read(original);
        look = rows.find("observation", 0);
    }

    @Test
    void compare_withTheMirrorAsItWas_findsThemTheSame() throws Exception {
        LedgerComparison comparison = compare(copy().write(folder.resolve("ledger.db")), original);

        assertThat(comparison.relation()).isEqualTo(Relation.SAME);
        assertThat(comparison.agreeing()).isEqualTo(rows.size());
        assertThat(comparison.parting()).isEmpty();
    }

    @Test
    void compare_afterABodyWasEdited_partsThereAlthoughTheLeafIsTheSame() throws Exception {
        RawLedger changed = copy();
        changed.body(look, edited());
        LedgerComparison comparison = compare(changed.write(folder.resolve("ledger.db")), original);

        assertThat(comparison.relation()).isEqualTo(Relation.DIFFERENT);
        assertThat(comparison.agreeing()).isEqualTo(look);
        assertThat(comparison.parting()).isEqualTo(OptionalLong.of(look));
        LedgerRow here = comparison.here().next().orElseThrow();
        LedgerRow mirror = comparison.mirror().next().orElseThrow();
        assertThat(here.leaf()).isEqualTo(mirror.leaf());
        assertThat(here.leafFits()).isFalse();
        assertThat(mirror.leafFits()).isTrue();
        assertThat(here.entry().orElseThrow().type()).isEqualTo(EntryType.OBSERVATION);
        assertThat(comparison.here().verification().sound()).isFalse();
        assertThat(comparison.mirror().verification().sound()).isTrue();
    }

    @Test
    void compare_afterAnEditChainedAnew_partsAtTheEdit_thoughTheRuleIsBrokenLater() throws Exception {
        RawLedger changed = copy();
        changed.leafed(look, edited());
        changed.rechain(look);
        LedgerComparison comparison = compare(changed.write(folder.resolve("ledger.db")), original);

        assertThat(comparison.relation()).isEqualTo(Relation.DIFFERENT);
        assertThat(comparison.agreeing()).isEqualTo(look);
        assertThat(comparison.here().verification().firstError().orElseThrow().seq())
                .isEqualTo(OptionalLong.of(rows.find("checkpoint", 0)));
        assertThat(comparison.here().next().orElseThrow().leafFits()).isTrue();
    }

    @Test
    void compare_afterTheTailWasCut_findsABeginningOfTheMirror() throws Exception {
        RawLedger changed = copy();
        changed.cutTo(look);
        LedgerComparison comparison = compare(changed.write(folder.resolve("ledger.db")), original);

        assertThat(comparison.relation()).isEqualTo(Relation.HERE_IS_BEGINNING);
        assertThat(comparison.agreeing()).isEqualTo(look);
        assertThat(comparison.here().next()).isEmpty();
        assertThat(comparison.mirror().next().orElseThrow().seq()).isEqualTo(look);
    }

    @Test
    void compare_withAnOlderMirror_findsTheMirrorABeginning() throws Exception {
        RawLedger older = copy();
        older.cutTo(look);
        LedgerComparison comparison = compare(original, older.write(folder.resolve("mirror.db")));

        assertThat(comparison.relation()).isEqualTo(Relation.MIRROR_IS_BEGINNING);
        assertThat(comparison.parting()).isEqualTo(OptionalLong.of(look));
    }

    @Test
    void compare_withAnOlderMirror_afterAnEditWithinIt_partsAtTheEdit() throws Exception {
        RawLedger changed = copy();
        changed.body(look, edited());
        RawLedger older = copy();
        older.cutTo(look + 1);
        LedgerComparison comparison =
                compare(changed.write(folder.resolve("ledger.db")), older.write(folder.resolve("mirror.db")));

        assertThat(comparison.relation()).isEqualTo(Relation.DIFFERENT);
        assertThat(comparison.parting()).isEqualTo(OptionalLong.of(look));
    }

    @Test
    void compare_withTheMirrorOfAnotherLedger_saysSo() throws Exception {
        RawLedger other = copy();
        String id = rows.json(0).string("led");
        for (int seq = 0; seq < other.size(); seq++) {
            String text = new String(other.bodies.get(seq), UTF_8);
            other.leafed(seq, text.replace(id, new UUID(1, 2).toString()).getBytes(UTF_8));
        }
        LedgerComparison comparison = compare(original, other.write(folder.resolve("mirror.db")));

        assertThat(comparison.relation()).isEqualTo(Relation.OTHER_LEDGER);
        assertThat(comparison.agreeing()).isZero();
    }

    @Test
    void compare_withAMirrorThatIsItselfEdited_tellsWhichSideIsSound() throws Exception {
        RawLedger changed = copy();
        changed.body(look, edited());
        LedgerComparison comparison = compare(original, changed.write(folder.resolve("mirror.db")));

        assertThat(comparison.relation()).isEqualTo(Relation.DIFFERENT);
        assertThat(comparison.here().verification().sound()).isTrue();
        assertThat(comparison.mirror().verification().firstError().orElseThrow().seq())
                .isEqualTo(OptionalLong.of(look));
    }

    @Test
    void compare_whereAnEntryIsMissing_partsAtItsNumber() {
        List<LedgerRow> gap = new ArrayList<>(all(rows));
        gap.remove(look);
        LedgerComparison comparison =
                LedgerComparison.of(new Source(sound(), paged(gap, 3)), new Source(sound(), paged(all(rows), 3)));

        assertThat(comparison.relation()).isEqualTo(Relation.DIFFERENT);
        assertThat(comparison.parting()).isEqualTo(OptionalLong.of(look));
        assertThat(comparison.here().next().orElseThrow().seq()).isEqualTo(look + 1);
    }

    @Test
    void compare_pageByPage_seesEveryEntry() {
        for (int page = 1; page <= rows.size() + 1; page++) {
            LedgerComparison comparison = LedgerComparison.of(
                    new Source(sound(), paged(all(rows), page)), new Source(sound(), paged(all(rows), 4)));

            assertThat(comparison.agreeing()).isEqualTo(rows.size());
            assertThat(comparison.relation()).isEqualTo(Relation.SAME);
        }
    }

    @Test
    void compare_withALedgerThatCannotBeRead_comparesNothing() {
        var nothing = new Source(sound(), Rows.NONE);
        var all = new Source(sound(), paged(all(rows), 5));

        assertThat(LedgerComparison.of(nothing, all).relation()).isEqualTo(Relation.NOTHING);
        assertThat(LedgerComparison.of(all, nothing).relation()).isEqualTo(Relation.NOTHING);
    }

    @Test
    void compare_leavesBothFilesAsTheyAre() throws Exception {
        RawLedger changed = copy();
        changed.body(look, edited());
        Path here = changed.write(folder.resolve("ledger.db"));
        Path mirror = Files.copy(original, folder.resolve("mirror.db"));
        byte[] before = Files.readAllBytes(here);
        byte[] mirrorBefore = Files.readAllBytes(mirror);

        compare(here, mirror);

        assertThat(Files.readAllBytes(here)).isEqualTo(before);
        assertThat(Files.readAllBytes(mirror)).isEqualTo(mirrorBefore);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(here, mirror);
        }
    }

    private LedgerComparison compare(Path here, Path mirror) {
        try (LedgerCopy ours = read(here);
                LedgerCopy theirs = read(mirror)) {
            return LedgerComparison.of(
                    new Source(ours.verification(), ours::rows), new Source(theirs.verification(), theirs::rows));
        }
    }

    private LedgerCopy read(Path file) {
        return LedgerCopy.of(file, folder, Expectations.NONE, Runnable::run, VerifyProgress.NONE);
    }

    private static byte[] edited() {
        Json.Obj body = rows.json(look);
        return body.with("data", body.object("data").with("value", Json.of("edited")))
                .canonical();
    }

    private static RawLedger copy() {
        var copy = new RawLedger();
        copy.bodies.addAll(rows.bodies);
        copy.leaves.addAll(rows.leaves);
        copy.artefacts.addAll(rows.artefacts);
        copy.artefactNames.addAll(rows.artefactNames);
        return copy;
    }

    private static Verification sound() {
        return new Verification(java.util.Optional.empty(), List.of(), List.of());
    }

    private static List<LedgerRow> all(RawLedger raw) {
        var all = new ArrayList<LedgerRow>();
        for (int seq = 0; seq < raw.size(); seq++) {
            all.add(new LedgerRow(seq, raw.leaves.get(seq), raw.bodies.get(seq)));
        }
        return all;
    }

    private static Rows paged(List<LedgerRow> all, int page) {
        return from -> all.stream().filter(row -> row.seq() >= from).limit(page).toList();
    }
}
