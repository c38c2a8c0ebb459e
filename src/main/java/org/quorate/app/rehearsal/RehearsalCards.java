package org.quorate.app.rehearsal;

/// How practice cards are put into a rehearsal.
public enum RehearsalCards {
    /// As files, read by this program.
    TRAY,
    /// In virtual readers of a real reader service, each card in one of its own.
    VIRTUAL,
    /// All through one virtual reader, one after another.
    ONE_READER
}
