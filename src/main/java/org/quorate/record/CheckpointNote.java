package org.quorate.record;

import java.util.Base64;
import java.util.Optional;
import org.quorate.base.Digest;

/// A signed note (C2SP tlog-checkpoint): what the ledger was when the record was made.
///
/// @param text the whole note, signature lines included
public record CheckpointNote(String origin, long size, Digest root, String text) {

    /// Empty where the text is not a note of at least one entry.
    public static Optional<CheckpointNote> parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 5 || !lines[3].isEmpty() || !text.endsWith("\n")) {
            return Optional.empty();
        }
        try {
            byte[] root = Base64.getDecoder().decode(lines[2]);
            long size = Long.parseLong(lines[1]);
            return size > 0 && root.length == 32
                    ? Optional.of(new CheckpointNote(lines[0], size, Digest.ofRaw(root), text))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// What the signatures cover: everything before the blank line.
    public String signedText() {
        return text.substring(0, text.indexOf("\n\n") + 1);
    }
}
