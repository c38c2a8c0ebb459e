package org.quorate.record;

import java.util.List;

/// The ceremony in words, for someone who reads one line.
///
/// @param headline such as "Completed with 3 deviations"
/// @param sentences what stands behind it: steps, participants, quorum
public record Verdict(Kind kind, String headline, List<String> sentences) {
    public Verdict {
        sentences = List.copyOf(sentences);
    }

    public enum Kind {
        AS_PLANNED,
        WITH_DEVIATIONS,
        ABORTED,
        NOT_CLOSED
    }
}
