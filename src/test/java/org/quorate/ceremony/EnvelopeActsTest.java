package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ceremony.EnvelopeFile.Envelope;
import org.quorate.ceremony.Question.BringFile;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Reconcile;
import org.quorate.ceremony.TestHsm.Killed;
import org.quorate.ceremony.Trap.Where;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;

/// Data keys in their envelopes, on a real SoftHSM: made, re-wrapped, stopped in the middle and altered outside.
class EnvelopeActsTest {
    private static final String KEK =
            step("generate_secret_key", "kek", "key: kek", "token: primary", "quorum: officers");
    private static final String FRESH =
            step("generate_secret_key", "fresh", "key: fresh_kek", "token: primary", "quorum: officers");
    private static final String MAKE = step(
            "make_data_keys",
            "make",
            "spec: AES 128",
            "count: 210",
            "under: kek",
            "token: primary",
            "file: keys.json",
            "quorum: officers");
    private static final String REWRAP = step(
            "rewrap_data_keys",
            "rewrap",
            "from: kek",
            "to: fresh_kek",
            "token: primary",
            "file: keys.json",
            "quorum: officers");
    private static final String CHECK =
            step("check_data_keys", "check", "under: fresh_kek", "token: primary", "file: keys.json");
    private static final String REWRAP_ANOTHER = REWRAP.replace("keys.json", "other.json");

    @TempDir
    private Path folder;

    private Optional<RealRoom> real = Optional.empty();

    @BeforeEach
    void open() {
        real = Optional.of(new RealRoom(folder));
    }

    @AfterEach
    void close() throws Exception {
        real.orElseThrow().close();
    }

    private TestRoom enter(Optional<Trap> trap, String... steps) {
        TestRoom made = real.orElseThrow().enter(steps);
        trap.ifPresent(t -> made.books = t.around(made.ledger));
        return made;
    }

    /// Every version of the file that is in the ledger, oldest first.
    private static List<EnvelopeFile> files(TestRoom room) {
        return room.observed("file_made").stream()
                .map(data -> room.ledger
                        .artefact(Digest.fromArtefactName(data.string("artefact")))
                        .orElseThrow())
                .map(EnvelopeFile::parse)
                .toList();
    }

    private List<TokenObject> objects() {
        Token token = real.orElseThrow()
                .hsm()
                .bySerial(real.orElseThrow().tokens().serials().get("primary"))
                .orElseThrow();
        try (var pin = TwoTokens.pin();
                TokenSession session = token.open(new Token.Login.User(pin)).orThrow()) {
            return session.objects();
        }
    }

    private static List<String> checkValues(EnvelopeFile file) {
        return file.keys().stream().map(Envelope::checkValue).toList();
    }

    @Test
    void dataKeys_areMade_reWrappedAndOpened_andNothingIsLeftOnTheToken() {
        TestRoom room = enter(Optional.empty(), KEK, FRESH, MAKE, REWRAP, CHECK);

        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        List<EnvelopeFile> files = files(room);
        assertThat(files).hasSize(2);
        EnvelopeFile before = files.getFirst();
        EnvelopeFile after = files.getLast();
        assertThat(before.keys()).hasSize(210).extracting(Envelope::name).doesNotHaveDuplicates();
        assertThat(checkValues(before)).doesNotHaveDuplicates().isEqualTo(checkValues(after));
        assertThat(after.keyId())
                .isEqualTo(
                        room.now().keyOn("fresh_kek", "primary").orElseThrow().hex())
                .isNotEqualTo(before.keyId());
        assertThat(after.keys())
                .extracting(Envelope::wrapped)
                .doesNotContainAnyElementsOf(
                        before.keys().stream().map(Envelope::wrapped).toList());
        assertThat(objects()).extracting(TokenObject::label).containsExactlyInAnyOrder("kek-1", "kek-2");
        assertThat(room.observed("data_keys"))
                .extracting(data -> data.object("detail").integer("count"))
                .containsExactly(100L, 100L, 10L, 100L, 100L, 10L);
        assertThat(room.observed("data_keys_opened").getFirst().object("detail").integer("count"))
                .isEqualTo(210);
    }

    private static boolean isSecondHundred(Draft draft) {
        return draft.type() == EntryType.OBSERVATION
                && draft.step().equals(Optional.of("rewrap"))
                && draft.data().string("name").equals("data_keys")
                && draft.data().object("detail").integer("from") == 101;
    }

