package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.quorate.base.Json;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.CardReader;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.IndependentWitness;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.VendorTool;
import org.quorate.hsm.vendor.ProcessVendorTool;
import org.quorate.ledger.CheckpointSigner;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Ledger;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.sqlite.SqliteLedger;
import org.quorate.record.ShareSheet;
import org.quorate.script.Reading;
import org.quorate.script.Script;
import org.quorate.script.yaml.ScriptReader;

/// A ceremony room with a real ledger, an HSM in memory, cards in software and people who do what a test says.
final class TestRoom implements AutoCloseable {
    private static final String HEADER = """
            format: quorate-script/1
            id: test
            version: "1.0"
            title: A test
            kind: key_generation
            document:
              owner: Nobody
              reviewers: [Nobody]
              approvers: [Nobody]
              classification: Internal
              retention: None
              next_review: 2027-11-30
              implements: Nothing
            """;

    /// What steps can refer to; a script may define only what its steps use.
    private static final Map<String, List<String>> DEFINITIONS = new TreeMap<>(Map.of(
            "roles",
            List.of(
                    "officer: {title: Officer, count: 3, duty: Signs.}",
                    "security_officer: {title: Security officer, count: 1, duty: Holds the SO PIN.}",
                    "witness: {title: Witness, count: 1, duty: Watches.}"),
            "quorums",
            List.of(
                    "officers: {m: 2, roles: [officer]}",
                    "lone: {m: 1, roles: [officer]}",
                    "everybody: {m: 3, roles: [officer]}",
                    "hasty: {m: 2, roles: [officer], within_minutes: 5}"),
            "tokens",
            List.of(
                    "primary: {title: Primary HSM, state: in_service}",
                    "backup: {title: Backup HSM, state: in_service}"),
            "keys",
            List.of(
                    "root: {label: root-1, spec: EC P-256, purpose: certificate_authority}",
                    "copyable_root: {label: root-1, spec: EC P-256, purpose: certificate_authority, copyable: For later}",
                    "kek: {label: kek-1, spec: AES 256, purpose: key_encryption}",
                    "fresh_kek: {label: kek-2, spec: AES 256, purpose: key_encryption}",
                    "data: {label: data-1, spec: AES 256, purpose: data_encryption}",
                    "mac: {label: mac-1, spec: HMAC 256, purpose: message_authentication}",
                    "code: {label: code-1, spec: Ed25519, purpose: signing}",
                    "server: {label: server-1, spec: EC P-256, purpose: signing}",
                    "gate: {label: gate-1, spec: RSA 3072, purpose: transport}",
                    "transport: {label: transport-1, spec: RSA 3072, purpose: transport}",
                    "wrapping: {label: wrapping-1, spec: AES 256, purpose: wrapping}")));
    private static final Pattern WORD = Pattern.compile("(?<=: |\\[|, )[a-z_]+");

    final LedgerFixture people;
    final TestCard ann;
    final TestCard bob;
    final TestCard cem;
    final TestCard wil;
    final TestCard dora;
    final TestHsm hsm = new TestHsm("S1", "S2");
    final TestFront front;
    final SqliteLedger ledger;
    final Script script;
    final List<String> made = new ArrayList<>();
    final List<ShareSheet> printed = new ArrayList<>();
    private final AtomicLong ticks = new AtomicLong();
    /// In memory before.
    private final int secrets = Secret.unwiped();
    /// The maker's own tool.
    VendorTool vendor = new ProcessVendorTool(Map.of());
    /// The PIN that is shown to everybody; empty where the tokens are real ones.
    Optional<String> practicePin = Optional.of(TestHsm.PIN);
    /// A real one, where a test needs its word.
    Optional<IndependentWitness> witness = Optional.empty();
    /// Roles whose HSM nobody reaches.
    final Set<String> unplugged = new HashSet<>();
    /// What becomes of the mirror.
    Supplier<Optional<Console.Mirrored>> mirror = Optional::empty;
    /// What the verifier says of earlier records.
    Function<Ceremony, Console.Examined> examined =
            _ -> new Console.Examined(Console.Examined.State.VALID, "", Optional.empty());
    /// Run once when the record is to be made.
    Runnable broken = () -> {};
    /// What the engine writes to: the ledger, or something in front of it.
    Ledger books;
    private final Hsm used;
    private final Map<String, String> serials;

