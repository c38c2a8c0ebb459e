package org.quorate.ledger;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.JsonException;
import org.quorate.ledger.EntryRules.Effect;
import org.quorate.ledger.LedgerState.Awaited;

/// Judges a ledger row by row. What every entry must keep (its number, its leaf, its form, its link to the one before)
/// ends the judgement when it is broken, since all that follows stands on it; any other rule is noted and the judgement
/// goes on.
public final class LedgerVerifier {
    /// So many errors are enough to know; further ones are not kept.
    private static final int MOST_ERRORS = 1000;

    private final LedgerState state = new LedgerState();
    private final EntryRules rules = new EntryRules(state);
    private final CosignRules cosigns = new CosignRules(state);
    private final Expectations expectations;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<Digest> artefacts = new TreeSet<>();
    private Optional<Body> before = Optional.empty();
    private int errors;
    private boolean ended;

    public LedgerVerifier(Expectations expectations) {
        this.expectations = expectations;
    }

    /// A row with what can be said about it alone. Scanning needs nothing but the row, so it may be done elsewhere.
    public static final class Scan {
        private final long seq;
        private final byte[] leaf;
        private final byte[] hashed;
        private final Optional<Body> body;
        private final Optional<BrokenEntryException> broken;

        private Scan(long seq, byte[] leaf, byte[] hashed, Optional<Body> body, Optional<BrokenEntryException> broken) {
            this.seq = seq;
            this.leaf = leaf;
            this.hashed = hashed;
            this.body = body;
            this.broken = broken;
        }
    }

    /// Scans rows, one after the other. Not for several threads at once, but any number of scanners may be at work.
    public static final class Scanner {
        private final MessageDigest sha256 = Digest.sha256();
        private final BodyScanner bodies = new BodyScanner();

        public Scan scan(long seq, byte[] leaf, byte[] body) {
            sha256.update((byte) 0);
            byte[] hashed = sha256.digest(body);
            try {
                return new Scan(seq, leaf, hashed, Optional.of(bodies.read(body)), Optional.empty());
            } catch (BrokenEntryException e) {
                return new Scan(seq, leaf, hashed, Optional.empty(), Optional.of(e));
            }
        }
    }

    /// Takes the next row.
    ///
    /// @return false when no more rows are wanted
    public boolean row(Scan row) {
        if (ended) {
            return false;
        }
        long seq = state.size();
        try {
            Body body = chained(row);
            before.ifPresent(b -> watchClock(b, body));
            if (row.seq == 0) {
                state.add(body, row.hashed);
                founded(body);
            } else {
                judged(body);
                state.add(body, row.hashed);
            }
            before = Optional.of(body);
        } catch (BrokenEntryException e) {
            note(seq, e);
            ended = true;
        }
        return !ended;
    }

    /// Says that the row in place of the next one cannot be read as a row.
    public void unreadableRow(String found) {
        findings.add(Finding.at(state.size(), Rule.ROW_FORM, "an integer and two byte strings", found));
        ended = true;
    }

    /// Says that the file could not be read any further.
    public void damaged(String found) {
        findings.add(Finding.at(state.size(), Rule.FILE_DAMAGED, "a file that can be read", found));
        ended = true;
    }

    private Body chained(Scan row) {
        long wanted = state.size();
        EntryRules.demand(row.seq == wanted, Rule.ROW_GAP, wanted, row.seq);
        demandSame(Rule.ENTRY_LEAF, row.hashed, row.leaf);
        Body body = row.body.orElseThrow(row.broken::orElseThrow);
        EntryRules.demand(body.seq() == wanted, Rule.ENTRY_SEQ, wanted, body.seq());
        UUID ledger = before.map(Body::ledger).orElse(body.ledger());
        EntryRules.demand(body.ledger().equals(ledger), Rule.ENTRY_LEDGER, ledger, body.ledger());
        byte[] prev = wanted == 0 ? new byte[32] : state.tree().leaf(wanted - 1);
        demandSame(Rule.ENTRY_PREV, prev, body.prev());
        return body;
    }

    private static void demandSame(Rule rule, byte[] expected, byte[] found) {
        if (!Arrays.equals(expected, found)) {
            throw new BrokenEntryException(rule, hex(expected), hex(found));
        }
    }

    private void founded(Body body) {
        EntryRules.demand(
                body.type() == EntryType.GENESIS,
                Rule.GENESIS_PLACE,
                "genesis at 0",
                body.type().wire());
        try {
            Genesis genesis = Genesis.fromJson(body.ledger(), body.data());
            state.begin(genesis);
            expectations.trust().ifPresent(trust -> compare(trust, genesis));
        } catch (JsonException e) {
            throw new BrokenEntryException(Rule.GENESIS_DATA, "what a genesis says", String.valueOf(e.getMessage()));
        }
    }

    private void judged(Body body) {
        boolean due = takesItsPlace(body);
        try {
            Effect effect = rules.judge(body, due);
            effect.on(state);
        } catch (BrokenEntryException e) {
            note(body.seq(), e);
        }
    }

