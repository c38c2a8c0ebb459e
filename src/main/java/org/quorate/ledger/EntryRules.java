package org.quorate.ledger;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.ledger.LedgerState.Awaited;
import org.quorate.ledger.LedgerState.IntentState;
import org.quorate.ledger.LedgerState.StatementFact;

/// The rules that entries of a type keep. Judging changes nothing; the effect that comes back does, once the entry
/// stands. An entry that breaks a rule has no effect: it counts for nothing.
final class EntryRules {
    private static final Set<String> RESULTS = Set.of("done", "refused", "unknown");
    private static final Set<String> VERDICTS = Set.of("done", "not_done", "partial", "undecidable");

    private static final String APPROVE = "approve_script";
    private static final Set<String> APPROVALS = Set.of(APPROVE, "withdraw_script");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final long MILLIS_OF_A_DAY = 86_400_000;

    private final LedgerState state;
    private final CosignRules cosigns;
    private final QuorumRules quorums;

    EntryRules(LedgerState state) {
        this.state = state;
        this.cosigns = new CosignRules(state);
        this.quorums = new QuorumRules(state);
    }

    /// What an accepted entry changes in what is known.
    @FunctionalInterface
    interface Effect {
        Effect NONE = state -> {};

        void on(LedgerState state);
    }

    /// @param due whether it is the co-signature that had to stand here
    /// @throws BrokenEntryException naming the rule that the entry breaks
    Effect judge(Body entry, boolean due) {
        if (state.genesis().orElseThrow().mode() == Genesis.Mode.LIVE) {
            begun(entry);
        }
        return switch (entry.type()) {
            case GENESIS -> throw new BrokenEntryException(Rule.GENESIS_PLACE, "only entry 0", "another genesis");
            case STATEMENT -> statement(entry);
            case COSIGN -> cosigns.judge(entry, due);
            case INTENT -> intent(entry);
            case OUTCOME -> outcome(entry);
            case RECONCILE -> reconcile(entry);
            case CHECKPOINT -> checkpoint(entry);
            case ANCHOR -> anchor(entry);
            case CORRECTION -> {
                quorums.judge(entry, entry.data(), 1);
                yield Effect.NONE;
            }
            case KEY_ADD -> keyAdd(entry);
            case KEY_RETIRE -> keyRetire(entry);
            case SCRIPT_APPROVAL -> scriptApproval(entry);
            case RUN_START,
                    CEREMONY_OPEN,
                    PARTICIPANT,
                    STEP_START,
                    OBSERVATION,
                    EXCEPTION,
                    STEP_END,
                    PAUSE,
                    RESUME,
                    ABORT,
                    CEREMONY_CLOSE,
                    EXPORT -> Effect.NONE;
        };
    }

    /// At a live site nothing is done but in ceremonies, and these begin with a script while its approval lasts.
    private void begun(Body entry) {
        boolean opens = entry.type() == EntryType.CEREMONY_OPEN;
        boolean goesOn = entry.ceremony().map(state::began).orElse(entry.type() != EntryType.INTENT);
        if (goesOn && !opens) {
            return;
        }
        String script = text(entry, "script").orElse("none");
        String day = LocalDate.ofEpochDay(entry.millis() / MILLIS_OF_A_DAY).toString();
        boolean approved = Digest.isArtefactName(script)
                && state.approvedUntil(Digest.fromArtefactName(script))
                        .filter(until -> day.compareTo(until) < 0)
                        .isPresent();
        demand(opens && approved, Rule.CEREMONY_APPROVAL, "the opening of an approved script", script);
    }

    private static Effect statement(Body entry) {
        StatementFact fact = read(entry, Rule.STATEMENT_DATA, data -> {
            data.string("text");
            Json.Obj need = data.object("need");
            return new StatementFact(
                    Digest.of(data.object("act").canonical()), need.integer("m"), need.strings("roles"));
        });
        demand(fact.m() >= 1, Rule.STATEMENT_DATA, "a need of 1 person or more", fact.m());
        return state -> state.learn(entry.seq(), fact);
    }

    private Effect intent(Body entry) {
        Json.Obj data = entry.data();
        read(entry, Rule.INTENT_DATA, intent -> intent.string("op"));
        quorums.judge(entry, data, 1);
        return state -> state.learn(entry.seq(), IntentState.OPEN);
    }

    private Effect outcome(Body entry) {
        String result = oneOf(entry, "result", RESULTS);
        long intent = read(entry, Rule.OUTCOME_DATA, data -> data.integer("intent"));
        demandIntent(intent, Set.of(IntentState.OPEN));
        return state -> state.learn(intent, result.equals("unknown") ? IntentState.UNKNOWN : IntentState.CLOSED);
    }

    private Effect reconcile(Body entry) {
        oneOf(entry, "finding", VERDICTS);
        long intent = read(entry, Rule.OUTCOME_DATA, data -> data.integer("intent"));
        demandIntent(intent, Set.of(IntentState.OPEN, IntentState.UNKNOWN));
        return state -> state.learn(intent, IntentState.CLOSED);
    }

    private static String oneOf(Body entry, String key, Set<String> allowed) {
        String value = read(entry, Rule.OUTCOME_DATA, data -> data.string(key));
        demand(allowed.contains(value), Rule.OUTCOME_DATA, "a known '" + key + "'", value);
        return value;
    }

