package org.quorate.ledger.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file beside the ledger that can be thrown overboard: when the disk is full, deleting it leaves room to open the
/// ledger again and to record how an announced act ended.
final class Ballast {
    private static final int BYTES = 1 << 20;

    private final Path file;

    Ballast(Path ledger) {
        this.file = ledger.resolveSibling(ledger.getFileName() + ".ballast");
    }

    /// Does without where there is no room for it.
    void place() {
        try {
            if (!Files.exists(file) || Files.size(file) < BYTES) {
                Files.write(file, new byte[BYTES]);
            }
        } catch (IOException e) {
            note("there is no room for the ballast", e);
            drop();
        }
    }

    void drop() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            note("the ballast could not be deleted", e);
        }
    }

    /// A disk without room says so where something is to be written; nobody reads of it here.
    private static void note(String what, IOException e) {
        System.getLogger(Ballast.class.getName()).log(System.Logger.Level.DEBUG, what, e);
    }
}
