package org.quorate.ceremony;

import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Words;

/// A value that people look at, read aloud or compare. A digest is never shortened, and is words too.
public record Exhibit(String label, String text, Optional<Digest> digest) {

    public static Exhibit of(String label, String text) {
        return new Exhibit(label, text, Optional.empty());
    }

    public static Exhibit of(String label, Digest digest) {
        return new Exhibit(label, digest.hex(), Optional.of(digest));
    }

    /// Twelve words over the first half, read aloud; empty where the value is no digest.
    public List<String> spokenWords() {
        return digest.map(Words::spoken).orElse(List.of());
    }
}
