package org.quorate.record;

import java.time.Instant;

/// An exception sheet: the three questions, and who stands for the answers.
public record ExceptionFacts(
        long number,
        String step,
        Instant time,
        String expected,
        String happened,
        String decided,
        String decidedBy,
        String witnessedBy) {}
