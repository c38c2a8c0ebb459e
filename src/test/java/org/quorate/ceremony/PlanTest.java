package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.app.Program;
import org.quorate.app.Program.Ended;
import org.quorate.base.Json;
import org.quorate.ceremony.Question.Confirm;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.LedgerFixture;
import org.quorate.script.Plan;
import org.quorate.script.yaml.PlanReader;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// A plan, read strictly, beside a ledger in which its ceremonies were held.
class PlanTest {
    private static final Path SHIPPED = Path.of("ceremony-scripts/plans/hsm-foundation-sprint.yaml");
    private static final String STATE = step(
            "confirm",
            "state",
            "statement: It is the final one.",
            "enter: [{name: access_policy, label: Reference of the policy}]");
    private static final String CLOSE = step("read_exceptions", "read") + step("close_ceremony", "close");
    private static final String SMALL = """
            format: quorate-plan/1
            id: small
            version: "1.0"
            title: A small plan
            goal: To be tested.
            stages:
              - id: first
                title: The first week
                first_week: 1
                last_week: 1
                work: [Something]
                deliverables:
                  - id: held
                    title: A ceremony
                    accepted: It was held.
                    ceremonies: [test]
                  - id: written
                    title: A policy
                    accepted: It is on record.
                    documents:
                      - name: access_policy
                        title: Access policy
              - id: more
                title: More
                first_week: 2
                last_week: 3
                optional: Only if wanted.
                work: [Something else]
                deliverables:
                  - id: extra
                    title: An extra
                    accepted: It was held.
                    ceremonies: [no-such-script]
            criteria:
              - id: both
                title: Both
                accepted: Both are there.
                ceremonies: [test]
            """;

    @TempDir
    private Path folder;

    private Path plan = Path.of("");

    @BeforeEach
    void write() throws IOException {
        plan = Files.writeString(folder.resolve("small.yaml"), SMALL);
    }

    private Ended ask(Object... more) {
        return Program.run(
                Stream.concat(Stream.of("plan", plan, "--ledger", folder.resolve("ledger.db")), Stream.of(more))
                        .toArray());
    }

    private static Map<String, Json.Obj> targets(Json.Obj plan) {
        return Stream.concat(
                        plan.objects("stages").stream().flatMap(stage -> stage.objects("deliverables").stream()),
                        plan.objects("criteria").stream())
                .collect(Collectors.toMap(target -> target.string("id"), target -> target));
    }

    // ---- what the ledger says ----

    @Test
    void ceremonyThatWasClosed_ticksItsDeliverables_andItsDocuments() {
        try (TestRoom room = new TestRoom(folder, STATE, CLOSE)) {
            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);
        }

