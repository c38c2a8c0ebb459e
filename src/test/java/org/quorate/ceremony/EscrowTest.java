package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quorate.ceremony.TestRoom.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Secret;
import org.quorate.card.CardRefusal;
import org.quorate.card.PaperShare;
import org.quorate.card.Share;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Enter;
import org.quorate.ceremony.Question.EnterWords;
import org.quorate.ceremony.Question.OpenShare;
import org.quorate.ceremony.Question.Reconcile;
import org.quorate.ceremony.TestHsm.Effect;
import org.quorate.ceremony.TestHsm.Fault;
import org.quorate.ceremony.TestHsm.Killed;
import org.quorate.ceremony.TestHsm.Reply;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.ObjectClass;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.record.ShareSheet;

/// A key of which any two of three people hold enough, on cards or on paper.
class EscrowTest {
    private static final UUID LATER = UUID.fromString("cccccccc-0000-4000-8000-000000000002");
    private static final String TO_CARDS =
            step("escrow_key", "escrow", "key: kek", "token: primary", "quorum: officers", "cards: officers");
    private static final String TO_PAPER = step(
            "escrow_key",
            "escrow",
            "key: kek",
            "token: primary",
            "quorum: officers",
            "paper: officers",
            "custody: Three safes");
    private static final String FROM_CARDS = recover("cards");
    private static final String FROM_PAPER = recover("paper");
    private static final String FIND = step("identify_escrow", "find", "key: kek");

    private static String recover(String from) {
        return step("recover_key", "recover", "key: kek", "token: backup", "quorum: officers", "from: " + from);
    }

    @TempDir
    private Path folder;

    private Optional<TestRoom> opened = Optional.empty();

    private TestRoom room(String... steps) {
        opened = Optional.of(new TestRoom(folder, steps));
        return opened.get();
    }

    @AfterEach
    void close() {
        opened.ifPresent(TestRoom::close);
    }

    private static Json.Obj intent(TestRoom room, String op) {
        return intents(room, op).getLast();
    }

    private static List<Json.Obj> intents(TestRoom room, String op) {
        return room.entries(EntryType.INTENT).stream()
                .map(Entry::data)
                .filter(data -> data.string("op").equals(op))
                .toList();
    }

    private static byte[] key(TestRoom room) {
        return room.hsm.values.get(new KeyId(intent(room, "escrow_key").string("cka_id")));
    }

    private static List<String> reasons(TestRoom room) {
        return room.observed("sheet_refused").stream()
                .map(data -> data.object("detail").string("reason"))
                .toList();
    }

    private static void killed(TestRoom room, Predicate<Draft> at, Trap.Where where) {
        room.books = Trap.onEntry(at, where).around(room.ledger);
        assertThatThrownBy(room::conduct).isInstanceOf(Killed.class);
        room.books = room.ledger;
    }

    private static Predicate<Draft> observation(String name) {
        return draft -> draft.type() == EntryType.OBSERVATION
                && draft.data().string("name").equals(name);
    }

    private static TestFront retry(TestRoom room) {
        return room.front.thenGive(Choose.class, "retry");
    }

    // ---- cards ----