    /// Whether a co-signature had to stand here and this is it.
    private boolean takesItsPlace(Body body) {
        if (state.awaited() instanceof Awaited.Nothing) {
            return false;
        }
        try {
            state.expect(cosigns.next(body));
            return true;
        } catch (BrokenEntryException e) {
            state.expect(new Awaited.Nothing());
            note(body.seq(), e);
            return false;
        }
    }

    private void watchClock(Body earlier, Body body) {
        boolean wallBack = body.millis() < earlier.millis();
        boolean upBack = body.boot().equals(earlier.boot()) && body.up() < earlier.up();
        if (wallBack || upBack) {
            findings.add(Finding.at(
                    body.seq(), Rule.CLOCK_BACK, "a time not before entry " + earlier.seq(), "an earlier one"));
        }
    }

    private void compare(TrustFile trust, Genesis genesis) {
        same(Rule.TRUST_LEDGER, trust.ledger(), genesis.ledger());
        same(Rule.TRUST_ORIGIN, trust.origin(), genesis.origin());
        same(
                Rule.TRUST_CONSOLE_KEY,
                trust.consoleKey(),
                state.keys().console().orElseThrow().id());
        same(Rule.TRUST_GENESIS, trust.genesis(), Digest.ofRaw(state.tree().leaf(0)));
    }

    private void same(Rule rule, Object expected, Object found) {
        if (!expected.equals(found)) {
            findings.add(Finding.at(0, rule, expected.toString(), found.toString()));
        }
    }

    /// Takes an artefact that the file holds.
    public void artefact(byte[] name, byte[] bytes) {
        Digest hash = Digest.of(bytes);
        String found = hex(name);
        if (!hash.hex().equals(found)) {
            findings.add(Finding.ofFile(Rule.ARTEFACT_HASH, hash.hex(), found));
        }
        Digest.ofHex(found).ifPresent(artefacts::add);
    }

    /// Says something about the file around the rows.
    public void ofFile(Finding finding) {
        findings.add(finding);
        ended = true;
    }

    public Verification finish() {
        if (!ended && state.size() == 0) {
            ofFile(Finding.at(0, Rule.ROW_GAP, "0", "no entry at all"));
        }
        if (!ended) {
            finishEntries();
            finishArtefacts();
            finishAnchors();
        }
        findings.sort(Comparator.comparingLong(f -> f.seq().orElse(Long.MAX_VALUE)));
        return new Verification(ended ? Optional.empty() : Optional.of(head()), findings, state.openIntents());
    }

    private void finishEntries() {
        switch (state.awaited()) {
            case Awaited.Nothing() -> {}
            case Awaited.Founders(var left) ->
                findings.add(Finding.at(
                        0, Rule.GENESIS_FOUNDERS, "an approval by every founder", left.size() + " are missing"));
            case Awaited.OwnCosign(var target, var key) ->
                findings.add(
                        Finding.at(target, Rule.KEY_ADD_OWN_COSIGN, "a co-signature by the key it adds", "the end"));
        }
        for (long intent : state.openIntents()) {
            findings.add(Finding.at(intent, Rule.INTENT_OPEN, "an outcome", "none that is certain"));
        }
    }

    private void finishArtefacts() {
        state.named().forEach((name, seq) -> {
            if (!artefacts.contains(name)) {
                findings.add(Finding.at(seq, Rule.ARTEFACT_MISSING, name.artefactName(), "no such artefact"));
            }
        });
        for (Digest artefact : artefacts) {
            if (!state.named().containsKey(artefact)) {
                findings.add(Finding.ofFile(Rule.ARTEFACT_UNNAMED, "an entry that names it", artefact.hex()));
            }
        }
    }

    private void finishAnchors() {
        for (AnchorLine anchor : expectations.anchors()) {
            if (anchor.size() > state.size()) {
                findings.add(Finding.ofFile(
                        Rule.ANCHORED_SIZE, "at least " + anchor.size() + " entries", String.valueOf(state.size())));
            } else if (!anchor.root().equals(state.tree().first(anchor.size()).root())) {
                AnchorLine found = new AnchorLine(
                        anchor.size(), state.tree().first(anchor.size()).root());
                findings.add(Finding.ofFile(Rule.ANCHORED_ROOT, anchor.toString(), found.toString()));
            }
        }
    }

    private Head head() {
        long size = state.size();
        return new Head(
                size,
                Digest.ofRaw(state.tree().leaf(size - 1)),
                Digest.ofRaw(state.tree().root(size)));
    }

    private void note(long seq, BrokenEntryException e) {
        if (++errors > MOST_ERRORS) {
            return;
        }
        findings.add(Finding.at(seq, e.rule(), e.expected(), e.found()));
    }

    /// What was learnt, for a ledger that is to grow from here.
    ///
    /// @throws IllegalStateException unless the verification was sound
    public Growth growth(Verification verification) {
        if (!verification.sound() || before.isEmpty()) {
            throw new IllegalStateException("a ledger that is not sound cannot grow");
        }
        return new Growth(state);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
