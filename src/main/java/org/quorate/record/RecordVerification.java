package org.quorate.record;

import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Texts;
import org.quorate.ledger.Entry;
import org.quorate.ledger.TrustFile;

/// What a check of a record found: the first thing wrong, or nothing.
///
/// @param signer SHA-256 of the certificate that signed it; empty where it could not be read
/// @param notes what the record alone cannot show
public record RecordVerification(Optional<Finding> wrong, Optional<Digest> signer, List<String> notes) {
    public RecordVerification {
        notes = List.copyOf(notes);
    }

    public boolean valid() {
        return wrong.isEmpty();
    }

    /// @param detail what exactly, such as the entry or the line of a page
    public record Finding(Rule rule, String detail) {
        public String text() {
            return Texts.get("record.verify." + rule.name().toLowerCase(java.util.Locale.ROOT), detail);
        }
    }

    /// In the order in which they are checked; each stands on those before it.
    public enum Rule {
        NOT_A_PDF,
        NOT_SIGNED_ONCE,
        NOT_WHOLE_FILE,
        SIGNATURE_WRONG,
        SIGNER_NOT_TRUSTED,
        FILE_MISSING,
        EXTRACT_WRONG,
        CHECKPOINT_WRONG,
        NOT_IN_CHECKPOINT,
        LEDGER_DIFFERS,
        FILE_DIFFERS,
        PRINT_DIFFERS,
        /// No error: the pages differ, and another version of the program made them, whose layout this one lacks.
        PAGES_NOT_JUDGED
    }

    /// What the checker was told from outside.
    ///
    /// @param certificate SHA-256 of the certificate that may sign records
    /// @param trust the facts of `trust.json`
    /// @param ledger all entries of the ledger, in order
    public record Expectations(Optional<Digest> certificate, Optional<TrustFile> trust, Optional<List<Entry>> ledger) {

        public static Expectations none() {
            return new Expectations(Optional.empty(), Optional.empty(), Optional.empty());
        }
    }
}
