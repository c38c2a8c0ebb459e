package org.quorate.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;

/// A key as the ledger tells it: what it is, where it is, and every attribute as asked and as reported.
///
/// @param name its name in the script
public record KeyFacts(
        String name, Definition definition, Optional<Digest> spki, List<Place> places, List<Report> reports) {
    public KeyFacts {
        places = List.copyOf(places);
        reports = List.copyOf(reports);
    }

    public String label() {
        return definition.label();
    }

    /// What the script says of it.
    ///
    /// @param label CKA_LABEL
    /// @param used the cryptoperiod, from the generation on; empty where the script names none
    public record Definition(String label, String spec, String purpose, Optional<String> used) {}

    /// An object on a token.
    ///
    /// @param how the operation that brought it there
    /// @param gone when it was destroyed and found absent
    public record Place(String role, String serial, String keyId, String how, Instant since, Optional<Instant> gone) {}

    /// @param kind CKO_PRIVATE_KEY and the like
    public record Named(String kind, String label, String keyId) {}

    public record Report(String role, Named object, Instant time, long seq, List<Attribute> attributes) {
        public Report {
            attributes = List.copyOf(attributes);
        }
    }

    /// @param asked empty where nobody asked (only the token sets it)
    /// @param reported empty where the token gave no answer, which is not the same as false
    public record Attribute(String name, Optional<Boolean> asked, Optional<Boolean> reported, String state) {
        /// Whether a state gives no cause to ask.
        static boolean isPlain(String state) {
            return state.equals("as_asked") || state.equals("not_asked");
        }

        public boolean isPlain() {
            return isPlain(state);
        }
    }
}
