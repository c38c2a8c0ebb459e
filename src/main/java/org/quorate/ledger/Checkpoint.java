package org.quorate.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quorate.base.Digest;
import org.quorate.base.Json;

/// What a console signs about its ledger: so many entries, with this root (C2SP tlog-checkpoint).
public record Checkpoint(String origin, long size, Digest root) {

    /// The text that is signed, its last newline included.
    public String text() {
        return origin + "\n" + size + "\n" + Base64Text.of(root.bytes()) + "\n";
    }

    /// A checkpoint of `ledger` as it stands now.
    public static Checkpoint of(Ledger ledger) {
        Head head = ledger.head();
        return new Checkpoint(ledger.origin(), head.size(), head.root());
    }

    /// The entry that records it. It must be the very next one: its size is its own sequence number.
    public Draft draft(CheckpointSigner signer) {
        return Draft.ofLedger(
                EntryType.CHECKPOINT, Json.obj().put("note", sign(signer)).build());
    }

    /// The signed note.
    public String sign(CheckpointSigner signer) {
        byte[] signature = signer.sign(text().getBytes(StandardCharsets.UTF_8));
        byte[] keyId = Arrays.copyOf(Digest.of(signer.spki()).bytes(), 4);
        byte[] both = Arrays.copyOf(keyId, 4 + signature.length);
        System.arraycopy(signature, 0, both, 4, signature.length);
        return text() + "\n— " + origin + " " + Base64Text.of(both) + "\n";
    }

    /// A note taken apart. Lines of other signers are kept and mean nothing here.
    ///
    /// @param note the whole text, signature lines included
    public record Signed(Checkpoint checkpoint, List<Line> lines, String note) {
        public Signed {
            lines = List.copyOf(lines);
        }

        public long size() {
            return checkpoint.size();
        }

        public Digest root() {
            return checkpoint.root();
        }

        /// Whether every line that claims to be of this key is, and there is one.
        public boolean isSignedBy(byte[] spki) {
            byte[] message = checkpoint.text().getBytes(StandardCharsets.UTF_8);
            byte[] keyId = Arrays.copyOf(Digest.of(spki).bytes(), 4);
            List<Line> own = lines.stream()
                    .filter(line -> line.name().equals(checkpoint.origin()) && Arrays.equals(line.keyId(), keyId))
                    .toList();
            Optional<SigningKey> key = SigningKey.parse(spki);
            return key.isPresent()
                    && !own.isEmpty()
                    && own.stream().allMatch(line -> key.get().verifiesCheckpoint(message, line.signature()));
        }
    }

    /// One signature line.
    public record Line(String name, byte[] keyId, byte[] signature) {}

    private static final Pattern NOTE =
            Pattern.compile("([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n\n((?:[^\n]+\n)+)");
    private static final Pattern LINE = Pattern.compile("— ([^ \n]+) ([A-Za-z0-9+/=]+)");

    /// Empty where the text is not a signed checkpoint of three lines.
    public static Optional<Signed> parse(String note) {
        Matcher parts = NOTE.matcher(note);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Optional<byte[]> root = Base64Text.parse(parts.group(3));
        var lines = new ArrayList<Line>();
        String signatures = parts.group(4);
        for (String text : signatures.substring(0, signatures.length() - 1).split("\n", -1)) {
            Matcher line = LINE.matcher(text);
            Optional<byte[]> bytes = line.matches() ? Base64Text.parse(line.group(2)) : Optional.empty();
            if (bytes.isEmpty() || bytes.get().length < 5) {
                return Optional.empty();
            }
            byte[] both = bytes.get();
            lines.add(new Line(line.group(1), Arrays.copyOf(both, 4), Arrays.copyOfRange(both, 4, both.length)));
        }
        return root.map(hash -> new Checkpoint(parts.group(1), Long.parseLong(parts.group(2)), Digest.ofRaw(hash)))
                .map(checkpoint -> new Signed(checkpoint, lines, note));
    }
}
