package org.quorate.record;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.record.RecordVerification.Expectations;
import org.quorate.record.RecordVerification.Finding;
import org.quorate.record.RecordVerification.Rule;

/// Checks an extract against its checkpoint, the console's signature of that, the facts of trust and the ledger.
public final class ExtractCheck {
    private final Extract extract;
    private final CheckpointNote checkpoint;

    public ExtractCheck(Extract extract, CheckpointNote checkpoint) {
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

    private Optional<Finding> genesis(Optional<TrustFacts> trust) {
        if (extract.lines().isEmpty()
                || !extract.lines().getFirst().entry().is(EntryType.GENESIS)
                || extract.ceremony().isEmpty()) {
            return wrong(Rule.EXTRACT_WRONG, Texts.get("record.verify.detail.genesis"));
        }
        Entry genesis = extract.lines().getFirst().entry();
        boolean trusted = trust.map(facts -> facts.genesis().equals(genesis.leaf())
                        && facts.ledger().equals(genesis.ledger())
                        && facts.origin().equals(genesis.data().string("origin"))
                        && console(genesis)
                                .map(key -> key.string("id")
                                        .equals(facts.consoleKey().hex()))
                                .orElse(false))
                .orElse(true);
        return trusted ? Optional.empty() : wrong(Rule.EXTRACT_WRONG, Texts.get("record.verify.detail.trust"));
    }

    private static Optional<Json.Obj> console(Entry genesis) {
        return genesis.data().objects("keys").stream()
                .filter(key -> key.string("role").equals("console"))
                .findFirst();
    }

    private Optional<Finding> consoleSignature() {
        Entry genesis = extract.lines().getFirst().entry();
        boolean signed = checkpoint.origin().equals(genesis.data().string("origin"))
                && console(genesis)
                        .map(key -> signedBy(Base64.getDecoder().decode(key.string("spki"))))
                        .orElse(false);
        return signed ? Optional.empty() : wrong(Rule.CHECKPOINT_WRONG, Texts.get("record.verify.detail.console"));
    }

    private boolean signedBy(byte[] spki) {
        byte[] id = Arrays.copyOf(Digest.of(spki).bytes(), 4);
        String prefix = "— " + checkpoint.origin() + " ";
        return checkpoint.text().lines().filter(line -> line.startsWith(prefix)).anyMatch(line -> {
            try {
                byte[] bytes = Base64.getDecoder().decode(line.substring(prefix.length()));
                if (bytes.length < 5 || !Arrays.equals(Arrays.copyOf(bytes, 4), id)) {
                    return false;
                }
                var signature = Signature.getInstance("SHA256withECDSA");
                signature.initVerify(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki)));
                signature.update(checkpoint.signedText().getBytes(StandardCharsets.UTF_8));
                return signature.verify(Arrays.copyOfRange(bytes, 4, bytes.length));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                return false;
            }
        });
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

    /// Entries between the ceremony's first and last that are not in the extract: another ceremony, or one left out.
    /// Only
    /// the ledger can say which.
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
