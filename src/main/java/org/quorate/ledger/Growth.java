package org.quorate.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.ledger.EntryRules.Effect;
import org.quorate.ledger.LedgerState.Awaited;

/// A verified ledger that goes on growing by the same rules: what it accepts, every later verification accepts. It
/// writes nothing; the adapter that does tells it what has become durable.
///
/// Not for several threads at once.
public final class Growth {
    private final LedgerState state;
    private final EntryRules rules;

    Growth(LedgerState state) {
        this.state = state;
        this.rules = new EntryRules(state);
    }

    /// An entry that may be appended next.
    public static final class Next {
        private final Entry entry;
        private final Body body;
        private final Effect effect;

        private Next(Entry entry, Body body, Effect effect) {
            this.entry = entry;
            this.body = body;
            this.effect = effect;
        }

        public Entry entry() {
            return entry;
        }

        /// The artefacts that its data names.
        public List<Digest> named() {
            return body.named();
        }
    }

    /// The first entry and the founders' co-signatures of it, judged as they would be in a file.
    ///
    /// @throws org.quorate.base.ProblemException naming the rule that is not kept
    static Growth found(List<Entry> entries) {
        var verifier = new LedgerVerifier(Expectations.NONE);
        var scanner = new LedgerVerifier.Scanner();
        for (Entry entry : entries) {
            verifier.row(scanner.scan(entry.seq(), entry.leaf().bytes(), entry.body()));
        }
        Verification verification = verifier.finish();
        verification.firstError().ifPresent(wrong -> {
            throw refused(wrong.rule(), wrong.expected(), wrong.found()).asException();
        });
        return verifier.growth(verification);
    }

    /// What `draft` becomes as the next entry.
    ///
    /// @throws org.quorate.base.ProblemException naming the rule that the entry would break
    public Next next(Draft draft, UUID run, LedgerClock.Moment moment) {
        Entry entry = EntryCodec.encode(draft, place(run), moment);
        Body body = BodyScanner.scan(entry.body());
        try {
            return new Next(entry, body, rules.judge(body, false));
        } catch (BrokenEntryException e) {
            throw refused(e.rule(), e.expected(), e.found()).causedBy(e);
        }
    }

    /// What stands right after `key`, an added key: its own co-signature.
    ///
    /// @throws org.quorate.base.ProblemException when `draft` is not that
    public Entry sealOf(Next key, Draft draft, LedgerClock.Moment moment) {
        Entry added = key.entry();
        Cosign cosign = Cosign.fromJson(draft.data());
        LedgerKey own = LedgerKey.fromJson(added.data());
        boolean holds = draft.type() == EntryType.COSIGN
                && draft.ceremony().equals(added.ceremony())
                && cosign.target() == added.seq()
                && cosign.leaf().equals(added.leaf())
                && cosign.key().equals(own.id())
                && cosign.isSignedBy(own.spki(), added.ledger(), added.ceremony());
        if (!holds) {
            throw refused(Rule.KEY_ADD_OWN_COSIGN, "a co-signature by the key itself", "another entry")
                    .asException();
        }
        var place = new EntryCodec.Place(added.ledger(), added.seq() + 1, added.leaf(), added.run());
        return EntryCodec.encode(draft, place, moment);
    }

    /// Takes an entry that has become durable.
    public void accept(Next next) {
        next.effect.on(state);
        state.add(next.body, next.entry.leaf().bytes());
    }

    /// Takes the co-signature of an added key, checked when it was made.
    public void acceptSeal(Entry seal) {
        Body body = BodyScanner.scan(seal.body());
        accept(new Next(seal, body, rules.judge(body, true)));
        state.expect(new Awaited.Nothing());
    }

    private EntryCodec.Place place(UUID run) {
        return new EntryCodec.Place(
                id(), state.size(), Digest.ofRaw(state.tree().leaf(state.size() - 1)), run);
    }

    private static Problem refused(Rule rule, String expected, String found) {
        return Problem.of("ledger.refused", rule.sentence(), expected, found).withTechnical(rule.wire());
    }

    public UUID id() {
        return genesis().ledger();
    }

    public Genesis genesis() {
        return state.genesis().orElseThrow();
    }

    public LedgerKeys keys() {
        return state.keys();
    }

    public Head head() {
        long size = state.size();
        return new Head(
                size,
                Digest.ofRaw(state.tree().leaf(size - 1)),
                Digest.ofRaw(state.tree().root(size)));
    }

    public Tree tree(long size) {
        return state.tree().first(size);
    }

    /// Whether `body` is what was verified to stand at `seq`.
    public boolean stands(long seq, byte[] body) {
        return Arrays.equals(state.tree().leaf(seq), Proofs.leafOf(body).bytes());
    }

    /// Whether an entry so far names the artefact, and so the file holds it.
    public boolean names(Digest artefact) {
        return state.named().containsKey(artefact);
    }

    public LongStream ofCeremony(UUID ceremony) {
        return state.ofCeremony(ceremony);
    }

    public List<Long> openIntents() {
        return state.openIntents();
    }
}
