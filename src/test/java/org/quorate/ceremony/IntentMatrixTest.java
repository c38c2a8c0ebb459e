package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quorate.ceremony.TestRoom.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quorate.LongForm;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.EnterSecret;
import org.quorate.ceremony.Question.Reconcile;
import org.quorate.ceremony.TestHsm.Killed;
import org.quorate.ceremony.Trap.How;
import org.quorate.ceremony.Trap.Where;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.Operation;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.pkcs11.Pkcs11Hsm;
import org.quorate.ledger.Draft;
import org.quorate.ledger.EntryType;

/// Where a stop falls, against whether the token kept what it had done: for each act on a real SoftHSM with a real
/// ledger, the start after the stop says what is so. A token that forgets is its folder, put back as it was when the
/// intent was written.
class IntentMatrixTest {
    private static final String NEW_PIN = "33334444";
    private static final String GENERATE =
            step("generate_key_pair", "last", "key: root", "token: primary", "quorum: officers");
    private static final String TRANSPORT =
            step("generate_key_pair", "transport", "key: transport", "token: backup", "quorum: officers");
    private static final String TRUST =
            step("import_trusted_key", "trust", "key: transport", "from: backup", "to: primary", "quorum: officers");
    private static final String WRAPPING =
            step("generate_secret_key", "wrapping", "key: wrapping", "token: primary", "quorum: officers");

    private static final String ESCROW = escrow("last");

    private static String escrow(String id) {
        return step("escrow_key", id, "key: kek", "token: primary", "quorum: officers", "cards: officers");
    }

    /// An act: the steps that lead to it, the call that does it, and what a look at the token can say.
    private record Act(Operation operation, String call, List<String> steps, String whenDone) {
        /// Calls of the same kind in the steps that lead to it.
        int earlier() {
            return operation == Operation.RECOVER_KEY ? 1 : 0;
        }
    }

    private static final List<Act> ACTS = List.of(
            new Act(Operation.GENERATE_KEY_PAIR, "generateKeyPair", List.of(GENERATE), "done"),
            new Act(
                    Operation.TRANSFER,
                    "unwrap",
                    List.of(
                            TRANSPORT,
                            TRUST,
                            WRAPPING,
                            step(
                                    "transfer_key",
                                    "last",
                                    "key: wrapping",
                                    "under: transport",
                                    "from: primary",
                                    "to: backup",
                                    "quorum: officers")),
                    "done"),
            new Act(
                    Operation.DESTROY,
                    "destroy",
                    List.of(
                            WRAPPING,
                            step("destroy_key", "last", "key: wrapping", "tokens: [primary]", "quorum: officers")),
                    "done"),
            new Act(
                    Operation.INITIALISE,
                    "setUserPin",
                    List.of(step(
                            "initialise_token",
                            "last",
                            "token: primary",
                            "label: fresh",
                            "quorum: officers",
                            "so_pin_by: security_officer",
                            "user_pin_by: officer")),
                    // A label and a PIN do not tell whether they were set now or before.
                    "undecidable"),
            new Act(
                    Operation.ZEROISE,
                    "initialise",
                    List.of(step(
                            "zeroise_token",
                            "last",
                            "token: primary",
                            "quorum: officers",
                            "so_pin_by: security_officer",
                            "user_pin_by: officer")),
                    "done"),
            new Act(Operation.ESCROW_KEY, "importSecretKey", List.of(ESCROW), "done"),
            new Act(
                    Operation.RECOVER_KEY,
                    "importSecretKey",
                    List.of(
                            escrow("before"),
                            step(
                                    "recover_key",
                                    "last",
                                    "key: kek",
                                    "token: backup",
                                    "quorum: officers",
                                    "from: cards")),
                    "done"),
            new Act(
                    Operation.CHANGE_PIN,
                    "changePin",
                    List.of(step("change_pin", "last", "token: primary", "pin: user", "quorum: officers")),
                    "done"));

    /// Where the stop falls.
    private enum Stop {
        BEFORE_INTENT,
        AFTER_INTENT,
        IN_CALL_BEFORE_EFFECT,
        IN_CALL_AFTER_EFFECT,
        ANSWER_LOST_BEFORE_EFFECT,
        ANSWER_LOST_AFTER_EFFECT,
        BEFORE_OUTCOME,
        AFTER_OUTCOME
    }

