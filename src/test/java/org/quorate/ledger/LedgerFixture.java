package org.quorate.ledger;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ledger.Cosign.Meaning;
import org.quorate.ledger.sqlite.SqliteLedger;

/// People, keys and a ledger that they write: what tests of every room can stand on. Keys are software keys, and the
/// clock moves by ten milliseconds an entry.
public final class LedgerFixture {
    public static final UUID RUN = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001");
    public static final UUID BOOT = UUID.fromString("bbbbbbbb-0000-4000-8000-000000000001");
    public static final UUID CEREMONY = UUID.fromString("cccccccc-0000-4000-8000-000000000001");

    public final UUID ledger = UUID.fromString("dddddddd-0000-4000-8000-000000000001");
    public final Person ann = Person.p256("ann", "officer");
    public final Person bob;
    public final Person cem = Person.rsa("cem", "officer", "security_officer");
    public final Person wil = Person.p256("wil", "witness");
    /// On no roster at first; may be added.
    public final Person dora = Person.p256("dora", "officer");

    public LedgerFixture() {
        this(Person.p384("bob", "officer"));
    }

    /// @param bob with another kind of card
    public LedgerFixture(Person bob) {
        this.bob = bob;
    }

    public final Console console = new Console(KeyPairs.CONSOLE);
    public final Clock clock = new Clock();

    /// A person with a card, in software.
    public record Person(String id, List<String> roles, KeyPair keys, CosignAlgorithm algorithm) {
        public static Person p256(String id, String... roles) {
            return new Person(id, List.of(roles), KeyPairs.of(id, "secp256r1"), CosignAlgorithm.ES256);
        }

        public static Person p384(String id, String... roles) {
            return new Person(id, List.of(roles), KeyPairs.of(id, "secp384r1"), CosignAlgorithm.ES384);
        }

        public static Person rsa(String id, String... roles) {
            return new Person(id, List.of(roles), KeyPairs.of(id, "RSA"), CosignAlgorithm.RS256);
        }

        public byte[] spki() {
            return keys.getPublic().getEncoded();
        }

        public Digest keyId() {
            return Digest.of(spki());
        }

        public LedgerKey key() {
            return LedgerKey.ofPerson(id, roles, spki(), Optional.empty());
        }

        public byte[] sign(byte[] message) {
            return KeyPairs.sign(algorithm.jca(), keys, message);
        }

        public Draft cosign(Entry target, Meaning meaning) {
            return Cosign.draft(target, meaning, keyId(), algorithm, sign(Cosign.signedBytes(target, meaning)));
        }

        public Draft approve(Entry target) {
            return cosign(target, Meaning.APPROVE);
        }
    }

    /// The console's key.
    public record Console(KeyPair keys) implements CheckpointSigner {
        @Override
        public byte[] spki() {
            return keys.getPublic().getEncoded();
        }

        @Override
        public byte[] sign(byte[] message) {
            return KeyPairs.sign("SHA256withECDSA", keys, message);
        }
    }

    /// A clock that only moves when it is asked.
    public static final class Clock implements LedgerClock {
        private long ticks;

        @Override
        public synchronized Moment now() {
            ticks++;
            return new Moment(time(), BOOT, 60_000_000 + 10_000 * ticks);
        }

        /// What it shows, without moving it.
        public synchronized Instant time() {
            return Instant.parse("2026-11-22T09:30:00Z").plusMillis(10 * ticks);
        }

        public synchronized void pass(Duration time) {
            ticks += time.toMillis() / 10;
        }
    }

    public Genesis genesis() {
        return genesis(Genesis.Mode.REHEARSAL);
    }

    private Genesis genesis(Genesis.Mode mode) {
        return new Genesis(
                ledger,
                mode,
                2,
                3,
                List.of(LedgerKey.ofConsole(console.spki()), ann.key(), bob.key(), cem.key(), wil.key()),
                Optional.empty());
    }

    public Founding founding() {
        return founding(Genesis.Mode.REHEARSAL);
    }

    public Founding founding(Genesis.Mode mode) {
        return new Founding(
                genesis(mode),
                first -> List.of(ann.approve(first), bob.approve(first), cem.approve(first), wil.approve(first)));
    }

    public SqliteLedger create(Path path) {
        return SqliteLedger.create(path, clock, RUN, founding());
    }

    public SqliteLedger open(Path path) {
        return SqliteLedger.open(path, clock, RUN, Expectations.NONE, VerifyProgress.NONE);
    }

    public static Draft ceremonyOpen() {
        return Draft.ofCeremony(
                EntryType.CEREMONY_OPEN,
                CEREMONY,
                Json.obj().put("title", "Anahtar töreni – root key").build());
    }

    public static Draft observation(String name, String value) {
        return Draft.ofStep(
                EntryType.OBSERVATION,
                CEREMONY,
                "look",
                Json.obj().put("name", name).put("value", value).build());
    }

    public static Json.Obj generate(String ckaId) {
        return Json.obj()
                .put("op", "generate")
                .put(
                        "token",
                        Json.obj()
                                .put("serial", "0001")
                                .put("label", "primary")
                                .put("model", "Practice")
                                .build())
                .put("cka_id", ckaId)
                .put("template", Json.obj().put("sensitive", true).build())
                .put("expect", Json.obj().put("objects", 2).build())
                .build();
    }

