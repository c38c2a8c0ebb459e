package org.quorate.ui.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;
import org.quorate.base.Digest;
import org.quorate.ceremony.Exhibit;
import org.quorate.ledger.LedgerRow;
import org.quorate.ledger.Proofs;
import org.quorate.ui.backstage.FailedLedger;
import org.quorate.ui.demo.DemoFailed;
import org.quorate.ui.model.EntryPages.Mark;
import org.quorate.ui.model.FailedLedgerViewModel.Page;

class FailedLedgerViewModelTest {
    private static final List<LedgerRow> SOUND = DemoFailed.sound(20);

    private final List<Runnable> window = new ArrayList<>();
    private final List<Runnable> background = new ArrayList<>();
    private final Hands hands = new Hands(window::add, background::add, InstantSource.system());
    private DemoFailed ledger = DemoFailed.edited(20);

    @Test
    void verdict_namesTheFirstBadEntry_andWhatWasExpectedAndFound() {
        FailedLedgerViewModel model = model();

        assertThat(model.title()).isEqualTo("The ledger fails its check at entry 9");
        assertThat(text(model, "First bad entry")).isEqualTo("Entry 9");
        assertThat(text(model, "Type")).isEqualTo("observation");
        assertThat(text(model, "Time")).isEqualTo("2026-11-22T09:30:00.100Z");
        assertThat(text(model, "Rule that is not kept")).isEqualTo("The leaf is the digest of the body.");
        LedgerRow bad = ledger.page(0).get(DemoFailed.EDITED).row();
        assertThat(digest(model, "Expected")).contains(Proofs.leafOf(bad.body()));
        assertThat(digest(model, "Found")).contains(Digest.ofRaw(bad.leaf()));
        assertThat(text(model, "In order")).isEqualTo("9 entries before it, 0 to 8");
        assertThat(text(model, "After it")).endsWith("20");
    }

    @Test
    void verdict_ofAnEntryThatIsMissing_saysWhichOneIsNext() {
        var rows = new ArrayList<>(SOUND);
        rows.remove(12);
        ledger = new DemoFailed(rows, SOUND);
        FailedLedgerViewModel model = model();

        assertThat(text(model, "Type")).isEqualTo("There is no entry of this number; the next one is 13");
        assertThat(text(model, "Expected")).isEqualTo("12");
        assertThat(model.firstBad()).contains(12);
    }

    @Test
    void verdict_ofAFileWithoutRows_saysThatNothingCouldBeRead() {
        ledger = new DemoFailed(List.of(), SOUND);
        FailedLedgerViewModel model = model();

        assertThat(text(model, "Type")).isEqualTo("cannot be read");
        assertThat(text(model, "In order")).isEqualTo("None: it is the first entry");
        assertThat(model.firstBad()).isEmpty();
        assertThat(model.entries()).isEmpty();
        model.show(0);
        assertThat(model.pageProperty().get()).isEqualTo(new Page.Verdict());
    }

    @Test
    void verdict_groupsADigestThatStandsWithinAText() {
        assertThat(FailureWords.grouped("12 " + "ab".repeat(32) + " end"))
                .isEqualTo("12 " + "abab ".repeat(16) + "end");
    }

    @Test
    void entries_areReadInTheBackground_andSaidToHaveCome() {
        FailedLedgerViewModel model = model();
        var changes = new ArrayList<Integer>();
        model.entries().addListener((ListChangeListener<EntryPages.Row>) change -> {
            while (change.next()) {
                changes.add(change.getTo());
            }
        });

        assertThat(model.entries().get(3).line()).isEmpty();
        assertThat(model.entries().get(4).line()).isEmpty();
        assertThat(background).as("one page is asked for once").hasSize(1);
        runAll();

        assertThat(model.entries().get(3).line().orElseThrow().row().seq()).isEqualTo(3);
        assertThat(changes).last().isEqualTo(20);
        assertThat(ledger.reads).hasValue(1);
    }

    @Test
    void entries_ofALongLedger_keepAFewPagesOnly() {
        ledger = DemoFailed.edited(12 * FailedLedger.PAGE);
        FailedLedgerViewModel model = model();
        for (int page = 0; page < 12; page++) {
            model.entries().get(page * FailedLedger.PAGE);
            runAll();
        }
        assertThat(model.entries().get(11 * FailedLedger.PAGE).line()).isPresent();

        assertThat(model.entries().get(0).line()).as("read long ago").isEmpty();
        runAll();
        assertThat(model.entries().get(0).line()).isPresent();
    }

