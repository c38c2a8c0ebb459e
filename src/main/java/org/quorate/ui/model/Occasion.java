package org.quorate.ui.model;

import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Texts;
import org.quorate.ceremony.Site;
import org.quorate.quorum.Roster;
import org.quorate.script.Script;
import org.quorate.script.Step;

/// What is known of a ceremony before its first entry is read.
///
/// @param ceremony empty where it is about to be opened; the id is then the one of the next opening in the ledger
public record Occasion(Script script, Site site, Roster roster, Optional<UUID> ceremony) {

    /// Where the script breaks the glass: that it does, and how many of how many people may.
    public Optional<String> breakGlass() {
        return script.steps()
                .filter(Step.BreakGlass.class::isInstance)
                .map(step -> script.cast().quorum(((Step.BreakGlass) step).quorum()))
                .map(quorum -> Texts.get(
                        "ui.strip.break_glass",
                        quorum.m(),
                        roster.people().stream().filter(quorum::admits).count()))
                .findFirst();
    }
}
