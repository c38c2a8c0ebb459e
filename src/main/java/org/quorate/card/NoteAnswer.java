package org.quorate.card;

/// What a card answers when it is given a note to keep.
public enum NoteAnswer {
    KEPT,
    /// This card cannot keep notes: it has no room for them, or lets only its issuer write.
    CANNOT,
    /// It could, and did not: pulled, or an error.
    FAILED
}