        Ended ended = ask();

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains("A small plan, version 1.0: 3 of 3 deliverables and criteria are there.")
                .contains(
                        "By the ledger of a practice site",
                        "[x] A ceremony",
                        "[x] A policy",
                        "Access policy: \"as seen\"")
                .contains("Weeks 2 to 3: More.", "Optional, and not counted.", "[ ] An extra")
                .contains("no-such-script: there is no such script in the library")
                .contains("Everything that counts is there.");
        Json.Obj json = ask("--json").json();
        assertThat(json.bool("complete")).isTrue();
        Json.Obj held = targets(json).get("held");
        assertThat(held).isNotNull();
        assertThat(held.objects("ceremonies").getFirst().string("ceremony"))
                .isEqualTo(LedgerFixture.CEREMONY.toString());
    }

    @Test
    void ceremonyThatWasAborted_orIsNotOver_ticksNothing() {
        try (TestRoom room = new TestRoom(folder, STATE, CLOSE)) {
            room.front.then(Confirm.class, new Answer.Pause<>("lunch"));
            room.conduct();
        }
        Ended paused = ask();
        assertThat(paused.code()).isOne();
        assertThat(paused.out()).contains("0 of 3", "Next: A ceremony. Missing: test");

        try (TestRoom room = new TestRoom(folder, STATE, CLOSE)) {
            room.front.then(Confirm.class, new Answer.Abort<>("fire alarm"));
            assertThat(room.conduct()).isEqualTo(Conductor.Ending.ABORTED);
        }
        assertThat(ask().code()).isOne();
        assertThat(ask().out()).contains("0 of 3", "[ ] A policy");
    }

    @Test
    void beforeTheStart_nothingCounts_andWhatIsOverdueIsLate() {
        try (TestRoom room = new TestRoom(folder, STATE, CLOSE)) {
            room.conduct();
        }

        assertThat(ask("--started", "2026-11-22", "--at", "2027-01-01").code()).isZero();
        Ended before = ask("--started", "2026-11-23", "--at", "2026-11-29");
        assertThat(before.code()).isOne();
        assertThat(before.out())
                .contains("Until 2026-11-30 00:00:00Z", "0 of 3")
                .doesNotContain("Late");
        Ended late = ask("--started", "2026-11-23", "--at", "2026-12-01");
        assertThat(late.out())
                .contains("[ ] Late: A ceremony", "[ ] Late: Both")
                .doesNotContain("Late: An extra");
        assertThat(targets(ask("--started", "2026-11-23", "--at", "2026-12-01", "--json")
                                .json())
                        .get("written")
                        .bool("late"))
                .isTrue();
    }

    @Test
    void followedPlan_keepsItsStart_untilAnotherOneIsNamed() {
        try (TestRoom room = new TestRoom(folder, STATE, CLOSE)) {
            room.conduct();
        }
        Program.run("plan", plan, "--follow", "--started", "2026-11-23", "--home", folder);

        Json.Obj followed = Program.run("plan", "--home", folder, "--json").json();
        Json.Obj earlier = Program.run("plan", "--home", folder, "--started", "2026-11-22", "--json")
                .json();

        assertThat(followed.bool("followed")).isTrue();
        assertThat(followed.string("started")).isEqualTo("2026-11-23T00:00:00.000Z");
        assertThat(followed.bool("complete")).isFalse();
        assertThat(earlier.string("started")).isEqualTo("2026-11-22T00:00:00.000Z");
        assertThat(earlier.bool("complete")).isTrue();
    }

    /// To the millisecond; and what somebody only agreed to is no document, whatever it is called.
    @Test
    void ceremonyThatWasOpenedAtTheStart_counts_andAYesIsNoDocument() {
        try (TestRoom room = new TestRoom(folder, STATE, CLOSE)) {
            room.conduct();
            Instant opened = room.entries(EntryType.CEREMONY_OPEN).getFirst().time();
            var counted = new PlanProgress(Optional.of(opened));
            var not = new PlanProgress(Optional.of(opened.plusMillis(1)));
            room.now().entries().forEach(counted::add);
            room.now().entries().forEach(not::add);

            assertThat(counted.ceremony("test")).isPresent();
            assertThat(counted.document("access_policy")).isPresent();
            assertThat(not.ceremony("test")).isEmpty();
            List<String> agreed = room.entries(EntryType.OBSERVATION).stream()
                    .map(Entry::data)
                    .filter(data -> data.string("item").equals("stated")
                            && data.optionalString("verdict").isPresent())
                    .map(data -> data.string("name"))
                    .toList();
            assertThat(agreed)
                    .isNotEmpty()
                    .allMatch(name -> counted.document(name).isEmpty());
        }
    }

    // ---- what is refused ----

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "format: quorate-plan/1 | format: quorate-plan/2 | unknown-format",
                "title: A small plan | titel: A small plan | unknown-key",
                "goal: To be tested. | # nothing | missing-key",
                "ceremonies: [test] | ceremonies: [test, test] | bad-value",
                "ceremonies: [test] | ceremonies: [Test] | bad-id",
                "ceremonies: [no-such-script] | documents: [] | bad-value",
                "last_week: 3 | last_week: 1 | bad-value",
                "last_week: 3 | last_week: 105 | bad-value",
                "first_week: 2 | first_week: two | wrong-type",
                "id: extra | id: held | duplicate-id",
                "name: access_policy | name: Access-Policy | bad-id",
                "title: Both | title: &both Both | yaml-anchor",
                "ceremonies: [no-such-script] | accepted: twice | duplicate-key"
            })
    void planThatIsWrong_isRefusedWithItsPlace(String from, String to, String rule) throws IOException {
        assertThat(SMALL).contains(from);
        PlanReader.Read read =
                PlanReader.read("small.yaml", SMALL.replace(from, to).getBytes(StandardCharsets.UTF_8));

        assertThat(read.plan()).isEmpty();
        assertThat(read.findings()).extracting(finding -> finding.rule()).contains(rule);
    }

    @Test
    void badInput_isAnsweredInWords() throws IOException {
        try (TestRoom room = new TestRoom(folder, STATE, CLOSE)) {
            room.conduct();
        }
        Files.writeString(plan, SMALL.replace("goal:", "gaol:"));
        Ended wrong = ask();
        assertThat(wrong.code()).isOne();
        assertThat(wrong.out()).contains(plan + ":", "[unknown-key]");

        plan = folder.resolve("missing.yaml");
        assertThat(ask().code()).isEqualTo(3);
        assertThat(ask().problem().getFirst()).startsWith("There is no plan ");
        assertThat(ask("--started", "Monday").code()).isEqualTo(2);
    }

    // ---- the shipped plan ----

    @Test
    void shippedPlan_hasTheWeeksAndDeliverablesOfTheSprint() throws IOException {
        PlanReader.Read read = PlanReader.read(SHIPPED.toString(), Files.readAllBytes(SHIPPED));
        assertThat(read.findings()).isEmpty();
        Plan sprint = read.plan().orElseThrow();

        assertThat(sprint.stages().stream()
                        .map(stage -> stage.firstWeek() + "-" + stage.lastWeek() + " " + stage.title()))
                .containsExactly(
                        "1-1 Plan & Design",
                        "2-2 Build the Vault",
                        "3-3 Integrate",
                        "4-4 Prove & Cutover",
                        "5-6 Optional Expand");
        assertThat(sprint.stages().getLast().optional()).isPresent();
        assertThat(sprint.targets().map(Plan.Target::title))
                .contains(
                        "Baseline report",
                        "Draft gap register",
                        "HSM HA design diagram & config ledger (sanitized)",
                        "Quorum & access policy (M-of-N, admin roles, break-glass)",
                        "Backup/escrow procedure + restore verification report",
                        "KMS/IdP/SIEM integration notes + dashboards",
                        "Test reports: rotation, failover, restore (with timings)",
                        "Evidence Pack template (keys, rotations, approvals, denied decrypts)",
                        "Runbooks & training (recorded handover)");
        assertThat(sprint.criteria())
                .extracting(Plan.Target::title)
                .containsExactly(
                        "Keys never leave HSM boundary (validated)",
                        "Failover/restore drills: 100% pass within target RTO ≤ 4h",
                        "Rotation SLO: ≥ 99% on time (envelope pattern)",
                        "Quorum coverage: 100% for sensitive operations",
                        "SIEM visibility: key-use/denied decrypts streaming with alerts");
    }

    /// Every document that counts is asked for by a script; a script that is not there is said so by the command.
    @Test
    void shippedPlan_namesDocumentsThatScriptsAskFor() {
        try (TestRoom room = new TestRoom(folder, STATE, CLOSE)) {
            room.conduct();
        }
        plan = SHIPPED;
        Json.Obj json = ask("--json").json();

        assertThat(json.objects("stages"))
                .filteredOn(stage -> !stage.bool("optional"))
                .flatExtracting(stage -> stage.objects("deliverables"))
                .flatExtracting(target -> ((Json.Obj) target).objects("documents"))
                .isNotEmpty()
                .allMatch(document -> ((Json.Obj) document).bool("asked_for"));
        for (Json.Obj target : targets(json).values()) {
            for (Json.Obj ceremony : target.objects("ceremonies")) {
                assertThat(ceremony.bool("shipped"))
                        .as(ceremony.string("script"))
                        .isEqualTo(Files.exists(Path.of("ceremony-scripts", ceremony.string("script") + ".yaml")));
            }
        }
    }

    @Test
    void schema_knowsTheSameKeysAsTheReader() throws IOException {
        var load = new Load(LoadSettings.builder().build());
        Map<?, ?> schema = (Map<?, ?>) load.loadFromString(Files.readString(Path.of("docs/plan.schema.json")));
        Map<?, ?> defs = (Map<?, ?>) schema.get("$defs");

        for (Object form : Arrays.asList(schema, defs.get("stage"), defs.get("target"), defs.get("document"))) {
            for (Object key : (List<?>) ((Map<?, ?>) form).get("required")) {
                String without = SMALL.replaceFirst("(?m)^( *(?:- )?)" + key + ":", "$1x_" + key + ":");
                assertThat(PlanReader.read("small.yaml", without.getBytes(StandardCharsets.UTF_8))
                                .findings())
                        .as("%s", key)
                        .extracting(finding -> finding.rule())
                        .contains("unknown-key");
            }
            ((Map<?, ?>) ((Map<?, ?>) form).get("properties"))
                    .keySet()
                    .forEach(key -> assertThat(SMALL).contains(key + ":"));
        }
    }
}
