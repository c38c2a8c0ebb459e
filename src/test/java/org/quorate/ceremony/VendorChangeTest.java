package org.quorate.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Commit;
import org.quorate.ceremony.Question.Reconcile;
import org.quorate.hsm.ModuleInfo;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.VendorProfile;
import org.quorate.hsm.VendorProfile.Call;
import org.quorate.hsm.VendorProfile.Change;
import org.quorate.hsm.VendorProfile.Command;
import org.quorate.hsm.VendorProfile.Output;
import org.quorate.hsm.VendorTool;
import org.quorate.hsm.vendor.ProcessVendorTool;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;

/// A maker's command that changes a token: a real program, and a token that a test changes with it.
class VendorChangeTest {
    private static final String CHANGE =
            step("run_vendor_command", "change", "token: primary", "command: state", "quorum: officers");

    @TempDir
    private Path folder;

    private Path program;
    private Path seen;

    @BeforeEach
    void aProgramThatTellsWhatItSees() throws Exception {
        seen = folder.resolve("seen");
        program = program("tr '\\0' '\\n' < /proc/$$/cmdline > " + seen + ".argv; env > " + seen + ".env; cat > " + seen
                + ".in; echo the new label is set; echo and the PIN was 11112222");
    }

    private Path program(String body) throws Exception {
        Path file = Files.writeString(folder.resolve("makers-tool"), "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    static Command command(Path program, List<PinKind> stdin) {
        return new Command(
                "state",
                "Set the label",
                new Call(List.of(program.toString(), "--serial", "{serial}"), stdin, 20),
                new Output(List.of("label is set"), List.of("ERROR")),
                Optional.of(new Change(true, List.of("CKF_TOKEN_INITIALIZED"), Optional.of("{label}-{serial}"))));
    }

    /// Runs the program as the real tool does, and then does to the token what the test says that the program did.
    record Tool(Command command, Runnable effect) implements VendorTool {
        private static final ProcessVendorTool REAL = new ProcessVendorTool(Map.of());

        @Override
        public Optional<VendorProfile> profile(ModuleInfo module) {
            return Optional.of(VendorActsTest.profile(command));
        }

        @Override
        public Digest digest(String path) {
            return REAL.digest(path);
        }

        @Override
        public Run run(Request request) {
            Run run = REAL.run(request);
            effect.run();
            return run;
        }
    }

    private TestRoom room(List<PinKind> stdin, String label) {
        TestRoom room = new TestRoom(folder, CHANGE);
        room.vendor = new Tool(command(program, stdin), () -> room.hsm.token("S1").label = label);
        return room;
    }

    private static Json.Obj only(TestRoom room, String name) {
        assertThat(room.observed(name)).hasSize(1);
        return room.observed(name).getFirst();
    }

    @Test
    void change_isApprovedByDigestAndArguments_runOnce_andSeenOnTheToken() throws Exception {
        try (TestRoom room = room(List.of(), "token-S1")) {
            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            Json.Obj statement = room.entries(EntryType.STATEMENT).stream()
                    .map(Entry::data)
                    .filter(data -> data.object("act").optionalString("op").equals(Optional.of("vendor_command")))
                    .findFirst()
                    .orElseThrow();
            Digest digest = Digest.of(Files.readAllBytes(program));
            assertThat(statement.string("text"))
                    .contains(program.toString(), digest.grouped(), "\u2022 --serial\n", "\u2022 S1");
            Json.Obj template = room.entries(EntryType.INTENT).getFirst().data().object("template");
            assertThat(template.strings("words")).containsExactly(program.toString(), "--serial", "S1");
            assertThat(template.string("program_sha256")).isEqualTo(digest.hex());
            assertThat(room.front.count(Commit.class)).isOne();
            assertThat(Files.readAllLines(Path.of(seen + ".argv"))).endsWith("--serial", "S1");
            assertThat(Path.of(seen + ".in")).isEmptyFile();
            assertThat(only(room, "vendor_command_after").string("verdict")).isEqualTo("matches");
            assertThat(room.observed("objects"))
                    .extracting(data -> data.object("detail").string("when"))
                    .containsExactly("before", "after");
            assertThat(only(room, "token").object("detail").string("label")).isEqualTo("token-S1");
        }
    }

    @Test
    void quorumOfTheHsmItself_isSignedAndOnRecord_whereTheProfileSaysSo() {
        try (TestRoom room = room(List.of(), "token-S1")) {
            Command plain = command(program, List.of());
            Change change = plain.change().orElseThrow();
            room.vendor = new Tool(
                    new Command(
                            plain.name(),
                            plain.title(),
                            plain.call(),
                            plain.output(),
                            Optional.of(new Change(change.present(), change.flags(), change.label(), true))),
                    () -> room.hsm.token("S1").label = "token-S1");
            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.entries(EntryType.INTENT))
                    .filteredOn(intent -> intent.data().string("op").equals("vendor_command"))
                    .singleElement()
                    .satisfies(intent -> assertThat(
                                    intent.data().object("template").string("quorum_by"))
                            .isEqualTo("hsm"));
        }
    }