    @ParameterizedTest
    @EnumSource(Where.class)
    void stopInTheMiddle_losesNothingThatIsInTheLedger_andTheRestGoesOn(Where where) {
        String[] steps = {KEK, FRESH, MAKE, REWRAP, CHECK};
        Trap trap = Trap.onEntry(EnvelopeActsTest::isSecondHundred, where);
        TestRoom first = enter(Optional.of(trap), steps);
        assertThatThrownBy(first::conduct).isInstanceOf(Killed.class);
        TestRoom last = enter(Optional.empty(), steps);
        last.front.thenGive(Choose.class, "retry");

        assertThat(last.conduct()).isEqualTo(Conductor.Ending.CLOSED);

        assertThat(last.front.asked)
                .filteredOn(Reconcile.class::isInstance)
                .extracting(question -> ((Reconcile) question).finding())
                .containsExactly("partial");
        assertThat(last.entries(EntryType.INTENT).stream()
                        .map(Entry::data)
                        .filter(data -> data.string("op").equals("rewrap_data_keys"))
                        .map(data -> data.integer("count")))
                .containsExactly(210L, where == Where.BEFORE ? 110L : 10L);
        List<EnvelopeFile> files = files(last);
        assertThat(checkValues(files.getLast())).isEqualTo(checkValues(files.getFirst()));
        assertThat(last.observed("data_keys_opened")).hasSize(1);
    }

    /// Holds a second ceremony over a file that somebody had in their hands.
    private TestRoom withFile(UnaryOperator<EnvelopeFile> altered) {
        TestRoom room = enter(Optional.empty(), KEK, FRESH, MAKE.replace("210", "3"), REWRAP_ANOTHER);
        room.front
                .thenBring(() -> altered.apply(files(room).getFirst()).bytes())
                .thenGive(Choose.class, "abort");
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);
        return room;
    }

    private static EnvelopeFile with(EnvelopeFile file, int index, UnaryOperator<Envelope> change) {
        var keys = new ArrayList<>(file.keys());
        keys.set(index, change.apply(keys.get(index)));
        return new EnvelopeFile(file.under(), file.keyId(), keys);
    }

    @Test
    void alteredEnvelope_isRefused_andNoFileIsMade() {
        TestRoom room = withFile(file -> with(file, 1, key -> {
            byte[] wrapped = key.wrapped().clone();
            wrapped[5] ^= 1;
            return new Envelope(key.name(), key.spec(), key.checkValue(), wrapped);
        }));

        assertThat(files(room)).hasSize(1);
        assertThat(room.entries(EntryType.OUTCOME).getLast().data().string("result"))
                .isNotEqualTo("done");
        assertThat(objects()).extracting(TokenObject::label).containsExactlyInAnyOrder("kek-1", "kek-2");
    }

    @Test
    void envelopesThatChangedPlaces_areFoundByTheirCheckValues() {
        TestRoom room = withFile(file -> {
            byte[] other = file.keys().getFirst().wrapped();
            return with(file, 1, key -> new Envelope(key.name(), key.spec(), key.checkValue(), other));
        });

        Json.Obj outcome = room.entries(EntryType.OUTCOME).getLast().data();
        assertThat(outcome.object("observed").string("why")).contains("key-00002");
        assertThat(files(room)).hasSize(1);
    }

    @Test
    void fileOfAnotherKey_isRefusedBeforeAnybodySigns() {
        TestRoom room = withFile(file -> new EnvelopeFile("kek-0", "ab".repeat(16), file.keys()));

        assertThat(room.front.problems()).contains("ceremony.envelopes_of_another_key");
        assertThat(room.entries(EntryType.INTENT))
                .noneMatch(intent -> intent.data().string("op").equals("rewrap_data_keys"));
    }

    @Test
    void bringing_refusesWhatIsNoSuchFile() {
        TestRoom room = enter(Optional.empty(), KEK, FRESH, MAKE.replace("210", "3"), REWRAP_ANOTHER);
        room.front.thenBring(() -> files(room).getFirst().bytes());
        assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);
        BringFile asked = room.front.asked.stream()
                .filter(BringFile.class::isInstance)
                .map(BringFile.class::cast)
                .findFirst()
                .orElseThrow();

        assertThat(asked.check().apply("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isPresent();
        assertThat(asked.check().apply(new EnvelopeFile("k", "00", List.of()).bytes()))
                .isPresent();
        byte[] twice = new EnvelopeFile(
                        "k",
                        "00",
                        List.of(
                                files(room).getFirst().keys().getFirst(),
                                files(room).getFirst().keys().getFirst()))
                .bytes();
        assertThat(asked.check().apply(twice)).isPresent();
        assertThat(asked.check().apply(files(room).getFirst().bytes())).isEmpty();
    }
}
