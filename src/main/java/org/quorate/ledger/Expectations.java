package org.quorate.ledger;

import java.util.List;
import java.util.Optional;

/// What a verifier was told from outside the file; a file alone cannot show that it was cut short or founded anew.
public record Expectations(List<AnchorLine> anchors, Optional<TrustFile> trust) {
    public static final Expectations NONE = new Expectations(List.of(), Optional.empty());

    public Expectations {
        anchors = List.copyOf(anchors);
    }
}