    @Test
    void entries_markTheFirstBadOne() {
        FailedLedgerViewModel model = model();
        model.entries().get(0);
        runAll();

        assertThat(model.entries())
                .filteredOn(row -> row.mark() != Mark.NONE)
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.index()).isEqualTo(DemoFailed.EDITED);
                    assertThat(row.mark()).isEqualTo(Mark.FIRST_BAD);
                });
        assertThat(model.selected()).isEqualTo(DemoFailed.EDITED);
    }

    @Test
    void anEntry_isShownWhole_withBothLeaves_andBackLeadsToTheList() {
        FailedLedgerViewModel model = model();
        model.look();
        model.entries().get(0);
        runAll();
        model.show(DemoFailed.EDITED);

        assertThat(model.pageProperty().get()).isInstanceOfSatisfying(Page.Entry.class, entry -> {
            assertThat(entry.title()).isEqualTo("Entry 9");
            LedgerRow row = ledger.page(0).get(DemoFailed.EDITED).row();
            assertThat(entry.text())
                    .contains("Leaf: " + Digest.ofRaw(row.leaf()).grouped())
                    .contains("Leaf of its body: " + row.digest().grouped())
                    .contains("Rule that is not kept: The leaf is the digest of the body.")
                    .contains("\"value\": \"abbaaaaa");
        });
        model.back();
        assertThat(model.pageProperty().get()).isEqualTo(new Page.Entries());
        assertThat(model.selected()).isEqualTo(DemoFailed.EDITED);
        model.back();
        assertThat(model.pageProperty().get()).isEqualTo(new Page.Verdict());
    }

    @Test
    void compare_withAValidMirror_saysWhereTheyPart_andReplacesNothing() {
        ComparedWords words = compared(model());

        assertThat(words.title()).isEqualTo("The two part at entry 9");
        assertThat(words.mirrorSound()).isTrue();
        assertThat(words.verdict()).isEqualTo("The mirror is valid: 20 entries, and every rule is kept.");
        assertThat(words.agreement())
                .containsExactly(
                        "The first 9 entries, 0 to 8, are the same in both, byte for byte.",
                        "Entry 9 is the first in which they differ. Neither is a beginning of the other.");
        ComparedWords.Parted parted = words.parted().orElseThrow();
        assertThat(parted.here())
                .extracting(Exhibit::label)
                .containsExactly("Type", "Time", "Leaf", "Leaf of its body");
        assertThat(parted.mirror()).extracting(Exhibit::label).containsExactly("Type", "Time", "Leaf");
        assertThat(words.next()).last().asString().endsWith("Quorate replaces nothing.");
    }

    @Test
    void compare_withAMirrorThatIsEditedToo_saysThatItIsNotValid() {
        ledger = new DemoFailed(DemoFailed.edit(SOUND), DemoFailed.edit(SOUND));
        ComparedWords words = compared(model());

        assertThat(words.title()).isEqualTo("Both hold the same 20 entries");
        assertThat(words.mirrorSound()).isFalse();
        assertThat(words.verdict()).isEqualTo("The mirror is not valid either. First fault: Entry 9.");
        assertThat(words.parted()).isEmpty();
        assertThat(words.next()).noneMatch(line -> line.contains("is valid too"));
    }

    @Test
    void compare_withAnOlderMirror_saysThatItIsABeginning() {
        var grown = new ArrayList<>(SOUND);
        grown.add(new LedgerRow(20, new byte[32], "{}".getBytes(StandardCharsets.UTF_8)));
        ledger = new DemoFailed(grown, SOUND);
        ComparedWords words = compared(model());

        assertThat(words.title()).isEqualTo("This ledger goes on where the mirror ends, with entry 20");
        assertThat(words.parted().orElseThrow().mirror())
                .containsExactly(Exhibit.of("Type", "There is none: it ends before"));
        assertThat(words.parted().orElseThrow().here())
                .contains(Exhibit.of("Type", "cannot be read"), Exhibit.of("Leaf", Digest.ZERO));
    }

    @Test
    void compare_withAMirrorThatCannotBeRead_asksAgain_andKeepsWhatWasEntered() {
        FailedLedgerViewModel model = model();
        model.compare(" /mnt/stick/nothing ");
        runAll();

        assertThat(model.pageProperty().get())
                .isInstanceOfSatisfying(
                        Page.Mirror.class,
                        mirror -> assertThat(mirror.problem())
                                .get()
                                .satisfies(problem -> assertThat(problem.id()).isEqualTo("ledger.missing")));
        assertThat(model.mirror()).isEqualTo("/mnt/stick/nothing");
    }

    @Test
    void compare_withWhatIsNoPath_asksAgain() {
        FailedLedgerViewModel model = model();
        model.compare("a\u0000b");

        assertThat(model.pageProperty().get()).isInstanceOf(Page.Mirror.class);
        assertThat(background).isEmpty();
        assertThat(model.wrongMirror("  ")).contains("Enter where the mirror is.");
    }

    @Test
    void stop_endsTheComparison_andLeadsBackToTheField() {
        FailedLedgerViewModel model = model();
        model.compare("/mnt/stick/ledger.db");
        model.back();
        assertThat(model.pageProperty().get()).as("left by stopping only").isInstanceOf(Page.Comparing.class);
        model.stop();
        assertThat(model.pageProperty().get()).isEqualTo(new Page.Stopping());
        runAll();

        assertThat(model.pageProperty().get()).isEqualTo(new Page.Mirror(Optional.empty()));
    }

    @Test
    void progress_isDrawn() {
        FailedLedgerViewModel model = model();
        model.compare("/mnt/stick/ledger.db");
        background.removeFirst().run();
        window.removeFirst().run();

        assertThat(model.pageProperty().get()).isEqualTo(new Page.Comparing(1, "20 of 20 entries checked"));
    }

    private ComparedWords compared(FailedLedgerViewModel model) {
        model.compare("/mnt/stick/ledger.db");
        runAll();
        return ((Page.Compared) model.pageProperty().get()).words();
    }

    private FailedLedgerViewModel model() {
        return new FailedLedgerViewModel(ledger, hands);
    }

    private static String text(FailedLedgerViewModel model, String label) {
        return exhibit(model, label).text();
    }

    private static Optional<Digest> digest(FailedLedgerViewModel model, String label) {
        return exhibit(model, label).digest();
    }

    private static Exhibit exhibit(FailedLedgerViewModel model, String label) {
        return model.exhibits().stream()
                .filter(exhibit -> exhibit.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private void runAll() {
        while (!background.isEmpty() || !window.isEmpty()) {
            List<Runnable> next = new ArrayList<>(background);
            background.clear();
            next.addAll(window);
            window.clear();
            next.forEach(Runnable::run);
        }
    }
}
