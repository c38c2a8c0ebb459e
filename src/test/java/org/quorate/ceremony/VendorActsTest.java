package org.quorate.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.ceremony.Question.Choose;
import org.quorate.ceremony.Question.Compare;
import org.quorate.ceremony.Question.Enter;
import org.quorate.ceremony.Question.EnterSecret;
import org.quorate.hsm.ModuleInfo;
import org.quorate.hsm.VendorProfile;
import org.quorate.hsm.VendorProfile.Act;
import org.quorate.hsm.VendorProfile.By;
import org.quorate.hsm.VendorProfile.Call;
import org.quorate.hsm.VendorProfile.Command;
import org.quorate.hsm.VendorProfile.Output;
import org.quorate.hsm.VendorTool;
import org.quorate.hsm.vendor.ProcessVendorTool;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.Participant;

/// The maker's own tool as a second voice, here one that says what a test wants.
class VendorActsTest {
    private static final String RUN = step("run_vendor_command", "ask", "token: primary", "command: state");

    @TempDir
    private Path folder;

    private static final Command STATE = new Command(
            "state",
            "Ask for the state",
            new Call(List.of("/bin/state", "--of={serial}"), List.of(), 5),
            new Output(List.of("serial {serial}"), List.of("alarm")),
            Optional.empty());

    static VendorProfile profile(Command... commands) {
        var nothing = new Act(By.NONE, "");
        return new VendorProfile(
                "test",
                "Test HSMs",
                VendorProfile.Experience.NOT_RUN,
                new VendorProfile.Module(
                        List.of("module.so"),
                        Optional.empty(),
                        List.of("CKA_SENSITIVE"),
                        Map.of("0x80000007", "It is locked.", "CKR_PIN_EXPIRED", "The first PIN must be changed.")),
                new VendorProfile.Practice(
                        nothing,
                        nothing,
                        nothing,
                        new Act(By.VENDOR, "The display says so."),
                        new VendorProfile.Pin("user:password", "Name, colon, password.", false),
                        List.of("Mind.")),
                List.of(commands));
    }

    private record Saying(String printed, int exit) implements VendorTool {
        @Override
        public Optional<VendorProfile> profile(ModuleInfo module) {
            return Optional.of(VendorActsTest.profile(STATE));
        }

        @Override
        public Digest digest(String program) {
            return Digest.of(new byte[1]);
        }

        @Override
        public Run run(Request request) {
            return new Run(request.words(), digest(""), exit, printed.getBytes(UTF_8));
        }
    }

    private Json.Obj seen(TestRoom room, String name) {
        return room.observed(name).getFirst();
    }

    @Test
    void run_ofATool_keepsWhatItPrintedAndHowItWasCalled() {
        try (TestRoom room = new TestRoom(folder, RUN)) {
            room.vendor = new Saying("serial S1\nall is well\n", 0);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            Json.Obj seen = seen(room, "vendor_command");
            assertThat(seen.string("verdict")).isEqualTo("matches");
            assertThat(seen.object("detail").strings("words")).containsExactly("/bin/state", "--of=S1");
            byte[] kept = room.ledger
                    .artefact(Digest.fromArtefactName(seen.string("artefact")))
                    .orElseThrow();
            assertThat(new String(kept, UTF_8)).contains("all is well");
        }
    }

    @Test
    void run_thatSaysAnotherSerialOrAnAlarmOrFails_isNoDoneStep() throws Exception {
        for (VendorTool tool :
                List.of(new Saying("serial S9", 0), new Saying("serial S1 alarm", 0), new Saying("serial S1", 3))) {
            try (TestRoom room =
                    new TestRoom(Files.createDirectory(folder.resolve(String.valueOf(tool.hashCode()))), RUN)) {
                room.vendor = tool;
                room.front.thenGive(Choose.class, "abort");

                assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

                assertThat(room.front.problems()).containsExactly("ceremony.vendor_command_objects");
                assertThat(seen(room, "vendor_command").string("because")).isNotBlank();
            }
        }
    }

