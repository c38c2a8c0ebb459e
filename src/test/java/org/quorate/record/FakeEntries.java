package org.quorate.record;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.UtcTime;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryCodec;
import org.quorate.ledger.EntryType;

/// A ledger in memory, with real bodies, leaves, signatures and proofs, and no SQLite.
public final class FakeEntries {
    public static final UUID LEDGER = new UUID(0x0f00_0000_0000_4000L, 0x8000_0000_0000_0001L);
    public static final UUID CEREMONY = new UUID(0x0f00_0000_0000_4000L, 0x8000_0000_0000_00ceL);
    private static final UUID BOOT = new UUID(0x0f00_0000_0000_4000L, 0x8000_0000_0000_00b0L);
    private static final UUID RUN = new UUID(0x0f00_0000_0000_4000L, 0x8000_0000_0000_00a1L);

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Digest, byte[]> artefacts = new HashMap<>();
    private final Map<String, KeyPair> people = new LinkedHashMap<>();
    private final KeyPair console;
    private Instant time = Instant.parse("2026-11-22T09:00:00Z");
    private long up = 120_000_000;
    private Optional<UUID> ceremony = Optional.empty();
    private Optional<String> step = Optional.empty();

    public FakeEntries(List<String> persons) {
        console = pair("console");
        persons.forEach(person -> people.put(person, pair(person)));
    }

    /// The same name gives the same key, so that a fixture is the same on every run.
    static KeyPair pair(String name) {
        try {
            var random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(name.getBytes(StandardCharsets.UTF_8));
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public Digest keyOf(String person) {
        return Digest.of(people.get(person).getPublic().getEncoded());
    }

    public FakeEntries genesis() {
        var keys = new ArrayList<Json>();
        keys.add(key(Digest.of(console.getPublic().getEncoded()), "console", Optional.empty(), console));
        people.forEach((person, pair) -> keys.add(key(keyOf(person), "person", Optional.of(person), pair)));
        add(
                EntryType.GENESIS,
                Json.obj()
                        .put("format", "quorate-ledger/1")
                        .put("origin", origin())
                        .put("mode", "rehearsal")
                        .put("quorum", Json.obj().put("m", 2).put("n", 3).build())
                        .put("keys", new Json.Arr(keys))
                        .putNull("previous"));
        people.keySet().forEach(person -> cosign(0, person, "approve"));
        return this;
    }

    private static Json key(Digest id, String role, Optional<String> person, KeyPair pair) {
        return Json.obj()
                .put("id", id.hex())
                .put("role", role)
                .put("person", person)
                .put("roles", Json.strings(List.of()))
                .put("spki", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()))
                .putNull("cert")
                .build();
    }

    private static String origin() {
        return "quorate.invalid/" + LEDGER;
    }

    public FakeEntries inCeremony() {
        ceremony = Optional.of(CEREMONY);
        return this;
    }

    public FakeEntries inStep(String id) {
        step = Optional.of(id);
        return this;
    }

    public FakeEntries outsideSteps() {
        step = Optional.empty();
        return this;
    }

    public FakeEntries later(long seconds) {
        time = time.plusSeconds(seconds);
        up += seconds * 1_000_000;
        return this;
    }

    public FakeEntries turnClockBack(long seconds) {
        time = time.minusSeconds(seconds);
        return this;
    }

    public Digest artefact(String text) {
        return artefact(text.getBytes(StandardCharsets.UTF_8));
    }

    public Digest artefact(byte[] bytes) {
        Digest digest = Digest.of(bytes);
        artefacts.put(digest, bytes);
        return digest;
    }

    public long add(EntryType type, Json.Builder data) {
        time = time.plusMillis(1370);
        up += 1_370_000;
        long seq = entries.size();
        Digest prev = entries.isEmpty() ? Digest.ZERO : entries.getLast().leaf();
        Json.Obj object = data.build();
        byte[] body = Json.obj()
                .put("v", 1)
                .put("led", LEDGER.toString())
                .put("seq", seq)
                .put("prev", prev.hex())
                .put("ts", UtcTime.format(time))
                .put("boot", BOOT.toString())
                .put("up_us", up)
                .put("run", RUN.toString())
                .put("type", type.wire())
                .put("cer", ceremony.map(UUID::toString))
                .put("step", step)
                .put("data", object)
                .build()
                .canonical();
        entries.add(EntryCodec.decode(body));
        return seq;
    }

    public long cosign(long target, String person, String meaning) {
        Digest leaf = entries.get((int) target).leaf();
        String text = "quorate-ledger/1 cosign\n" + LEDGER + "\n" + target + "\n" + leaf.hex() + "\n"
                + ceremony.map(UUID::toString).orElse("") + "\n" + meaning + "\n";
        return add(
                EntryType.COSIGN,
                Json.obj()
                        .put("target", target)
                        .put("leaf", leaf.hex())
                        .put("meaning", meaning)
                        .put("key", keyOf(person).hex())
                        .put("alg", "ES256")
                        .put(
                                "sig",
                                Base64.getEncoder()
                                        .encodeToString(sign(
                                                people.get(person).getPrivate(),
                                                text.getBytes(StandardCharsets.UTF_8)))));
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    public Artefacts artefacts() {
        return hash -> Optional.ofNullable(artefacts.get(hash));
    }

    public Checkpoint.Signed checkpoint() {
        return checkpoints.computeIfAbsent(entries.size(), size -> signedCheckpoint());
    }

    private Checkpoint.Signed signedCheckpoint() {
        String text = origin() + "\n" + entries.size() + "\n"
                + Base64.getEncoder().encodeToString(root(0, entries.size())) + "\n";
        byte[] id = Digest.of(console.getPublic().getEncoded()).bytes();
        byte[] signature = sign(console.getPrivate(), text.getBytes(StandardCharsets.UTF_8));
        byte[] line = new byte[4 + signature.length];
        System.arraycopy(id, 0, line, 0, 4);
        System.arraycopy(signature, 0, line, 4, signature.length);
        String note = text + "\n— " + origin() + " " + Base64.getEncoder().encodeToString(line) + "\n";
        return Checkpoint.parse(note).orElseThrow();
    }

    public InclusionProofs proofs() {
        return seq -> {
            var path = new ArrayList<Digest>();
            path(path, (int) seq, 0, entries.size());
            return path;
        };
    }

    private void path(List<Digest> path, int index, int from, int to) {
        if (to - from == 1) {
            return;
        }
        int split = from + Integer.highestOneBit(to - from - 1);
        if (index < split) {
            path(path, index, from, split);
            path.add(Digest.ofRaw(root(split, to)));
        } else {
            path(path, index, split, to);
            path.add(Digest.ofRaw(root(from, split)));
        }
    }

    private final Map<Integer, Checkpoint.Signed> checkpoints = new HashMap<>();
    private final Map<Long, byte[]> roots = new HashMap<>();

    private byte[] root(int from, int to) {
        if (to - from == 1) {
            return entries.get(from).leaf().bytes();
        }
        byte[] known = roots.get((long) from << 32 | to);
        if (known != null) {
            return known;
        }
        int split = from + Integer.highestOneBit(to - from - 1);
        MessageDigest sha256 = Digest.sha256();
        sha256.update((byte) 1);
        sha256.update(root(from, split));
        byte[] hash = sha256.digest(root(split, to));
        roots.put((long) from << 32 | to, hash);
        return hash;
    }

    public Extract extract() {
        return Extract.of(entries, CEREMONY, checkpoint(), proofs());
    }
}
