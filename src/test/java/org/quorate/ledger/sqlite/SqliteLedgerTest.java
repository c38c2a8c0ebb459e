package org.quorate.ledger.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.ProblemException;
import org.quorate.ledger.AnchorLine;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.Founding;
import org.quorate.ledger.Head;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.Proofs;
import org.quorate.ledger.Tree;
import org.quorate.ledger.Verification;
import org.quorate.ledger.VerifyProgress;

class SqliteLedgerTest {
    private final LedgerFixture fixture = new LedgerFixture();

    @TempDir
    private Path folder;

    private Path path;
    private SqliteLedger ledger;

    @BeforeEach
    void found() {
        path = folder.resolve("ledger.db");
        ledger = fixture.create(path);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private static void problem(String id, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo(id));
    }

    private static Draft look() {
        return LedgerFixture.observation("name", "value");
    }

    @Test
    void create_ofANewLedger_holdsTheGenesisAndEveryFoundersApproval() {
        assertThat(ledger.head().size()).isEqualTo(5);
        assertThat(ledger.range(0, 5).stream().map(Entry::type))
                .containsExactly(
                        EntryType.GENESIS, EntryType.COSIGN, EntryType.COSIGN, EntryType.COSIGN, EntryType.COSIGN);
        assertThat(ledger.id()).isEqualTo(fixture.ledger);
        assertThat(ledger.genesis()).isEqualTo(fixture.genesis());
        assertThat(ledger.origin()).isEqualTo("quorate.invalid/" + fixture.ledger);
    }

    @Test
    void create_overAnyFile_isRefused() {
        problem("ledger.exists", () -> fixture.create(path));
    }

    @Test
    void create_whenAFounderDoesNotSign_leavesNoFile() {
        Path other = folder.resolve("other.db");
        var founding = new Founding(fixture.genesis(), first -> List.of(fixture.ann.approve(first)));

        problem("ledger.refused", () -> SqliteLedger.create(other, fixture.clock, LedgerFixture.RUN, founding));
        assertThat(other).doesNotExist();
    }

    @Test
    void open_afterAWholeCeremony_findsEveryEntryAndTheSameHead() {
        fixture.play(ledger);
        Head head = ledger.head();
        List<Entry> entries = ledger.range(0, head.size());
        ledger.close();
        ledger = fixture.open(path);

        assertThat(ledger.head()).isEqualTo(head);
        assertThat(ledger.range(0, head.size())).isEqualTo(entries);
        assertThat(ledger.verification().findings()).isEmpty();
        assertThat(ledger.keys().known(fixture.dora.keyId())).isPresent();
    }

    @Test
    void open_withAnotherThreadToScan_findsTheSame() {
        fixture.play(ledger);
        Head head = ledger.head();
        ledger.close();
        var progress = new ArrayList<Long>();
        try (var second = Executors.newSingleThreadExecutor()) {
            ledger = SqliteLedger.open(
                    path,
                    fixture.clock,
                    LedgerFixture.RUN,
                    Expectations.NONE,
                    second,
                    (done, of) -> progress.add(done));
        }

        assertThat(ledger.head()).isEqualTo(head);
        assertThat(progress).isSorted().endsWith(head.size());
    }

    @Test
    void open_withAnAnchorThatTheLedgerDoesNotReach_isRefused() {
        var anchor = new AnchorLine(99, Digest.ZERO);
        ledger.close();

        problem(
                "ledger.not_sound",
                () -> SqliteLedger.open(
                        path,
                        fixture.clock,
                        LedgerFixture.RUN,
                        new Expectations(List.of(anchor), Optional.empty()),
                        VerifyProgress.NONE));
    }

