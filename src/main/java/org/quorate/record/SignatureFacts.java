package org.quorate.record;

import java.time.Instant;
import org.quorate.base.Digest;

/// A card's signature and what it means.
public record SignatureFacts(long seq, Instant time, String name, String meaning, Target target, Made made) {

    /// @param what in words
    public record Target(long seq, String what) {}

    public record Made(Digest key, String algorithm) {}
}
