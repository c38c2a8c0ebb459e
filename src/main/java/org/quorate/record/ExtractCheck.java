package org.quorate.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Texts;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Genesis;
import org.quorate.ledger.TrustFile;
import org.quorate.record.RecordVerification.Expectations;
import org.quorate.record.RecordVerification.Finding;
import org.quorate.record.RecordVerification.Rule;

/// Checks an extract against its checkpoint, the console's signature of that, the facts of trust and the ledger.
public final class ExtractCheck {
    private final Extract extract;
    private final Checkpoint.Signed checkpoint;

    public ExtractCheck(Extract extract, Checkpoint.Signed checkpoint) {
        this.extract = extract;
        this.checkpoint = checkpoint;
    }

    /// The first thing wrong.
    public Optional<Finding> check(Expectations expectations) {
        return genesis(expectations.trust())
                .or(this::consoleSignature)
                .or(this::proofs)
                .or(() -> expectations.ledger().flatMap(this::ledger));
    }

    private Optional<Finding> genesis(Optional<TrustFile> trust) {
        if (extract.lines().isEmpty()
                || !extract.lines().getFirst().entry().is(EntryType.GENESIS)
                || extract.ceremony().isEmpty()) {
            return wrong(Rule.EXTRACT_WRONG, Texts.get("record.verify.detail.genesis"));
        }
        Entry genesis = extract.lines().getFirst().entry();
        boolean trusted = trust.map(told -> told.equals(TrustFile.of(genesis))).orElse(true);
        return trusted ? Optional.empty() : wrong(Rule.EXTRACT_WRONG, Texts.get("record.verify.detail.trust"));
    }

    private Optional<Finding> consoleSignature() {
        Entry genesis = extract.lines().getFirst().entry();
        Genesis founding = Genesis.fromJson(genesis.ledger(), genesis.data());
        boolean signed = checkpoint.checkpoint().origin().equals(founding.origin())
                && checkpoint.isSignedBy(founding.console().spki());
        return signed ? Optional.empty() : wrong(Rule.CHECKPOINT_WRONG, Texts.get("record.verify.detail.console"));
    }

    private Optional<Finding> proofs() {
        long before = -1;
        for (Extract.Line line : extract.lines()) {
            if (line.entry().seq() <= before) {
                return wrong(
                        Rule.EXTRACT_WRONG,
                        Texts.get("record.verify.detail.order", line.entry().seq()));
            }
            before = line.entry().seq();
            if (!line.provesInto(checkpoint)) {
                return wrong(
                        Rule.NOT_IN_CHECKPOINT,
                        Texts.get("record.verify.detail.entry", line.entry().seq()));
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> ledger(List<Entry> ledger) {
        List<Entry> wanted = Extract.of(ledger, extract.ceremony().orElseThrow(), checkpoint, seq -> List.of())
                .entries();
        List<Entry> held = extract.entries();
        for (int i = 0; i < Math.max(wanted.size(), held.size()); i++) {
            if (i >= held.size()
                    || (i < wanted.size() && wanted.get(i).seq() < held.get(i).seq())) {
                return wrong(
                        Rule.LEDGER_DIFFERS,
                        Texts.get("record.verify.detail.missing", wanted.get(i).seq()));
            }
            if (i >= wanted.size() || !wanted.get(i).equals(held.get(i))) {
                return wrong(
                        Rule.LEDGER_DIFFERS,
                        Texts.get("record.verify.detail.entry", held.get(i).seq()));
            }
        }
        return Optional.empty();
    }

    /// Entries between the ceremony's first and last that are not in the extract: another ceremony, or one left
    /// out. Only the ledger can say which.
    public List<String> gaps() {
        var gaps = new ArrayList<String>();
        long before = -1;
        boolean open = false;
        for (Entry entry : extract.entries()) {
            if (open && entry.seq() > before + 1) {
                gaps.add(Texts.get("record.verify.gap", before + 1, entry.seq() - 1));
            }
            open |= entry.is(EntryType.CEREMONY_OPEN);
            before = entry.seq();
        }
        return gaps;
    }

    private static Optional<Finding> wrong(Rule rule, String detail) {
        return Optional.of(new Finding(rule, detail));
    }
}