    @Test
    void change_withAPin_givesItOnTheInputOnly_andNoTraceOfItIsLeft() throws Exception {
        try (TestRoom room = room(List.of(PinKind.SECURITY_OFFICER), "token-S1")) {
            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(Path.of(seen + ".in")).hasContent(TestHsm.PIN + "\n");
            assertThat(Path.of(seen + ".argv")).content().doesNotContain(TestHsm.PIN);
            assertThat(Path.of(seen + ".env")).content().doesNotContain(TestHsm.PIN);
            assertThat(room.now().entries())
                    .noneMatch(entry -> entry.data().text().contains(TestHsm.PIN));
            byte[] printed = room.ledger
                    .artefact(
                            Digest.fromArtefactName(only(room, "vendor_command").string("artefact")))
                    .orElseThrow();
            assertThat(new String(printed, UTF_8)).contains("label is set").doesNotContain(TestHsm.PIN);
            assertThat(Files.readAllBytes(folder.resolve("ledger.db")))
                    .asString(java.nio.charset.StandardCharsets.ISO_8859_1)
                    .doesNotContain(TestHsm.PIN);
            assertThat(room.front.pins)
                    .allSatisfy(pin -> assertThatThrownBy(pin::length).isInstanceOf(IllegalStateException.class));
        }
    }

    @Test
    void change_thatTheTokenDoesNotShow_isNoDoneStep_whateverTheToolSays() {
        try (TestRoom room = room(List.of(), "token")) {
            room.front.thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.problems()).containsExactly("ceremony.vendor_command_not_so");
            assertThat(only(room, "vendor_command_after").string("because"))
                    .isEqualTo("The token has the label \"token\" and not \"token-S1\"");
        }
    }

    @Test
    void toolThatFails_leavesItToPeople_whoSeeWhatTheTokenSaysNow() throws Exception {
        program("echo ERROR half done; exit 3");
        try (TestRoom room = room(List.of(), "half")) {
            room.front.thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.problems()).containsExactly("ceremony.found_not_done");
            Reconcile asked = reconcile(room);
            assertThat(asked.finding()).isEqualTo("undecidable");
            assertThat(asked.evidence()).extracting(Exhibit::text).contains("S1", "half", "0");
        }
    }

    private static Reconcile reconcile(TestRoom room) {
        return room.front.asked.stream()
                .filter(Reconcile.class::isInstance)
                .map(Reconcile.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void killedInTheAct_isNeverRunAgain_evenWhereTheTokenIsGone() {
        TestRoom room = new TestRoom(folder, CHANGE);
        try (room) {
            room.vendor = new Tool(command(program, List.of()), () -> {
                room.hsm.present.removeFirst();
                throw new TestHsm.Killed();
            });
            assertThatThrownBy(room::conduct).isInstanceOf(TestHsm.Killed.class);
            assertThat(room.now().openIntents()).hasSize(1);
            room.vendor = new Tool(command(program, List.of()), () -> {
                throw new AssertionError("run again");
            });
            room.front.thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(reconcile(room).finding()).isEqualTo("undecidable");
            assertThat(reconcile(room).evidence())
                    .extracting(Exhibit::text)
                    .containsExactly("No token with the serial S1 is there any more");
            assertThat(room.now().openIntents()).isEmpty();
        }
    }

    @Test
    void programThatChangedSinceTheApproval_isNotRun() {
        try (TestRoom room = room(List.of(), "token-S1")) {
            Tool before = (Tool) room.vendor;
            room.vendor = new VendorTool() {
                private int asked;

                @Override
                public Optional<VendorProfile> profile(ModuleInfo module) {
                    return before.profile(module);
                }

                @Override
                public Digest digest(String path) {
                    return asked++ == 0 ? Digest.of(new byte[1]) : before.digest(path);
                }

                @Override
                public Run run(Request request) {
                    return before.run(request);
                }
            };
            room.front.thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.problems()).containsExactly("hsm.vendor.tool_changed");
            assertThat(Path.of(seen + ".argv")).doesNotExist();
            assertThat(room.entries(EntryType.INTENT)).isEmpty();
        }
    }
}
