package org.quorate.ledger;

import java.util.Optional;
import java.util.regex.Pattern;
import org.quorate.base.Digest;

/// Digests in texts that may be anything.
final class Digests {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private Digests() {}

    static Optional<Digest> ofHex(String text) {
        return HEX.matcher(text).matches() ? Optional.of(new Digest(text)) : Optional.empty();
    }
}