    TestRoom(Path folder, String... steps) {
        this(new LedgerFixture(), folder, steps);
    }

    /// With other people.
    TestRoom(LedgerFixture people, Path folder, String... steps) {
        this(people, folder, Optional.empty(), Map.of("primary", "S1", "backup", "S2"), steps);
    }

    /// The same room with another HSM.
    TestRoom(Path folder, Hsm used, Map<String, String> serials, String... steps) {
        this(new LedgerFixture(), folder, Optional.of(used), serials, steps);
    }

    /// With both.
    TestRoom(LedgerFixture people, Path folder, Hsm used, Map<String, String> serials, String... steps) {
        this(people, folder, Optional.of(used), serials, steps);
    }

    /// Where the folder has a ledger already, its ceremony goes on.
    private TestRoom(
            LedgerFixture people, Path folder, Optional<Hsm> other, Map<String, String> serials, String... steps) {
        this.people = people;
        this.ann = new TestCard(people.ann);
        this.bob = new TestCard(people.bob);
        this.cem = new TestCard(people.cem);
        this.wil = new TestCard(people.wil);
        this.dora = new TestCard(people.dora);
        this.front = new TestFront(List.of(ann, bob, cem, wil));
        this.used = other.orElse(hsm);
        this.serials = serials;
        this.script = script(steps);
        Path file = folder.resolve("ledger.db");
        boolean begun = Files.exists(file);
        this.ledger = begun ? people.open(file) : people.create(file);
        this.books = ledger;
        if (!begun) {
            Conductor.open(script, site(), ledger, LedgerFixture.CEREMONY, Instant.parse("2026-11-22T14:00:00Z"));
        }
    }

    /// A step of this kind with its own fields, such as `key: root`.
    static String step(String kind, String id, String... fields) {
        var text = new StringBuilder("""
                      - kind: %s
                        id: %s
                        title: Do it
                        say: Do it now.
                        by: officer
                        witnessed_by: witness
                        minutes: 1
                """.formatted(kind, id));
        for (String field : fields) {
            text.append("        ").append(field).append('\n');
        }
        return text.toString();
    }

    static Script script(String... steps) {
        String body = String.join("", steps);
        Set<String> used = WORD.matcher(body).results().map(MatchResult::group).collect(Collectors.toSet());
        var text = new StringBuilder(HEADER);
        DEFINITIONS.forEach((section, definitions) -> {
            List<String> needed = definitions.stream()
                    .filter(line -> used.contains(line.substring(0, line.indexOf(':'))))
                    .toList();
            if (!needed.isEmpty()) {
                text.append(section).append(":\n");
                needed.forEach(line -> text.append("  ").append(line).append('\n'));
            }
        });
        text.append("acts:\n  - id: only\n    title: The only act\n    steps:\n")
                .append(body);
        byte[] source = text.toString().getBytes(StandardCharsets.UTF_8);
        return switch (new ScriptReader().read("test.yaml", source)) {
            case Reading.Read(var script, var places) -> script;
            case Reading.Refused(var findings) -> throw new AssertionError(findings.toString());
            case Reading.ReadPart(var part, var _, var _) -> throw new AssertionError(part.file());
        };
    }

    private Site site() {
        return new Site(
                "Test site",
                "Nobody",
                "Nowhere",
                Site.Mode.REHEARSAL,
                new Site.Machinery(
                        Map.of("memory", Site.ModuleAt.of("/module.so")),
                        Map.of(
                                "primary", at("primary"),
                                "backup", at("backup")),
                        Optional.empty()));
    }

    private Site.TokenAt at(String role) {
        return new Site.TokenAt("memory", serials.get(role), "token", "Memory", Optional.empty());
    }

    /// Begins, or goes on after whatever came between.
    Conductor.Ending conduct() {
        return Conductor.conduct(LedgerFixture.CEREMONY, script, equipment(), desk(), front);
    }

