package org.quorate.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.ledger.BrokenEntryException;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryCodec;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Proofs;
import org.quorate.script.approval.Approvals;

/// The part of a ledger that one record stands on: the entries of the ceremony, those that say whose keys count,
/// and the start of each run of the program, each with its proof into the checkpoint.
///
/// As a file it is JSON lines, `{"body": …, "leaf": …, "proof": […], "seq": …}`; `body` is the exact text that is
/// hashed.
public record Extract(List<Line> lines) {
    private static final Set<EntryType> AROUND_KEYS =
            Set.of(EntryType.STATEMENT, EntryType.COSIGN, EntryType.CORRECTION, EntryType.SCRIPT_APPROVAL);

    public Extract {
        lines = List.copyOf(lines);
    }

    public record Line(Entry entry, List<Digest> proof) {
        public Line {
            proof = List.copyOf(proof);
        }

        boolean provesInto(Checkpoint.Signed checkpoint) {
            return Proofs.includes(entry.seq(), checkpoint.size(), entry.leaf(), proof, checkpoint.root());
        }
    }

    /// @param ledger all entries, in order; those beyond the checkpoint are left out
    public static Extract of(List<Entry> ledger, UUID ceremony, Checkpoint.Signed checkpoint, InclusionProofs proofs) {
        Set<UUID> runs = ledger.stream()
                .filter(entry -> entry.ceremony().equals(Optional.of(ceremony)))
                .map(Entry::run)
                .collect(Collectors.toCollection(HashSet::new));
        Set<Long> others = ofOtherScripts(ledger, ceremony);
        return new Extract(ledger.stream()
                .filter(entry -> entry.seq() < checkpoint.size())
                .filter(entry -> belongs(entry, ceremony, runs))
                .filter(entry -> !others.contains(entry.seq()))
                .map(entry -> new Line(entry, proofs.of(entry.seq())))
                .toList());
    }

    /// Approvals of other scripts, with what was signed for them: whoever may see this ceremony need not see those.
    private static Set<Long> ofOtherScripts(List<Entry> ledger, UUID ceremony) {
        Optional<String> script = ledger.stream()
                .filter(entry ->
                        entry.is(EntryType.CEREMONY_OPEN) && entry.ceremony().equals(Optional.of(ceremony)))
                .findFirst()
                .map(entry -> entry.data().string("script"));
        Set<Long> others = new HashSet<>();
        for (Entry entry : ledger) {
            boolean other = entry.ceremony().isEmpty()
                    && switch (entry.type()) {
                        case STATEMENT -> isOfAnother(script, entry.data().object("act"));
                        case SCRIPT_APPROVAL -> isOfAnother(script, entry.data());
                        case COSIGN -> others.contains(entry.data().integer("target"));
                        default -> false;
                    };
            if (other) {
                others.add(entry.seq());
            }
        }
        return others;
    }

    private static boolean isOfAnother(Optional<String> script, Json.Obj act) {
        boolean ofAScript = act.optionalString("op")
                .filter(op -> op.equals(Approvals.APPROVE) || op.equals(Approvals.WITHDRAW))
                .isPresent();
        return ofAScript && !script.equals(act.optionalString("script"));
    }

    private static boolean belongs(Entry entry, UUID ceremony, Set<UUID> runs) {
        return entry.ceremony().equals(Optional.of(ceremony))
                || entry.type().isAboutKeys()
                || (entry.ceremony().isEmpty() && AROUND_KEYS.contains(entry.type()))
                || (entry.is(EntryType.RUN_START) && runs.contains(entry.run()));
    }

    public List<Entry> entries() {
        return lines.stream().map(Line::entry).toList();
    }

    /// The one ceremony whose opening it holds; empty where it holds none or several.
    public Optional<UUID> ceremony() {
        List<Entry> openings = lines.stream()
                .map(Line::entry)
                .filter(entry -> entry.is(EntryType.CEREMONY_OPEN))
                .toList();
        return openings.size() == 1 ? openings.getFirst().ceremony() : Optional.empty();
    }

    public byte[] toBytes() {
        var out = new StringBuilder();
        for (Line line : lines) {
            out.append(Json.obj()
                            .put("seq", line.entry().seq())
                            .put("leaf", line.entry().leaf().hex())
                            .put("body", new String(line.entry().body(), StandardCharsets.UTF_8))
                            .put(
                                    "proof",
                                    Json.strings(line.proof().stream()
                                            .map(Digest::hex)
                                            .toList()))
                            .build()
                            .text())
                    .append('\n');
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Reads the file back; leaf and seq must be those of the body.
    ///
    /// @throws JsonException naming the first line that is not of the form
    public static Extract parse(byte[] file) {
        var lines = new ArrayList<Line>();
        for (String text : new String(file, StandardCharsets.UTF_8).split("\n", -1)) {
            if (text.isEmpty()) {
                continue;
            }
            lines.add(line(lines.size() + 1, text));
        }
        return new Extract(lines);
    }

    private static Digest digest(String hex) {
        return Digest.ofHex(hex).orElseThrow(() -> new JsonException("'" + hex + "' is not 64 hex digits"));
    }

    private static Line line(int number, String text) {
        try {
            Json.Obj json = Json.parseCanonicalObject(text.getBytes(StandardCharsets.UTF_8));
            Entry entry = EntryCodec.decode(json.string("body").getBytes(StandardCharsets.UTF_8));
            if (entry.seq() != json.integer("seq") || !entry.leaf().hex().equals(json.string("leaf"))) {
                throw new JsonException("the body of entry " + json.integer("seq") + " does not hash to its leaf");
            }
            List<Digest> proof =
                    json.strings("proof").stream().map(Extract::digest).toList();
            return new Line(entry, proof);
        } catch (JsonException | BrokenEntryException e) {
            throw new JsonException("line " + number + ": " + e.getMessage());
        }
    }
}
