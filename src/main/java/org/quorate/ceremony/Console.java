package org.quorate.ceremony;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.ledger.CheckpointSigner;
import org.quorate.ledger.Head;
import org.quorate.record.ShareSheet;
import org.quorate.script.Script;

/// What the console itself does at a close, with the keys of its own token: sign the head, and make the record.
public interface Console {
    CheckpointSigner checkpoints();

    /// Makes the record and the files beside it from the entries so far, and says what was made and where it lies.
    List<MadeFile> makeRecord(UUID ceremony, Script script);

    /// A share of a secret on a sheet of paper, as a PDF. It is kept nowhere.
    byte[] shareSheet(ShareSheet sheet);

    /// What an earlier ceremony left beside the ledger, as a verifier judges it.
    Examined examine(Ceremony ceremony);

    /// @param detail what is wrong with the record
    /// @param script by which it was held; empty where the ledger's copy cannot be read as one
    record Examined(State state, String detail, Optional<Script> script) {
        public enum State {
            VALID,
            WRONG,
            MISSING
        }
    }

    /// Copies the ledger as it stands onto the site's second disk; empty where the site has none.
    ///
    /// @throws org.quorate.base.ProblemException where it cannot, or where another ledger lies there
    Optional<Mirrored> mirror();

    /// @param head of the copy
    record Mirrored(String file, Head head) {}

    /// Lays the files that must hold the last entries (the ledger's copy, the anchors) beside the record, and says
    /// where everything lies. Called again after a stop, it finds what is there.
    Evidence finish(UUID ceremony);

    /// @param record name of the signed record in the folder
    record Evidence(Path folder, String record, List<MadeFile> files) {
        public Evidence {
            files = List.copyOf(files);
        }
    }

    /// @param sha256 digest of the bytes
    record MadeFile(String name, Digest sha256, long bytes) {}
}
