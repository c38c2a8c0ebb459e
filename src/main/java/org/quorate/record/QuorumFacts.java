package org.quorate.record;

import java.util.List;
import java.util.Locale;
import org.quorate.base.Texts;

/// A quorum as it was asked for, and who saw to it that nobody got round it.
///
/// @param present how many of those who were there could have signed
/// @param statements how often it was asked for
public record QuorumFacts(int m, List<String> roles, int present, int statements, Enforced by) {
    public QuorumFacts {
        roles = List.copyOf(roles);
    }

    /// Whom one has to trust that it was as many.
    public enum Enforced {
        /// The console counted the cards, and would not go on without; whoever controls the console could.
        CONSOLE,
        /// The PIN of the token is split among the cards: without as many of them nobody logs in, console or not.
        SPLIT_SECRET,
        /// By its maker's word the HSM does nothing with fewer, whoever controls the console; the console counted as
        /// well.
        HSM;

        public String text() {
            return Texts.get("record.quorum.by." + name().toLowerCase(Locale.ROOT));
        }
    }
}