    @Test
    void keyOnCards_isOpenedByEach_beforeTheTokenHasIt_andComesBackByTwo() {
        TestRoom room = room(TO_CARDS, FIND, FROM_CARDS);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("share_opened")).hasSize(3 + 2);
        List<Long> order = Stream.of("key_shares", "share_opened", "shares_proven")
                .map(name -> first(room, name))
                .toList();
        assertThat(order).isSorted();
        assertThat(order.getLast())
                .isLessThan(room.entries(EntryType.INTENT).getFirst().seq());
        assertThat(room.hsm.token("S1").kinds()).containsExactly(ObjectClass.SECRET_KEY);
        assertThat(room.hsm.token("S2").kinds()).containsExactly(ObjectClass.SECRET_KEY);
        assertThat(intent(room, "recover_key").string("cka_id"))
                .isEqualTo(intent(room, "escrow_key").string("cka_id"));
        assertThat(room.observed("check_value"))
                .hasSize(2)
                .allMatch(data -> data.string("verdict").equals("matches"));
        assertThat(room.observed("share_holders").getFirst().object("detail").integer("counting"))
                .isEqualTo(3);
        assertThat(intents(room, "escrow_key").getFirst().array("quorum")).hasSize(2);
    }

    private static long first(TestRoom room, String name) {
        return room.entries(EntryType.OBSERVATION).stream()
                .filter(entry -> entry.data().string("name").equals(name))
                .findFirst()
                .orElseThrow()
                .seq();
    }

    @Test
    void laterCeremony_findsTheEscrow_andTheKeyIsTheSame() {
        TestRoom room = room(TO_CARDS);
        room.conduct();
        byte[] made = key(room);

        assertThat(room.conduct(LATER, TestRoom.script(FIND, FROM_CARDS))).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(key(room)).isEqualTo(made);
        assertThat(room.hsm.token("S2").kinds()).containsExactly(ObjectClass.SECRET_KEY);
    }

    @Test
    void keyAndShares_standNeitherInTheLedgersFile_norInAnArtefact() throws IOException {
        TestRoom room = room(
                step(
                        "escrow_key",
                        "escrow",
                        "key: kek",
                        "token: primary",
                        "quorum: officers",
                        "cards: officers",
                        "paper: officers",
                        "custody: Three safes"),
                FROM_PAPER);
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);
        byte[] key = key(room);
        String file = Files.readString(folder.resolve("ledger.db"), StandardCharsets.ISO_8859_1);

        assertThat(file)
                .contains("sheet_sealed", "key_shares")
                .doesNotContain(new String(key, StandardCharsets.ISO_8859_1))
                .doesNotContain(HexFormat.of().formatHex(key))
                .doesNotContain(Base64.getEncoder().encodeToString(key))
                .doesNotContain(Digest.of(key).hex());
        assertThat(room.printed).hasSize(3);
        for (ShareSheet sheet : room.printed) {
            assertThat(file)
                    .contains(sheet.share().serial())
                    .doesNotContain(String.join(" ", sheet.words().subList(5, 8)));
        }
        assertThat(room.front.pins).allMatch(EscrowTest::wiped);
    }

    private static boolean wiped(Secret secret) {
        try {
            secret.length();
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Test
    void cardPulledWhileItOpens_isARefusal_andTheSameCardIsAskedAgain() {
        TestRoom room = room(TO_CARDS, FROM_CARDS);
        room.ann.nextOpened = Optional.of(new CardRefusal.Removed());

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("card_refused"))
                .extracting(data -> data.object("detail").string("reason"))
                .containsExactly("removed");
        assertThat(room.observed("share_opened")).hasSize(3 + 2);
    }

    @Test
    void recovery_takesNoCardTwice_andNoStrangers() {
        TestRoom room = room(TO_CARDS, FROM_CARDS);
        // Three open their shares when they are made; then ann comes twice, and wil, who has none.
        for (TestCard card : List.of(room.ann, room.bob, room.cem, room.ann, room.ann, room.wil)) {
            room.front.thenGive(OpenShare.class, new Presented.Approves(card, room.front.secret(TestCard.PIN)));
        }

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("card_refused"))
                .extracting(data -> data.object("detail").string("reason"))
                .containsExactly("already_approved", "not_on_roster");
    }

    @Test
    void keyThatIsThere_isNotRecoveredBesideItself_norOneThatWasNeverInEscrow() {
        TestRoom room = room(TO_CARDS, FROM_CARDS);
        room.conduct();
        room.front.then(Choose.class, new Answer.Pause<>("enough"));

        room.conduct(LATER, TestRoom.script(FROM_CARDS));

        assertThat(room.front.problems()).contains("ceremony.key_is_there");
        assertThat(room.hsm.token("S2").kinds()).hasSize(1);
    }

    @Test
    void recoveryOfAKeyThatNobodyHolds_saysSo() {
        TestRoom room = room(FROM_CARDS);
        room.front.then(Choose.class, new Answer.Pause<>("enough"));
        room.conduct();
        assertThat(room.front.problems()).contains("ceremony.no_escrow");
    }

    @Test
    void recoveryFromPaper_ofAKeyThatIsOnCardsOnly_saysSo() {
        TestRoom room = room(TO_CARDS, FROM_PAPER);
        room.front.then(Choose.class, new Answer.Pause<>("enough"));
        room.conduct();
        assertThat(room.front.problems()).contains("ceremony.no_escrow.paper");
    }

    // ---- paper ----

    @Test
    void keyOnPaper_isReadBack_sealedIntoBags_andComesBackFromTwoSheets() {
        TestRoom room = room(TO_PAPER, FIND, FROM_PAPER);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("sheet_printed")).hasSize(3);
        assertThat(room.observed("sheet_checked")).hasSize(3);
        // Three are put away, and the two that were read are put away again.
        assertThat(room.observed("sheet_sealed")).hasSize(3 + 2);
        assertThat(room.observed("sheet_opened"))
                .hasSize(2)
                .allMatch(data -> data.string("verdict").equals("matches"));
        assertThat(room.observed("key_put_together")).hasSize(1);
        assertThat(room.hsm.token("S2").kinds()).containsExactly(ObjectClass.SECRET_KEY);
        assertThat(room.front.taken).hasSize(3);
        assertThat(room.printed).extracting(ShareSheet::holder).doesNotHaveDuplicates();
    }

    @Test
    void bagsOfSheets_areInspected_andAnotherNumberIsNamedAfterTheLastOne() {
        TestRoom room = room(TO_PAPER);
        room.conduct();
        room.front
                .thenGive(Enter.class, "as seen")
                .thenGive(Enter.class, "other bag")
                .thenGive(Choose.class, "abort");

        room.conduct(LATER, TestRoom.script(step("inspect_custody", "inspect")));

        StepRun inspected = room.later(LATER).latest("inspect").orElseThrow();
        assertThat(inspected
                        .of(EntryType.OBSERVATION)
                        .filter(entry -> entry.data().string("name").equals("custody"))
                        .map(entry -> entry.data().string("verdict")))
                .containsExactly("matches", "differs", "matches");
        assertThat(room.front.problems()).containsExactly("ceremony.custody_differs");
    }

    @Test
    void wordsThatAreNotTheSheet_areNamed_andNothingGoesOnBeforeTheyAre() {
        TestRoom room = room(TO_PAPER);
        TestFront front = room.front;
        front.thenGive(EnterWords.class, front.secret("zebra zebras zebra"))
                .thenGive(EnterWords.class, front.secret("zebra zero"))
                .thenGive(EnterWords.class, front.secret("zoo ".repeat(31)));

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(reasons(room)).containsExactly("unknown_word", "wrong_count", "altered");
        assertThat(room.observed("sheet_checked")).hasSize(3);
    }

    @Test
    void swappedRepeatedAlteredAndForeignSheets_areNamedOnRecovery() {
        TestRoom room = room(TO_PAPER);
        room.conduct();
        List<String> sheets = List.copyOf(room.front.sheets);
        // Another key under another label, whose sheets are strangers here.
        room.conduct(
                LATER,
                TestRoom.script(step(
                        "escrow_key",
                        "other",
                        "key: fresh_kek",
                        "token: primary",
                        "quorum: officers",
                        "paper: officers",
                        "custody: Three safes")));
        String foreign = room.front.sheets.get(3);
        String last = sheets.get(0).substring(sheets.get(0).lastIndexOf(' ') + 1);
        String altered = sheets.get(0).substring(0, sheets.get(0).length() - last.length())
                + (last.equals("zoo") ? "able" : "zoo");
        TestFront front = room.front;
        for (String words : List.of(foreign, altered, sheets.get(0), sheets.get(0), sheets.get(2))) {
            front.thenGive(EnterWords.class, front.secret(words));
        }
        UUID third = UUID.fromString("cccccccc-0000-4000-8000-000000000003");

        assertThat(room.conduct(third, TestRoom.script(FIND, FROM_PAPER))).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.later(third)
                        .of(EntryType.OBSERVATION)
                        .map(Entry::data)
                        .filter(data -> data.string("name").equals("sheet_refused"))
                        .map(data -> data.object("detail").string("reason")))
                .containsExactly("foreign", "altered", "twice");
    }

    @Test
    void sheetsSwappedWhenReadBack_areNamed() {
        TestRoom room = room(TO_PAPER);
        TestFront front = room.front;
        // The first sheet is read back well; for the second its words come once more.
        front.thenGiveWords(1, () -> front.sheets.getFirst());

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(reasons(room)).containsExactly("another_sheet");
    }

    /// Somebody who can compute the check bits too writes a sheet with another value.
    @Test
    void sheetOfAnotherValueWithRightCheckBits_makesAnotherKey_andNothingComesOntoTheToken() {
        TestRoom room = room(TO_PAPER);
        room.conduct();
        var split = Escrow.split(intent(room, "escrow_key").object("paper"));
        String forged;
        try (var share = new Share(split, 2, Secret.ofBytes(new byte[32]))) {
            forged = String.join(" ", PaperShare.of(share));
        }
        TestFront front = room.front;
        front.thenGive(EnterWords.class, front.secret(front.sheets.getFirst()))
                .thenGive(EnterWords.class, front.secret(forged))
                .then(Choose.class, new Answer.Pause<>("enough"));

        room.conduct(LATER, TestRoom.script(FROM_PAPER));

        assertThat(front.problems()).contains("ceremony.recovered_key_differs");
        assertThat(room.hsm.token("S2").kinds()).isEmpty();
    }

    @Test
    void bagWithAnotherNumber_isADeviation_andTheSheetIsPutIntoANewOne() {
        TestRoom room = room(TO_PAPER, FROM_PAPER);
        TestFront front = room.front;
        for (int i = 0; i < 6; i++) {
            front.thenGive(Enter.class, "as sealed " + i);
        }
        front.thenGive(Enter.class, "another bag").thenGive(Enter.class, "new bag");

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("sheet_opened").getFirst().string("verdict")).isEqualTo("differs");
        assertThat(front.problems()).contains("ceremony.sheet.other_bag");
        Escrow escrow = Escrow.newest(room.ledger, "kek-1").orElseThrow();
        assertThat(escrow.paper().orElseThrow().of(1).orElseThrow().bag()).isEqualTo("new bag");
    }

    // ---- stops ----

    private static Stream<Stop> stops() {
        return Stream.of(
                new Stop("sealed shares not yet durable", observation("key_shares"), Trap.Where.BEFORE, 2),
                new Stop("sealed shares durable", observation("key_shares"), Trap.Where.AFTER, 2),
                new Stop("proven", observation("shares_proven"), Trap.Where.AFTER, 2),
                new Stop("stated", draft -> draft.type() == EntryType.STATEMENT, Trap.Where.AFTER, 1),
                new Stop("before the intent", draft -> draft.type() == EntryType.INTENT, Trap.Where.BEFORE, 1),
                new Stop("intent durable", draft -> draft.type() == EntryType.INTENT, Trap.Where.AFTER, 1),
                new Stop("before the outcome", draft -> draft.type() == EntryType.OUTCOME, Trap.Where.BEFORE, 1),
                new Stop("outcome durable", draft -> draft.type() == EntryType.OUTCOME, Trap.Where.AFTER, 1));
    }

    private record Stop(String name, Predicate<Draft> at, Trap.Where where, int sets) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// Wherever the console is killed, people go on and the token ends with one key, of which shares open.
    @ParameterizedTest
    @MethodSource("stops")
    void escrowThatIsKilled_endsWithOneKeyAndItsShares(Stop stop) {
        TestRoom room = room(TO_CARDS, FROM_CARDS);
        killed(room, stop.at(), stop.where());
        // Where the key is gone with the console, the step is tried again; where the token may have it, it is looked
        // for.
        retry(room);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.hsm.token("S1").kinds()).containsExactly(ObjectClass.SECRET_KEY);
        assertThat(room.hsm.token("S2").kinds()).containsExactly(ObjectClass.SECRET_KEY);
        assertThat(room.observed("check_value"))
                .isNotEmpty()
                .allMatch(data -> data.string("verdict").equals("matches"));
    }

    private static Stream<Fault> faults() {
        return Stream.of(
                new Fault(Effect.NOTHING, Reply.REFUSED),
                new Fault(Effect.NOTHING, Reply.UNKNOWN),
                new Fault(Effect.ALL, Reply.UNKNOWN),
                new Fault(Effect.NOTHING, Reply.KILLED),
                new Fault(Effect.ALL, Reply.KILLED));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void callThatFails_isReconciled_inEscrowAndInRecovery(Fault fault) {
        for (String op : List.of("escrow_key", "recover_key")) {
            TestRoom room = new TestRoom(
                    folder.resolve(op).toFile().mkdir() ? folder.resolve(op) : folder, TO_CARDS, FROM_CARDS);
            opened = Optional.of(room);
            room.ledger.onAppend(entry -> {
                if (entry.is(EntryType.INTENT)
                        && entry.data().string("op").equals(op)
                        && intents(room, op).size() == 1) {
                    room.hsm.fault = Optional.of(fault);
                }
            });
            retry(room);
            if (fault.reply() == Reply.KILLED) {
                assertThatThrownBy(room::conduct).isInstanceOf(Killed.class);
            }

            assertThat(room.conduct()).as(op).isEqualTo(Conductor.Ending.CLOSED);

            boolean again = fault.effect() == Effect.NOTHING;
            assertThat(intents(room, op)).as(op).hasSize(again ? 2 : 1);
            assertThat(room.front.count(Reconcile.class)).isEqualTo(fault.reply() == Reply.REFUSED ? 0 : 1);
            assertThat(room.hsm.token("S1").kinds()).hasSize(1);
            assertThat(room.hsm.token("S2").kinds()).hasSize(1);
            room.close();
        }
    }

    /// The file has left, and the console is killed before anybody says so.
    @Test
    void sheetThatLeftJustBeforeAStop_isDestroyedToo() {
        TestRoom room = room(TO_PAPER);
        killed(room, observation("sheet_printed"), Trap.Where.BEFORE);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        String lost = room.printed.getFirst().share().serial();
        assertThat(room.observed("void_sheets_1").getFirst().string("label")).contains(lost);
        assertThat(room.printed).hasSize(1 + 3);
    }

    @Test
    void sheetsOfAnAttemptThatCameToNothing_areDestroyedFirst() {
        TestRoom room = room(TO_PAPER);
        killed(room, draft -> draft.type() == EntryType.STATEMENT, Trap.Where.AFTER);
        retry(room);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(room.observed("void_sheets_3")).hasSize(1);
        assertThat(room.printed).hasSize(6);
        assertThat(Escrow.newest(room.ledger, "kek-1")
                        .orElseThrow()
                        .paper()
                        .orElseThrow()
                        .sheets())
                .extracting(Escrow.Sheet::serial)
                .containsExactlyElementsOf(room.printed.subList(3, 6).stream()
                        .map(sheet -> sheet.share().serial())
                        .toList());
    }
}
