package org.quorate.record;

import java.time.Instant;

/// An exception sheet: the three questions, and who stands for the answers.
public record ExceptionFacts(
        long number, String step, Instant time, Answers answers, String decidedBy, String witnessedBy) {

    public record Answers(String expected, String happened, String decided) {}
}
