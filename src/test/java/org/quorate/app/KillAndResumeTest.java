package org.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.LongForm;
import org.quorate.base.Json;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.StepRun;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.VerifyProgress;
import org.quorate.ledger.sqlite.SqliteLedger;

/// One ceremony on a real SoftHSM, killed again and again with the signal that nobody can catch, and taken up each
/// time.
class KillAndResumeTest {
    private static final Set<String> MAY_COME_AGAIN = Set.of("call_log", "card_refused", "token_pin_refused");

    /// After the `count`th entry of this kind the process dies.
    private record Place(String entry, int count) {}

    private static final List<Place> SHORT = List.of(
            new Place("initialise-primary cosign", 2),
            new Place("generate-root outcome", 1),
            new Place("close cosign", 4));

    private static final List<Place> LONG = List.of(
            new Place("- ceremony_open", 1),
            new Place("call-roll participant", 3),
            new Place("initialise-primary cosign", 2),
            new Place("generate-transport intent", 1),
            new Place("generate-wrapping statement", 1),
            new Place("transfer-wrapping intent", 1),
            new Place("generate-root cosign", 1),
            new Place("generate-root outcome", 1),
            new Place("issue-root observation", 1),
            new Place("issue-root intent", 1),
            new Place("destroy-wrapping intent", 1),
            new Place("destroy-transport step_end", 1),
            new Place("close ceremony_close", 1),
            new Place("close cosign", 4),
            new Place("close export", 1));

    private static final List<Place> PLACES = LongForm.wanted() ? LONG : SHORT;

    @TempDir
    private Path folder;

    @Test
    void killedAtManyPlaces_theCeremonyGoesOnAndEndsAsIfNothingHadBeen() throws Exception {
        Path home = folder.resolve("home");
        Path out = folder.resolve("out");
        for (Place place : PLACES) {
            kill(place, home, out);
        }

        var last = Program.await(start(home, out), folder);

        assertThat(last.code()).as(last.err()).isZero();
        assertThat(Program.run("verify", out).code()).isZero();
        var python = Program.python(
                Path.of("docs/verify/quorate_verify.py"),
                out.resolve("ledger.db"),
                "--trust",
                out.resolve("trust.json"));
        assertThat(python.code()).as(python.out()).isZero();
        certificateIsWhole(out);
        try (SqliteLedger ledger = SqliteLedger.open(
                home.resolve("ledger.db"),
                new SystemClock(),
                UUID.randomUUID(),
                Expectations.NONE,
                VerifyProgress.NONE)) {
            nothingWasAskedTwice(ledger);
        }
    }

    private Process start(Path home, Path out) throws IOException {
        return Program.start(folder, "rehearse", "--headless", "--home", home, "--out", out);
    }

    private void kill(Place place, Path home, Path out) throws Exception {
        Process process = start(home, out);
        boolean reached = new LedgerWatch(home.resolve("ledger.db")).await(place.entry(), place.count(), process);
        List<ProcessHandle> hosts = process.descendants().toList();
        process.destroyForcibly().waitFor();
        assertThat(reached)
                .as("%s was reached: %s", place, Files.readString(folder.resolve("stderr")))
                .isTrue();
        for (ProcessHandle host : hosts) {
            // Whatever the module was doing, its host must not go on doing it beside the next console.
            host.onExit().get(60, TimeUnit.SECONDS);
        }
    }

    private static void nothingWasAskedTwice(SqliteLedger ledger) {
        List<Entry> all = ledger.range(0, ledger.head().size());
        assertThat(ledger.openIntents()).isEmpty();
        assertThat(all.stream().filter(entry -> entry.is(EntryType.RUN_START))).hasSize(PLACES.size() + 1);
        List<UUID> ceremonies =
                all.stream().flatMap(e -> e.ceremony().stream()).distinct().toList();
        assertThat(ceremonies).hasSize(1);
        Ceremony ceremony = Ceremony.of(ledger.ofCeremony(ceremonies.getFirst()));
        assertThat(ceremony.complete()).isTrue();
        assertThat(ceremony.of(EntryType.CEREMONY_CLOSE)).hasSize(1);
        // A ceremony that is killed before its first step begins has nothing to take up.
        assertThat(ceremony.of(EntryType.RESUME)).hasSizeBetween(PLACES.size() - 1, PLACES.size());
        for (StepRun run : ceremony.runs()) {
            approvalsCountOnce(run);
            assertThat(facts(run)).as("facts of " + run.step()).doesNotHaveDuplicates();
            run.of(EntryType.INTENT)
                    .forEach(intent -> assertThat(closings(run, intent))
                            .as("what closed %s", intent)
                            .hasSize(1));
        }
        assertThat(ceremony.of(EntryType.COSIGN)
                        .filter(c -> c.data().string("meaning").equals("close")))
                .hasSize(7);
    }

    /// A statement has exactly the approvals it needs, from as many cards, and the act names just these.
    private static void approvalsCountOnce(StepRun run) {
        for (Entry statement : run.of(EntryType.STATEMENT).toList()) {
            List<Entry> approvals = run.of(EntryType.COSIGN)
                    .filter(cosign -> cosign.data().integer("target") == statement.seq())
                    .toList();
            assertThat(approvals).hasSize((int) statement.data().object("need").integer("m"));
            var cards = new HashSet<String>();
            approvals.forEach(cosign -> cards.add(cosign.data().string("key")));
            assertThat(cards).hasSameSizeAs(approvals);
            Optional<Entry> intent = run.of(EntryType.INTENT)
                    .filter(entry -> entry.seq() > statement.seq())
                    .findFirst();
            assertThat(intent.orElseThrow().data().array("quorum"))
                    .isEqualTo(Json.integers(approvals.stream().map(Entry::seq).toList())
                            .items());
        }
        List<String> operations = run.of(EntryType.STATEMENT)
                .map(statement -> statement.data().object("act").string("op"))
                .toList();
        assertThat(operations).as("statements of " + run.step()).doesNotHaveDuplicates();
    }

    private static List<String> facts(StepRun run) {
        var facts = new ArrayList<String>();
        run.of(EntryType.OBSERVATION)
                .map(Entry::data)
                .filter(data -> !MAY_COME_AGAIN.contains(data.string("name")))
                .forEach(data -> facts.add(data.string("name") + ": " + data.string("label")));
        return facts;
    }

    private static List<Entry> closings(StepRun run, Entry intent) {
        return run.entries().stream()
                .filter(entry -> entry.is(EntryType.OUTCOME) || entry.is(EntryType.RECONCILE))
                .filter(entry -> entry.data().integer("intent") == intent.seq())
                .toList();
    }

    private static void certificateIsWhole(Path out) throws Exception {
        byte[] pem = Files.readAllBytes(out.resolve("root-ca.pem"));
        var root = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        root.verify(root.getPublicKey());
        assertThat(root.getBasicConstraints()).isNotNegative();
    }
}