    /// Holds another ceremony in the same room, with nothing but the ledger to know of the first.
    Conductor.Ending conduct(UUID other, Script of) {
        Conductor.open(of, site(), ledger, other, Instant.parse("2026-11-22T14:00:00Z"));
        return Conductor.conduct(other, of, equipment(), desk(), front);
    }

    Ceremony later(UUID other) {
        return Ceremony.of(ledger.ofCeremony(other));
    }

    Hsm used() {
        return used;
    }

    Console desk() {
        return new Desk();
    }

    Ceremony now() {
        return Ceremony.of(ledger.ofCeremony(LedgerFixture.CEREMONY));
    }

    List<Entry> entries(EntryType type) {
        return now().of(type).toList();
    }

    /// The data of the observations of this name.
    List<Json.Obj> observed(String name) {
        return now().of(EntryType.OBSERVATION)
                .map(Entry::data)
                .filter(data -> data.string("name").equals(name))
                .toList();
    }

    Equipment equipment() {
        var reader = new CardReader() {
            @Override
            public List<Card> present() {
                return List.of(ann, bob, cem, wil);
            }

            @Override
            public boolean practice() {
                return true;
            }
        };
        return new Equipment(site(), books, new Modules(), reader, new Machine());
    }

    /// Whatever was held here, nothing secret is left of it but what a test made for itself.
    @Override
    public void close() {
        ledger.close();
        front.pins.forEach(Secret::close);
        assertThat(Secret.unwiped()).as("secrets still in memory").isEqualTo(secrets);
    }

    private final class Machine implements Equipment.Workstation {
        @Override
        public long nanos() {
            return ticks.addAndGet(1_000_000);
        }

        @Override
        public VendorTool vendorTool() {
            return vendor;
        }

        @Override
        public Json.Obj facts() {
            return Json.obj()
                    .put("machine", "test")
                    .put("interfaces", Json.array(List.of()))
                    .build();
        }

        @Override
        public Instant now() {
            return people.clock.time();
        }

        @Override
        public Optional<String> practicePin(String tokenRole, PinKind kind) {
            return practicePin;
        }
    }

    /// One module holds all tokens.
    private final class Modules implements Hsms {
        @Override
        public Hsm of(String tokenRole) {
            return unplugged.contains(tokenRole) ? new TestHsm() : used;
        }

        @Override
        public IndependentWitness witness(String tokenRole) {
            return witness.orElseGet(Witness::new);
        }

        @Override
        public Optional<PracticeCable> cable(String tokenRole) {
            return Optional.of(new PracticeCable() {
                @Override
                public void pull() {
                    unplugged.add(tokenRole);
                }

                @Override
                public void plugIn() {
                    unplugged.remove(tokenRole);
                }
            });
        }

        @Override
        public List<String> drainCallLog() {
            return used.drainCallLog();
        }
    }

    private static final class Witness implements IndependentWitness {
        @Override
        public Outcome<Testimony> verify(Question question) {
            return new Outcome.Done<>(new Testimony(List.of()));
        }

        @Override
        public Outcome<Testimony> signAsClient(
                long slot, java.security.PublicKey key, SignatureScheme scheme, org.quorate.base.Secret userPin) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Desk implements Console {
        @Override
        public CheckpointSigner checkpoints() {
            return people.console;
        }

        @Override
        public List<MadeFile> makeRecord(UUID id, Script of) {
            Runnable once = broken;
            broken = () -> {};
            once.run();
            made.add("record");
            return List.of();
        }

        @Override
        public Examined examine(Ceremony ceremony) {
            return examined.apply(ceremony);
        }

        @Override
        public byte[] shareSheet(ShareSheet sheet) {
            printed.add(sheet);
            return String.join(" ", sheet.words()).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Optional<Mirrored> mirror() {
            return mirror.get();
        }

        @Override
        public Evidence finish(UUID id) {
            made.add("finish");
            return new Evidence(Path.of("."), "record.pdf", List.of());
        }
    }
}