    private void demandIntent(long seq, Set<IntentState> wanted) {
        Optional<IntentState> found = state.intent(seq);
        demand(
                found.filter(wanted::contains).isPresent(),
                Rule.OUTCOME_INTENT,
                "an open intent at " + seq,
                found.map(IntentState::wire).orElse("no intent"));
    }

    private Effect checkpoint(Body entry) {
        String note = read(entry, Rule.CHECKPOINT_NOTE, data -> data.string("note"));
        Checkpoint.Signed signed = Checkpoint.parse(note)
                .orElseThrow(() -> new BrokenEntryException(Rule.CHECKPOINT_NOTE, "a signed checkpoint", note));
        Checkpoint checkpoint = signed.checkpoint();
        String origin = Genesis.originOf(entry.ledger());
        demand(checkpoint.origin().equals(origin), Rule.CHECKPOINT_ORIGIN, origin, checkpoint.origin());
        demand(checkpoint.size() == entry.seq(), Rule.CHECKPOINT_SIZE, entry.seq(), checkpoint.size());
        Digest root = Digest.ofRaw(state.tree().root(entry.seq()));
        demand(checkpoint.root().equals(root), Rule.CHECKPOINT_ROOT, root, checkpoint.root());
        Optional<LedgerKey> console = state.keys()
                .console()
                .filter(key -> state.keys().counting(key.id(), entry.seq()).isPresent());
        demand(
                console.isPresent() && signed.isSignedBy(console.get().spki()),
                Rule.CHECKPOINT_SIGNATURE,
                "the signature of the console key",
                "none that holds");
        return Effect.NONE;
    }

    private Effect anchor(Body entry) {
        long size = read(entry, Rule.ANCHOR_DATA, data -> data.integer("size"));
        String found = read(entry, Rule.ANCHOR_DATA, data -> data.string("root"));
        demand(size >= 1 && size <= entry.seq(), Rule.ANCHOR_DATA, "a size from 1 to " + entry.seq(), size);
        String root = Digest.ofRaw(state.tree().root(size)).hex();
        demand(found.equals(root), Rule.ANCHOR_DATA, root, found);
        return Effect.NONE;
    }

    private Effect keyAdd(Body entry) {
        LedgerKey key = read(entry, Rule.KEY_ADD_DATA, LedgerKey::fromJson);
        Digest id = key.id();
        demand(key.role() != LedgerKey.Role.CONSOLE, Rule.KEY_ADD_DATA, "a key of role person or device", "console");
        demand(state.keys().known(id).isEmpty(), Rule.KEY_ADD_DATA, "a new key", id);
        quorums.judge(
                entry,
                entry.data(),
                key.isPerson() ? state.genesis().orElseThrow().m() : 1);
        return state -> {
            state.learn(state.keys().with(key, entry.seq()));
            state.expect(new Awaited.OwnCosign(entry.seq(), id));
        };
    }

    private Effect keyRetire(Body entry) {
        String hex = read(entry, Rule.KEY_RETIRE_KEY, data -> {
            data.string("why");
            return data.string("id");
        });
        quorums.judge(entry, entry.data(), 1);
        Optional<Digest> id = Digest.ofHex(hex)
                .filter(digest -> state.keys().counting(digest, entry.seq()).isPresent());
        demand(id.isPresent(), Rule.KEY_RETIRE_KEY, "a key that counts", hex);
        return state -> state.learn(state.keys().without(id.orElseThrow(), entry.seq()));
    }

    /// What is approved is worth as much as a person who joins, so it takes as many.
    private Effect scriptApproval(Body entry) {
        String op = read(entry, Rule.SCRIPT_APPROVAL_DATA, data -> {
            if (!Digest.isArtefactName(data.string("script"))) {
                throw new JsonException("the member 'script' names no artefact");
            }
            return data.string("op");
        });
        demand(APPROVALS.contains(op), Rule.SCRIPT_APPROVAL_DATA, "a known 'op'", op);
        quorums.judge(entry, entry.data(), state.genesis().orElseThrow().m());
        Digest script = Digest.fromArtefactName(entry.data().string("script"));
        Optional<String> until = text(entry, "next_review").filter(DAY.asMatchPredicate());
        return op.equals(APPROVE) && until.isPresent()
                ? state -> state.approve(script, until.get())
                : state -> state.withdraw(script);
    }

    private static Optional<String> text(Body entry, String member) {
        return entry.data().members().get(member) instanceof Json.Str(var text) ? Optional.of(text) : Optional.empty();
    }

    /// Reads members of `data`; what is missing or of another type breaks `rule`.
    static <T> T read(Body entry, Rule rule, Function<Json.Obj, T> reader) {
        try {
            return reader.apply(entry.data());
        } catch (JsonException e) {
            throw new BrokenEntryException(
                    rule, "the members of " + entry.type().wire(), String.valueOf(e.getMessage()));
        }
    }

    static void demand(boolean kept, Rule rule, Object expected, Object found) {
        if (!kept) {
            throw new BrokenEntryException(rule, String.valueOf(expected), String.valueOf(found));
        }
    }
}
