package org.quorate.ui.model;

import java.util.List;
import org.quorate.base.Digest;
import org.quorate.base.Words;
import org.quorate.ledger.Head;

/// The head of the ledger as people meet it. What is read aloud is the root, because that is what checkpoints sign.
public record HeadView(long size, Digest root) {
    static HeadView of(Head head) {
        return new HeadView(head.size(), head.root());
    }

    /// Twelve words, read aloud.
    public List<String> spoken() {
        return Words.spoken(root);
    }
}
