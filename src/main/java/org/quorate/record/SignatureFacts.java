package org.quorate.record;

import java.time.Instant;
import org.quorate.base.Digest;

/// A card's signature and what it means.
///
/// @param what what was signed, in words
public record SignatureFacts(
        long seq, Instant time, String name, String meaning, String what, long target, Digest key, String algorithm) {}
