package org.quorate.ledger.sqlite.crash;

/// One thing that a process did to the files of a folder. Files are numbered, since names come and go.
sealed interface Event {
    record Created(long file, String name) implements Event {}

    /// A file that was there before the recording began.
    record Opened(long file, String name) implements Event {}

    @SuppressWarnings("ArrayRecordComponent")
    record Written(long file, int at, byte[] data) implements Event {}

    record Resized(long file, int size) implements Event {}

    record Synced(long file) implements Event {}

    record FolderSynced() implements Event {}

    record Unlinked(String name) implements Event {}

    record Renamed(String from, String to) implements Event {}

    /// What the process said at this moment.
    record Said(String text) implements Event {}

    /// A sync that was made to fail.
    record SyncFailed(long file) implements Event {}
}