    @Test
    void open_ofATamperedLedger_namesTheFirstBadEntry() throws Exception {
        ledger.append(look());
        ledger.append(look());
        ledger.close();
        RawLedger raw = RawLedger.read(path);
        raw.editData(5, data -> data.with("value", Json.of("another")));
        raw.write(path);

        assertThatThrownBy(() -> fixture.open(path)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().id()).isEqualTo("ledger.not_sound");
            assertThat(e.problem().what()).contains("Entry 6");
        });
    }

    @Test
    void open_ofWhatIsNoLedger_saysSo() throws Exception {
        problem("ledger.missing", () -> fixture.open(folder.resolve("none.db")));
        Path text = Files.writeString(folder.resolve("text.db"), "no database at all\n".repeat(20));
        problem("ledger.not_a_ledger", () -> fixture.open(text));
    }

    @Test
    void open_inTheSameProcessAgain_isRefused() {
        problem("ledger.locked", () -> fixture.open(path));
        assertThat(ledger.append(look()).seq()).isEqualTo(5);
    }

    @Test
    void append_ofADraft_isLinkedAndReadBackAsItStands() {
        Entry entry = ledger.append(look());

        assertThat(entry.prev()).isEqualTo(ledger.entry(4).leaf());
        assertThat(ledger.entry(5)).isEqualTo(entry);
        assertThat(ledger.head())
                .isEqualTo(new Head(6, entry.leaf(), ledger.tree(6).root()));
        assertThat(ledger.ofCeremony(LedgerFixture.CEREMONY)).containsExactly(entry);
        assertThat(ledger.ofCeremony(new UUID(0, 0))).isEmpty();
    }

    @Test
    void append_byManyThreads_givesEachANumberOfItsOwn() throws Exception {
        var seqs = Collections.synchronizedList(new ArrayList<Long>());
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 40; i++) {
                threads.submit(() -> seqs.add(ledger.append(look()).seq()));
            }
        }

        assertThat(seqs)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(5, 45).boxed().toList());
    }

    @Test
    void append_thatBreaksARule_isRefusedAndTheLedgerGoesOn() {
        problem("ledger.refused", () -> ledger.append(LedgerFixture.outcome(3, "done")));
        problem(
                "ledger.refused",
                () -> ledger.append(
                        Draft.ofLedger(EntryType.GENESIS, fixture.genesis().toJson())));
        assertThat(ledger.append(look()).seq()).isEqualTo(5);
    }

    @Test
    void append_ofAnArtefact_keepsItWithTheEntryThatNamesIt() {
        byte[] photo = "photo".getBytes(UTF_8);
        Digest hash = Digest.of(photo);
        Draft naming = LedgerFixture.observation("photo", hash.artefactName());

        problem("ledger.artefact_not_given", () -> ledger.append(naming));
        problem("ledger.artefact_not_named", () -> ledger.append(look().with(List.of(photo))));
        ledger.append(naming.with(List.of(photo, photo)));
        ledger.append(naming);
        ledger.append(naming.with(List.of(photo)));
        assertThat(ledger.artefact(hash)).hasValue(photo);
        assertThat(ledger.artefact(Digest.ZERO)).isEmpty();
        ledger.close();
        ledger = fixture.open(path);
        assertThat(ledger.artefact(hash)).hasValue(photo);
    }

    @Test
    void append_ofAKeyAlone_isRefused() {
        problem(
                "ledger.key_alone",
                () -> ledger.append(
                        LedgerFixture.act(EntryType.KEY_ADD, fixture.dora.key().toJson(), 6L, 7L)));
    }

    private Draft approvedKey() {
        Json.Obj key = fixture.dora.key().toJson();
        Entry statement = ledger.append(LedgerFixture.statement(key, 2, "officer"));
        return LedgerFixture.act(
                EntryType.KEY_ADD, key, fixture.approvals(ledger, statement, fixture.ann, fixture.bob));
    }

    @Test
    void append_ofAKeyWithItsOwnSignature_keepsBothOrNeither() {
        Draft key = approvedKey();
        long size = ledger.head().size();

        problem("ledger.refused", () -> ledger.append(key, fixture.ann::approve));
        assertThat(ledger.head().size()).isEqualTo(size);
        Entry added = ledger.append(key, fixture.dora::approve);
        assertThat(added.seq()).isEqualTo(size);
        assertThat(ledger.head().size()).isEqualTo(size + 2);
        assertThat(ledger.keys().counting(fixture.dora.keyId(), size + 2)).isPresent();
        ledger.append(look());
    }

    @Test
    void append_ofAKeyWhileSomethingElseIsRecorded_asksForTheSignatureAgain() {
        Draft key = approvedKey();

        problem(
                "ledger.moved_on",
                () -> ledger.append(key, entry -> {
                    ledger.append(look());
                    return fixture.dora.approve(entry);
                }));
        assertThat(ledger.append(key, fixture.dora::approve).type()).isEqualTo(EntryType.KEY_ADD);
    }

    @Test
    void onAppend_untilItIsClosed_hearsOfEachEntry() {
        var heard = new ArrayList<Long>();
        var subscription = ledger.onAppend(entry -> heard.add(entry.seq()));
        ledger.onAppend(entry -> {
            throw new IllegalStateException("a listener with a fault of its own");
        });
        ledger.append(look());
        ledger.append(look());
        subscription.close();
        ledger.append(look());

        assertThat(heard).containsExactly(5L, 6L);
    }

    @Test
    void openIntents_asTheyComeAndGo_areKnown() {
        Json.Obj act = LedgerFixture.generate("00".repeat(16));
        Entry intent = ledger.append(LedgerFixture.act(EntryType.INTENT, act));
        ledger.append(LedgerFixture.outcome(intent.seq(), "unknown"));
        assertThat(ledger.openIntents()).containsExactly(intent.seq());
        ledger.close();
        ledger = fixture.open(path);
        assertThat(ledger.verification().openIntents()).containsExactly(intent.seq());
        ledger.append(LedgerFixture.reconcile(intent.seq(), "partial"));
        assertThat(ledger.openIntents()).isEmpty();
    }

    @Test
    void tree_ofEarlierSizes_provesIntoLaterOnes() {
        fixture.play(ledger);
        Tree early = ledger.tree(7);
        Tree late = ledger.tree(ledger.head().size());

        assertThat(Proofs.consistent(7, early.root(), late.size(), late.root(), late.consistency(7)))
                .isTrue();
        assertThat(Proofs.includes(
                        6,
                        late.size(),
                        ledger.entry(6).leaf(),
                        late.inclusion(6),
                        ledger.head().root()))
                .isTrue();
    }

    @Test
    void append_ofACheckpointMadeEarlier_isRefused() {
        Draft checkpoint = Checkpoint.of(ledger).draft(fixture.console);
        ledger.append(look());

        problem("ledger.refused", () -> ledger.append(checkpoint));
        ledger.append(Checkpoint.of(ledger).draft(fixture.console));
    }

    @Test
    void copyTo_ofAnOpenLedger_makesACopyThatVerifies() throws Exception {
        fixture.play(ledger);
        Path copy = folder.resolve("mirror.db");
        Verification verification = ledger.copyTo(copy);

        assertThat(verification.head()).contains(ledger.head());
        assertThat(Judges.judge(copy).findings()).isEmpty();
        problem("ledger.exists", () -> ledger.copyTo(copy));
        problem(
                "ledger.copy",
                () -> ledger.copyTo(folder.resolve("no such folder").resolve("mirror.db")));
        assertThat(ledger.append(look())).isNotNull();
    }

    @Test
    void close_ofAnOpenLedger_endsAllUse() {
        ledger.close();
        ledger.close();

        problem("ledger.closed", () -> ledger.append(look()));
        problem("ledger.closed", () -> ledger.entry(0));
        problem("ledger.closed", () -> ledger.artefact(Digest.ZERO));
    }

    @Test
    void range_outsideTheLedger_isAnErrorOfTheCaller() {
        assertThatThrownBy(() -> ledger.entry(5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ledger.range(-1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(ledger.range(5, 5)).isEmpty();
    }

    /// As the window does when people press the button that stops the check.
    @Test
    void open_whoseProgressThrows_letsGoOfTheLedger_whereverItWasReadFrom() {
        Path other = path.resolveSibling("cancelled.db");
        try (SqliteLedger played = fixture.create(other)) {
            fixture.play(played);
        }
        for (Executor scanning : List.<Executor>of(Runnable::run, ForkJoinPool.commonPool())) {
            assertThatThrownBy(() -> SqliteLedger.open(
                            other, fixture.clock, LedgerFixture.RUN, Expectations.NONE, scanning, (done, total) -> {
                                throw new CancellationException("enough");
                            }))
                    .isInstanceOf(CancellationException.class);
            fixture.open(other).close();
        }
    }
}
