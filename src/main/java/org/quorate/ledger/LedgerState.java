package org.quorate.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.quorate.base.Digest;

/// What the rules must remember of the entries so far, and nothing else: 70 to 100 bytes an entry, with its hashes.
final class LedgerState {
    private final MerkleTree tree = new MerkleTree();
    private final Map<UUID, Seqs> ceremonies = new HashMap<>();
    private final List<UUID> ceremonyIds = new ArrayList<>();
    /// For each entry the number of its ceremony, counted from 1; 0 for none.
    private int[] ceremonyOf = new int[1024];
    private final Map<Long, StatementFact> statements = new HashMap<>();
    private final Map<Long, CosignFact> cosigns = new HashMap<>();
    private final Map<Long, IntentState> intents = new TreeMap<>();
    private final Map<Digest, Long> named = new LinkedHashMap<>();
    private final Map<Digest, String> approved = new HashMap<>();
    private Optional<Genesis> genesis = Optional.empty();
    private LedgerKeys keys = LedgerKeys.none();
    private Awaited awaited = new Awaited.Nothing();

    /// An approved statement, as far as a quorum needs it.
    ///
    /// @param act digest of the canonical act
    record StatementFact(Digest act, long m, List<String> roles) {}

    record CosignFact(long target, Cosign.Meaning meaning, Digest key) {}

    enum IntentState {
        OPEN,
        UNKNOWN,
        CLOSED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What the next entry must be.
    sealed interface Awaited {
        record Nothing() implements Awaited {}

        /// The co-signatures of the genesis entry that are still missing.
        record Founders(Set<Digest> left) implements Awaited {
            public Founders {
                left = Set.copyOf(left);
            }

            Awaited without(Digest key) {
                var fewer = new HashSet<>(left);
                fewer.remove(key);
                return fewer.isEmpty() ? new Nothing() : new Founders(fewer);
            }
        }

        record OwnCosign(long target, Digest key) implements Awaited {}
    }

    long size() {
        return tree.size();
    }

    MerkleTree tree() {
        return tree;
    }

    Optional<Genesis> genesis() {
        return genesis;
    }

    LedgerKeys keys() {
        return keys;
    }

    Awaited awaited() {
        return awaited;
    }

    Optional<StatementFact> statement(long seq) {
        return Optional.ofNullable(statements.get(seq));
    }

    Optional<CosignFact> cosign(long seq) {
        return Optional.ofNullable(cosigns.get(seq));
    }

    Optional<IntentState> intent(long seq) {
        return Optional.ofNullable(intents.get(seq));
    }

    List<Long> openIntents() {
        return intents.entrySet().stream()
                .filter(intent -> intent.getValue() != IntentState.CLOSED)
                .map(Map.Entry::getKey)
                .toList();
    }

    LongStream ofCeremony(UUID ceremony) {
        Seqs seqs = ceremonies.get(ceremony);
        return seqs == null ? LongStream.empty() : seqs.stream();
    }

    Optional<UUID> ceremonyOf(long seq) {
        int index = ceremonyOf[Math.toIntExact(seq)];
        return index == 0 ? Optional.empty() : Optional.of(ceremonyIds.get(index - 1));
    }

    boolean began(UUID ceremony) {
        return ceremonies.containsKey(ceremony);
    }

    /// The day on which the approval of a script ends, as `YYYY-MM-DD`; none where it has none, or it was withdrawn.
    Optional<String> approvedUntil(Digest script) {
        return Optional.ofNullable(approved.get(script));
    }

    /// The artefacts named so far, each with the first entry that names it.
    Map<Digest, Long> named() {
        return named;
    }

    void add(Body body, byte[] leaf) {
        long seq = tree.size();
        tree.append(leaf);
        if (seq == ceremonyOf.length) {
            ceremonyOf = Arrays.copyOf(ceremonyOf, ceremonyOf.length * 2);
        }
        body.ceremony().ifPresent(ceremony -> {
            Seqs seqs = ceremonies.computeIfAbsent(ceremony, this::seqsOfNew);
            seqs.add(seq);
            ceremonyOf[Math.toIntExact(seq)] = seqs.number;
        });
        for (Digest name : body.named()) {
            named.putIfAbsent(name, seq);
        }
    }

    private Seqs seqsOfNew(UUID ceremony) {
        ceremonyIds.add(ceremony);
        return new Seqs(ceremonyIds.size());
    }

    void begin(Genesis first) {
        genesis = Optional.of(first);
        keys = LedgerKeys.of(first);
        Set<Digest> founders = new HashSet<>();
        first.founders().forEach(key -> founders.add(key.id()));
        awaited = founders.isEmpty() ? new Awaited.Nothing() : new Awaited.Founders(founders);
    }

    void expect(Awaited next) {
        awaited = next;
    }

    void learn(LedgerKeys changed) {
        keys = changed;
    }

    void learn(long seq, StatementFact statement) {
        statements.put(seq, statement);
    }

    void learn(long seq, CosignFact cosign) {
        cosigns.put(seq, cosign);
    }

    void learn(long intent, IntentState state) {
        intents.put(intent, state);
    }

    void approve(Digest script, String until) {
        approved.put(script, until);
    }

    void withdraw(Digest script) {
        approved.remove(script);
    }

    /// Ascending sequence numbers without boxes.
    private static final class Seqs {
        private final int number;
        private long[] values = new long[8];
        private int count;

        Seqs(int number) {
            this.number = number;
        }

        void add(long value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, count * 2);
            }
            values[count++] = value;
        }

        LongStream stream() {
            return Arrays.stream(values, 0, count);
        }
    }
}
