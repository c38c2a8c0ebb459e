package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ceremony.Question.BringFile;
import org.quorate.ceremony.Question.Choose;
import org.quorate.hsm.AuditLog;
import org.quorate.hsm.AuditLog.Trace;
import org.quorate.hsm.ModuleInfo;
import org.quorate.hsm.VendorProfile;
import org.quorate.hsm.VendorTool;
import org.quorate.ledger.EntryType;

/// Logs that tell what a ceremony did, and such that were altered.
class AuditMatchTest {
    private static final UUID LATER = UUID.fromString("00000000-0000-4000-8000-00000000000b");
    private static final UUID LAST = UUID.fromString("00000000-0000-4000-8000-00000000000c");
    private static final String MAKE =
            step("generate_key_pair", "make", "key: root", "token: primary", "quorum: officers");
    private static final String MATCH =
            step("match_audit_log", "match", "token: primary", "file: hsm.log", "tolerance_seconds: 5");

    private static final AuditLog LOG = new AuditLog(
            "Bring it.",
            new AuditLog.Form(
                    Pattern.compile("(?m)^(?<time>\\S+) #(?<number>\\d+) (?<operation>\\w+) (?<result>\\w+)$"),
                    AuditLog.Time.ISO,
                    Pattern.compile("^OK$")),
            List.of(new Trace("MAKE_PAIR", "generate_key_pair", 1), new Trace("ERASE", "destroy", 2)),
            List.of("LOGIN"));

    @TempDir
    private Path folder;

    private Instant made = Instant.EPOCH;

    private record Tool() implements VendorTool {
        @Override
        public Optional<VendorProfile> profile(ModuleInfo module) {
            VendorProfile plain = VendorActsTest.profile();
            return Optional.of(new VendorProfile(
                    plain.id(),
                    plain.title(),
                    plain.experience(),
                    new VendorProfile.Module(
                            List.of("module.so"), List.of(), Optional.empty(), List.of(), Map.of(), Optional.of(LOG)),
                    plain.practice(),
                    plain.commands()));
        }

        @Override
        public Digest digest(String program) {
            throw new IllegalStateException("nothing is run here");
        }

        @Override
        public Run run(Request request) {
            throw new IllegalStateException("nothing is run here");
        }
    }

    private List<String> good = List.of();

    private TestRoom room() {
        var room = new TestRoom(folder, MAKE);
        room.vendor = new Tool();
        room.conduct();
        made = room.entries(EntryType.INTENT).getFirst().time();
        good = List.of(made + " #7 LOGIN OK", made + " #8 MAKE_PAIR OK", made.plusSeconds(1) + " #9 LOGIN OK");
        return room;
    }