    /// @param forgets whether the token loses what it did since the intent
    private record Cell(Act act, Stop stop, boolean forgets) {
        @Override
        public String toString() {
            return act.operation().wire() + ", "
                    + stop.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                    + (forgets ? ", the token forgets" : ", the token keeps it");
        }

        Trap trap() {
            return switch (stop) {
                case BEFORE_INTENT -> Trap.onEntry(this::isIntent, Where.BEFORE);
                case AFTER_INTENT -> Trap.onEntry(this::isIntent, Where.AFTER);
                case IN_CALL_BEFORE_EFFECT -> Trap.onCall(firstCall(), act.earlier(), Where.BEFORE, How.KILLED);
                case IN_CALL_AFTER_EFFECT -> Trap.onCall(act.call(), act.earlier(), Where.AFTER, How.KILLED);
                case ANSWER_LOST_BEFORE_EFFECT -> Trap.onCall(firstCall(), act.earlier(), Where.BEFORE, How.UNKNOWN);
                case ANSWER_LOST_AFTER_EFFECT -> Trap.onCall(act.call(), act.earlier(), Where.AFTER, How.UNKNOWN);
                case BEFORE_OUTCOME -> Trap.onEntry(this::isOutcome, Where.BEFORE);
                case AFTER_OUTCOME -> Trap.onEntry(this::isOutcome, Where.AFTER);
            };
        }

        /// Initialising is two calls; before the first nothing has happened.
        private String firstCall() {
            return act.operation() == Operation.INITIALISE ? "initialise" : act.call();
        }

        private boolean isIntent(Draft draft) {
            return draft.type() == EntryType.INTENT && draft.step().equals(Optional.of("last"));
        }

        private boolean isOutcome(Draft draft) {
            return draft.type() == EntryType.OUTCOME && draft.step().equals(Optional.of("last"));
        }

        boolean happened() {
            return switch (stop) {
                case BEFORE_INTENT, AFTER_INTENT, IN_CALL_BEFORE_EFFECT, ANSWER_LOST_BEFORE_EFFECT -> false;
                case IN_CALL_AFTER_EFFECT, ANSWER_LOST_AFTER_EFFECT, BEFORE_OUTCOME, AFTER_OUTCOME -> !forgets;
            };
        }

        /// What the console must find; empty where nobody has to look.
        Optional<String> finding() {
            return switch (stop) {
                case BEFORE_INTENT, AFTER_OUTCOME -> Optional.empty();
                default -> Optional.of(happened() ? act.whenDone() : "not_done");
            };
        }

        /// The three cells that differ most: nothing done yet, done and not known, known to the token and forgotten.
        boolean isTelling() {
            if (act.operation() == Operation.ESCROW_KEY || act.operation() == Operation.RECOVER_KEY) {
                // The others are those of CeremonyStopsTest, which needs no SoftHSM.
                return stop == Stop.IN_CALL_AFTER_EFFECT && !forgets;
            }
            return stop == Stop.AFTER_INTENT
                    || (stop == Stop.IN_CALL_AFTER_EFFECT && !forgets)
                    || (stop == Stop.BEFORE_OUTCOME && forgets);
        }

        /// Whether the step needs a second attempt.
        boolean again() {
            return switch (stop) {
                // A key that is made for its shares goes with the console.
                case BEFORE_INTENT -> act.operation() == Operation.ESCROW_KEY;
                case AFTER_OUTCOME -> forgets;
                default -> !finding().equals(Optional.of("done"));
            };
        }
    }

    /// Every act against every stop; a token can forget only what it has done, and only while the power is gone.
    static Stream<Cell> cells() {
        var cells = new ArrayList<Cell>();
        for (Act act : ACTS) {
            for (Stop stop : Stop.values()) {
                cells.add(new Cell(act, stop, false));
                if (stop == Stop.IN_CALL_AFTER_EFFECT || stop == Stop.BEFORE_OUTCOME || stop == Stop.AFTER_OUTCOME) {
                    cells.add(new Cell(act, stop, true));
                }
            }
        }
        return cells.stream().filter(cell -> LongForm.wanted() || cell.isTelling());
    }