    @Test
    void run_ofWhatChangesTheToken_withoutAQuorum_runsNothing() {
        try (TestRoom room = new TestRoom(folder, RUN)) {
            var ran = new AtomicBoolean();
            room.vendor = new VendorChangeTest.Tool(
                    VendorChangeTest.command(Path.of("/bin/true"), List.of()), () -> ran.set(true));
            room.front.thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.problems()).containsExactly("ceremony.vendor_command_changes");
            assertThat(ran).isFalse();
            assertThat(room.entries(EntryType.INTENT)).isEmpty();
        }
    }

    @Test
    void run_withoutAProfile_saysSo() {
        try (TestRoom room = new TestRoom(folder, RUN)) {
            room.front.thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.problems()).containsExactly("ceremony.vendor_unknown");
        }
    }

    private static final String READ = step(
            "run_vendor_command", "ask", "token: primary", "command: mode", "people_read: The mode on the display");

    /// One person types it in, the witness reads it again, and the record says that it was not the machine.
    @Test
    void modeThatNoCommandShows_isReadByPeople_andSaidSo() throws Exception {
        for (VendorTool tool : List.of(new Saying("", 0), new ProcessVendorTool(Map.of()))) {
            try (TestRoom room = new TestRoom(
                    Files.createDirectory(folder.resolve(tool.getClass().getSimpleName())), READ)) {
                room.vendor = tool;
                room.front.thenGive(Enter.class, "FIPS approved operation mode");

                assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

                assertThat(seen(room, "people_read_instead").string("item")).isEqualTo("sensed");
                assertThat(seen(room, "people_read").string("item")).isEqualTo("stated");
                assertThat(seen(room, "people_read").string("text")).isEqualTo("FIPS approved operation mode");
                assertThat(seen(room, "people_read_again").string("verdict")).isEqualTo("matches");
                assertThat(room.front.asked)
                        .filteredOn(Compare.class::isInstance)
                        .flatExtracting(question -> ((Compare) question).by())
                        .extracting(person -> ((Participant) person).person())
                        .containsExactly("wil");
                assertThat(room.observed("vendor_command")).isEmpty();
            }
        }
    }

    @Test
    void reading_tellsWhereTheProfileSaysItStands_andWitnessWhoDiffersEndsTheStep() {
        try (TestRoom room = new TestRoom(folder, READ)) {
            room.vendor = new Saying("", 0);
            room.front
                    .thenGive(Compare.class, new Question.Verdict.No("It says another mode."))
                    .thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.asked)
                    .filteredOn(Enter.class::isInstance)
                    .extracting(question -> ((Enter) question).hint())
                    .containsExactly("The display says so.");
        }
    }

    @Test
    void commandThatTheProfileHas_isRunByTheMachine_whateverPeopleCouldRead() {
        try (TestRoom room = new TestRoom(folder, READ.replace("command: mode", "command: state"))) {
            room.vendor = new Saying("serial S1", 0);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(seen(room, "vendor_command").string("verdict")).isEqualTo("matches");
            assertThat(room.front.count(Enter.class)).isZero();
        }
    }

    @Test
    void identify_ofADeviceNobodyTried_saysSoOnRecord() {
        try (TestRoom room = new TestRoom(folder, step("identify_token", "which", "token: primary"))) {
            room.vendor = new Saying("", 0);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(seen(room, "vendor_profile").string("text")).contains("Not yet run on hardware", "Test HSMs");
        }
    }

    @Test
    void refusal_withAMakersNumber_isExplained() {
        try (TestRoom room = new TestRoom(
                folder, step("generate_key_pair", "make", "key: root", "token: primary", "quorum: officers"))) {
            room.vendor = new Saying("", 0);
            room.hsm.refusal = "CKR_0x80000007";
            room.hsm.fault = Optional.of(new TestHsm.Fault(TestHsm.Effect.NOTHING, TestHsm.Reply.REFUSED));
            room.front.thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            assertThat(room.front.notices.getFirst().cause()
                            + room.front.notices.getFirst().what())
                    .contains("CKR_0x80000007 (It is locked.)");
        }
    }

    @Test
    void refusedLogin_withANumberOfPkcs11_hasTheMakersWordsAndItsOwn() {
        try (TestRoom room = new TestRoom(
                folder, step("generate_key_pair", "make", "key: root", "token: primary", "quorum: officers"))) {
            room.vendor = new Saying("", 0);
            room.hsm.token("S1").refusedLogin = Optional.of("CKR_PIN_EXPIRED");
            room.front.thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            Problem shown = room.front.notices.getFirst();
            assertThat(shown.id()).isEqualTo("hsm.pin_expired");
            assertThat(shown.cause()).contains("CKR_PIN_EXPIRED (The first PIN must be changed.)");
        }
    }

    @Test
    void refusedAct_withANumberOfPkcs11_hasTheMakersWordsAndItsOwn() {
        try (TestRoom room = new TestRoom(
                folder, step("generate_key_pair", "make", "key: root", "token: primary", "quorum: officers"))) {
            room.vendor = new Saying("", 0);
            room.hsm.refusal = "CKR_PIN_EXPIRED";
            room.hsm.fault = Optional.of(new TestHsm.Fault(TestHsm.Effect.NOTHING, TestHsm.Reply.REFUSED));
            room.front.thenGive(Choose.class, "abort");

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);

            Problem shown = room.front.notices.getFirst();
            assertThat(shown.cause()).contains("wants another PIN", "CKR_PIN_EXPIRED (The first PIN must be changed.)");
        }
    }

    @Test
    void keyReport_ofAnAttributeThatTheMakersModulesDoNotReport_doesNotBelieveTheConstant() {
        try (TestRoom room = new TestRoom(
                folder, step("generate_key_pair", "make", "key: root", "token: primary", "quorum: officers"))) {
            room.vendor = new Saying("", 0);

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            Json.Obj report = room.observed("key_report").getLast();
            assertThat(report.object("detail").objects("attributes"))
                    .filteredOn(line -> line.string("state").equals("not_reported"))
                    .extracting(line -> line.string("name"))
                    .containsExactly("CKA_SENSITIVE");
            assertThat(report.string("text")).contains("Not reported by this maker's modules: CKA_SENSITIVE");
        }
    }

    @Test
    void pinQuestion_onARealToken_saysHowAPinOfThisMakerLooks() {
        try (TestRoom room = new TestRoom(
                folder, step("generate_key_pair", "make", "key: root", "token: primary", "quorum: officers"))) {
            room.vendor = new Saying("", 0);
            room.practicePin = Optional.empty();

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            assertThat(room.front.asked)
                    .filteredOn(EnterSecret.class::isInstance)
                    .map(question -> ((EnterSecret) question).maker())
                    .containsExactly(Optional.of(
                            new Question.MakersPin("Test HSMs", "user:password", "Name, colon, password.")));
        }
    }

    @Test
    void pinQuestion_inAPracticeOrWithoutAProfile_saysNothingMore() throws Exception {
        String make = step("generate_key_pair", "make", "key: root", "token: primary", "quorum: officers");
        for (Optional<String> practice : List.of(Optional.of(TestHsm.PIN), Optional.<String>empty())) {
            Path own = Files.createDirectory(folder.resolve(practice.isPresent() ? "practice" : "unknown"));
            try (TestRoom room = new TestRoom(own, make)) {
                room.practicePin = practice;
                if (practice.isPresent()) {
                    room.vendor = new Saying("", 0);
                }

                assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

                assertThat(room.front.asked)
                        .filteredOn(EnterSecret.class::isInstance)
                        .isNotEmpty()
                        .allMatch(question -> ((EnterSecret) question).maker().isEmpty());
            }
        }
    }
}