    public static Draft statement(Json.Obj act, int m, String... roles) {
        return Draft.ofStep(
                EntryType.STATEMENT,
                CEREMONY,
                "generate",
                Json.obj()
                        .put("text", "I approve this act.")
                        .put("act", act)
                        .put(
                                "need",
                                Json.obj()
                                        .put("m", m)
                                        .put("roles", Json.strings(List.of(roles)))
                                        .build())
                        .build());
    }

    /// `act` as it is carried out, standing on these approvals.
    public static Draft act(EntryType type, Json.Obj act, Long... quorum) {
        return Draft.ofStep(type, CEREMONY, "generate", act.with("quorum", Json.integers(List.of(quorum))));
    }

    public static Draft outcome(long intent, String result) {
        return Draft.ofStep(
                EntryType.OUTCOME,
                CEREMONY,
                "generate",
                Json.obj()
                        .put("intent", intent)
                        .put("result", result)
                        .put("rv", "CKR_OK")
                        .put("observed", Json.obj().build())
                        .build());
    }

    public static Draft reconcile(long intent, String finding) {
        return Draft.ofStep(
                EntryType.RECONCILE,
                CEREMONY,
                "generate",
                Json.obj()
                        .put("intent", intent)
                        .put("finding", finding)
                        .put("evidence", "both halves of the pair are on the token")
                        .build());
    }

    /// Gathers approvals of `statement` and answers with their sequence numbers.
    public Long[] approvals(Ledger of, Entry statement, Person... people) {
        var seqs = new ArrayList<Long>();
        for (Person person : people) {
            seqs.add(of.append(person.approve(statement)).seq());
        }
        return seqs.toArray(Long[]::new);
    }

    public Draft keyRetire(Person person, String why) {
        return Draft.ofCeremony(
                EntryType.KEY_RETIRE,
                CEREMONY,
                Json.obj().put("id", person.keyId().hex()).put("why", why).build());
    }

    /// A whole small ceremony: artefacts, two acts with quorum, an unknown outcome that is reconciled, an officer who
    /// comes and one who goes, closing signatures, checkpoints and an anchor.
    public void play(Ledger to) {
        byte[] script = "title: practice\n".getBytes(StandardCharsets.UTF_8);
        to.append(Draft.ofLedger(
                EntryType.RUN_START, Json.obj().put("program", "test").build()));
        to.append(Draft.ofCeremony(
                        EntryType.CEREMONY_OPEN,
                        CEREMONY,
                        Json.obj()
                                .put("title", "Kök anahtar töreni – \"root\" \u0001\ud83d\udd11")
                                .put("script", Digest.of(script).artefactName())
                                .build())
                .with(List.of(script)));
        Json.Obj first = generate("00112233445566778899aabbccddeeff");
        Entry statement = to.append(statement(first, 2, "officer"));
        Long[] approvals = approvals(to, statement, ann, bob);
        Entry intent = to.append(act(EntryType.INTENT, first, approvals));
        to.append(outcome(intent.seq(), "done"));
        to.append(observation("spki", "aa".repeat(32)));
        to.append(Checkpoint.of(to).draft(console));

        Json.Obj added = dora.key().toJson();
        Entry joining = to.append(statement(added, 2, "officer"));
        Long[] joined = approvals(to, joining, ann, cem);
        to.append(act(EntryType.KEY_ADD, added, joined), dora::approve);

        Json.Obj second = generate("ffeeddccbbaa99887766554433221100");
        Entry again = to.append(statement(second, 2, "officer"));
        Long[] later = approvals(to, again, dora, cem);
        Entry unsure = to.append(act(EntryType.INTENT, second, later));
        to.append(outcome(unsure.seq(), "unknown"));
        to.append(reconcile(unsure.seq(), "done"));

        Json.Obj leaving = keyRetire(bob, "card lost").data();
        Entry retiring = to.append(statement(leaving, 2, "officer"));
        Long[] retired = approvals(to, retiring, ann, dora);
        to.append(act(EntryType.KEY_RETIRE, leaving, retired));

        Entry close = to.append(Draft.ofCeremony(
                EntryType.CEREMONY_CLOSE, CEREMONY, Json.obj().put("steps", 3).build()));
        to.append(ann.cosign(close, Meaning.CLOSE));
        to.append(wil.cosign(close, Meaning.WITNESS));
        Head head = to.head();
        to.append(Checkpoint.of(to).draft(console));
        to.append(Draft.ofCeremony(
                EntryType.ANCHOR,
                CEREMONY,
                Json.obj()
                        .put("kind", "printed")
                        .put("size", head.size())
                        .put("root", head.root().hex())
                        .build()));
        to.append(Checkpoint.of(to).draft(console));
    }

    /// Pairs are made once for all tests, since RSA takes its time.
    private static final class KeyPairs {
        private static final Map<String, KeyPair> MADE = new ConcurrentHashMap<>();
        static final KeyPair CONSOLE = of("console", "secp256r1");

        static KeyPair of(String name, String kind) {
            return MADE.computeIfAbsent(name + " " + kind, fresh -> make(kind));
        }

        private static KeyPair make(String kind) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.equals("RSA") ? "RSA" : "EC");
                if (kind.equals("RSA")) {
                    generator.initialize(2048);
                } else {
                    generator.initialize(new ECGenParameterSpec(kind));
                }
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        static byte[] sign(String algorithm, KeyPair keys, byte[] message) {
            try {
                Signature signature = Signature.getInstance(algorithm);
                signature.initSign(keys.getPrivate());
                signature.update(message);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
