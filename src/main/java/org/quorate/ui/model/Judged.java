package org.quorate.ui.model;

import java.util.Optional;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.quorum.Roster;
import org.quorate.script.LintReport;
import org.quorate.ui.backstage.ScriptLibrary;
import org.quorate.ui.backstage.ScriptLibrary.Draft;

/// All that comes of one text, worked out beside the window's thread.
///
/// @param undrafted why the text could not be kept; it is judged all the same
record Judged(
        LintReport report, Optional<Picture> picture, Optional<ScriptOutline> outline, Optional<Problem> undrafted) {

    /// Keeps the text first, so that a check that takes long or fails loses nothing.
    ///
    /// @param drop whether the draft is needed no longer
    static Judged of(OpenScript now, boolean drop, ScriptLibrary library, Roster roster) {
        Optional<Problem> undrafted = keep(now, drop, library);
        LintReport report = library.check(now.name(), now.bytes());
        return new Judged(
                report,
                report.script()
                        .map(script -> new Picture(script, Optional.empty(), People.of(roster, Optional.empty()))),
                report.places()
                        .flatMap(places -> report.script()
                                .map(script -> ScriptOutline.of(script, places, now.text()))
                                .or(() -> report.sharedAct().map(act -> ScriptOutline.of(act, places, now.text())))),
                undrafted);
    }

    private static Optional<Problem> keep(OpenScript now, boolean drop, ScriptLibrary library) {
        try {
            if (now.dirty()) {
                library.keepDraft(now.name(), new Draft(now.text(), now.digest()));
            } else if (drop) {
                library.dropDraft(now.name());
            }
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }
}