    @TempDir
    private Path folder;

    private Path softHsm = Path.of("");
    private Map<String, String> serials = Map.of();
    private Optional<TestRoom> room = Optional.empty();
    private Optional<Hsm> hsm = Optional.empty();

    @BeforeEach
    void twoTokens() {
        TwoTokens tokens = TwoTokens.make();
        softHsm = tokens.folder();
        serials = tokens.serials();
    }

    @AfterEach
    void close() throws IOException {
        stop();
        delete(softHsm);
    }

    /// As far as a test can die: everything that was in memory is gone.
    private void stop() {
        room.ifPresent(TestRoom::close);
        hsm.ifPresent(Hsm::close);
        room = Optional.empty();
        hsm = Optional.empty();
    }

    private TestRoom enter(Cell cell, Optional<Trap> trap) {
        Hsm real = Pkcs11Hsm.open(SoftHsm.settings(softHsm));
        hsm = Optional.of(real);
        var made = new TestRoom(
                folder,
                trap.map(t -> t.around(real)).orElse(real),
                serials,
                cell.act().steps().toArray(String[]::new));
        trap.ifPresent(t -> made.books = t.around(made.ledger));
        room = Optional.of(made);
        return made;
    }

    private Path tokens() {
        return softHsm.resolve("tokens");
    }

    private Path before() {
        return softHsm.resolve("before");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void stoppedAnywhere_theNextStartSaysWhatIsSo(Cell cell) throws IOException {
        Trap trap = cell.trap();
        TestRoom first = enter(cell, Optional.of(trap));
        first.ledger.onAppend(entry -> {
            if (entry.is(EntryType.INTENT) && entry.step().equals(Optional.of("last")) && !Files.exists(before())) {
                copy(tokens(), before());
            }
        });
        var people = new People(first, cell);
        boolean dies = cell.stop() != Stop.ANSWER_LOST_BEFORE_EFFECT && cell.stop() != Stop.ANSWER_LOST_AFTER_EFFECT;

        TestRoom last = first;
        if (dies) {
            people.changeThePin();
            assertThatThrownBy(first::conduct).isInstanceOf(Killed.class);
            stop();
            if (cell.forgets()) {
                delete(tokens());
                copy(before(), tokens());
            }
            last = enter(cell, Optional.empty());
            new People(last, cell).goOn();
        } else {
            people.changeThePin();
            people.settle();
        }

        assertThat(last.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(trap.sprung()).isTrue();
        assertThat(findings(last)).isEqualTo(cell.finding().stream().toList());
        assertThat(last.now().attempts("last")).hasSize(cell.again() ? 2 : 1);
        assertThat(last.now().openIntents()).isEmpty();
        assertThat(last.now().finished("last")).isTrue();
    }

    private static List<String> findings(TestRoom room) {
        return room.front.asked.stream()
                .filter(Reconcile.class::isInstance)
                .map(question -> ((Reconcile) question).finding())
                .toList();
    }

    /// What people type and choose in a cell.
    private record People(TestRoom room, Cell cell) {
        private boolean changesAPin() {
            return cell.act().operation() == Operation.CHANGE_PIN;
        }

        void type(String... pins) {
            if (changesAPin()) {
                for (String pin : pins) {
                    room.front.thenGive(EnterSecret.class, room.front.secret(pin));
                }
            }
        }

        void changeThePin() {
            type(TestHsm.PIN, NEW_PIN);
        }

        /// After a death: first what the reconciler asks, then what the step asks.
        void goOn() {
            switch (cell.stop()) {
                case BEFORE_INTENT -> {
                    changeThePin();
                    retry(cell.again());
                }
                case AFTER_OUTCOME -> {
                    type(NEW_PIN);
                    retry(cell.again());
                }
                default -> settle();
            }
        }

        void settle() {
            type(NEW_PIN);
            if (cell.happened()) {
                type(NEW_PIN);
            } else {
                type(TestHsm.PIN);
            }
            retry(cell.again());
        }

        private void retry(boolean again) {
            if (again) {
                room.front.thenGive(Choose.class, "retry");
                changeThePin();
            }
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