    /// What was found in a later ceremony that brings these lines.
    private static Json.Obj matched(TestRoom room, UUID ceremony, List<String> lines) {
        room.front.thenGive(
                BringFile.class, String.join("\n", lines).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        room.front.thenGive(Choose.class, "abort");
        room.conduct(ceremony, TestRoom.script(MATCH));
        return room.later(ceremony)
                .latest("match")
                .orElseThrow()
                .observation("audit_log_match")
                .orElseThrow()
                .data();
    }

    private static List<String> findings(TestRoom room, List<String> lines) {
        Json.Obj seen = matched(room, LATER, lines);
        assertThat(seen.string("verdict").equals("matches"))
                .isEqualTo(seen.optionalString("because").isEmpty());
        return seen.optionalString("because")
                .map(text -> List.of(text.split("; ")))
                .orElse(List.of());
    }

    @Test
    void logThatTellsTheSame_isExplained() {
        try (TestRoom room = room()) {
            Json.Obj seen = matched(room, LATER, good);

            assertThat(seen.string("verdict")).isEqualTo("matches");
            assertThat(seen.object("detail").integer("acts")).isOne();
            assertThat(seen.object("detail").integer("entries")).isEqualTo(3);
            assertThat(seen.object("detail").integer("last_number")).isEqualTo(9);
        }
    }

    @Test
    void entryThatWasTakenOut_isAGap_andItsActIsMissing() {
        try (TestRoom room = room()) {
            assertThat(findings(room, List.of(good.get(0), good.get(2))))
                    .satisfiesExactly(
                            gap -> assertThat(gap).contains("the entry 9 follows the entry 7"),
                            missing -> assertThat(missing)
                                    .startsWith("not in the log")
                                    .contains("MAKE_PAIR"));
        }
    }

    @Test
    void entryThatWasCutOffAtTheEnd_isMissing() {
        try (TestRoom room = room()) {
            assertThat(findings(room, good.subList(0, 1)))
                    .singleElement()
                    .asString()
                    .startsWith("not in the log");
        }
    }

    @Test
    void secondKeyThatNobodyApproved_isUnexplained() {
        try (TestRoom room = room()) {
            var lines = new ArrayList<>(good);
            lines.add(made.plusSeconds(1) + " #10 MAKE_PAIR OK");

            assertThat(findings(room, lines)).singleElement().asString().startsWith("explained by no ceremony");
        }
    }

    @Test
    void loginWhenNoCeremonyWasHeld_isUnexplained() {
        try (TestRoom room = room()) {
            var lines = new ArrayList<>(good);
            lines.add(made.plus(Duration.ofHours(1)) + " #10 LOGIN OK");

            assertThat(findings(room, lines)).singleElement().asString().startsWith("explained by no ceremony");
        }
    }

    @Test
    void operationThatTheProfileDoesNotKnow_andALineThatIsNoEntry_areFindings() {
        try (TestRoom room = room()) {
            var lines = new ArrayList<>(good);
            lines.add(made.plusSeconds(1) + " #10 EXPORT_ALL OK");
            lines.add("and so on");

            assertThat(findings(room, lines))
                    .satisfiesExactlyInAnyOrder(
                            unread -> assertThat(unread).isEqualTo("not read: and so on"),
                            unknown -> assertThat(unknown)
                                    .contains("does not know")
                                    .contains("EXPORT_ALL"));
        }
    }

    @Test
    void actThatTheLogSaysWasRefused_isAFinding() {
        try (TestRoom room = room()) {
            assertThat(findings(
                            room,
                            good.stream()
                                    .map(line -> line.replace("MAKE_PAIR OK", "MAKE_PAIR DENIED"))
                                    .toList()))
                    .singleElement()
                    .asString()
                    .startsWith("refused by the log");
        }
    }

    @Test
    void orderThatWasChanged_isAFinding() {
        try (TestRoom room = room()) {
            var lines = new ArrayList<>(good);
            Collections.swap(lines, 1, 2);

            assertThat(findings(room, lines)).anyMatch(line -> line.startsWith("earlier than the entry before it"));
        }
    }

    @Test
    void nextCollection_goesOnWhereTheLastOneEnded() {
        try (TestRoom room = room()) {
            matched(room, LATER, good);
            var lines = new ArrayList<>(good);
            lines.add(room.ledger.entry(room.ledger.head().size() - 1).time() + " #11 LOGIN OK");

            Json.Obj seen = matched(room, LAST, lines);

            assertThat(seen.object("detail").integer("earlier")).isEqualTo(3);
            assertThat(seen.string("because")).contains("the entry 11 follows the entry 9");
        }
    }

    /// Otherwise trying once more would be all that it takes.
    @Test
    void matchThatFailed_hasCollectedNothing() {
        try (TestRoom room = room()) {
            matched(room, LATER, good.subList(0, 1));

            Json.Obj seen = matched(room, LAST, good.subList(0, 1));

            assertThat(seen.string("verdict")).isEqualTo("differs");
            assertThat(seen.object("detail").integer("earlier")).isZero();
        }
    }

    @BeforeEach
    void reset() {
        made = Instant.EPOCH;
    }
}
