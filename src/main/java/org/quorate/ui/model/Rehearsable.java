package org.quorate.ui.model;

import java.util.Optional;
import org.quorate.base.Problem;
import org.quorate.script.Script;
import org.quorate.ui.backstage.OpenSite;

/// Whether a ceremony can begin by the script on the page.
final class Rehearsable {
    private Rehearsable() {}

    /// Why not, as far as the page shows it.
    ///
    /// @param place where the file lies, for words
    static Optional<Problem> objection(OpenScript now, Checked checked, boolean rehearsal, String place) {
        String file = now.name().shown();
        if (now.dirty()) {
            return Optional.of(Problem.of("author.rehearse_unsaved", file));
        } else if (!checked.current()) {
            return Optional.of(Problem.of("author.rehearse_unchecked", file));
        } else if (checked.part().isPresent()) {
            return Optional.of(Problem.of("author.rehearse_part", file));
        } else if (!checked.report().usable()) {
            return Optional.of(Problem.of("author.rehearse_unsound", file));
        } else if (!rehearsal) {
            return Optional.of(Problem.of("author.rehearse_live", place));
        }
        return Optional.empty();
    }

    /// Why not, by the ledger. Not for the window's thread.
    static Optional<Problem> objection(OpenSite site, Script script) {
        return site.objection(script)
                .or(() -> site.ceremonies().stream()
                        .filter(held -> !held.finished())
                        .findFirst()
                        .map(held -> Problem.of(
                                "author.rehearse_unfinished", held.script().title())));
    }
}
