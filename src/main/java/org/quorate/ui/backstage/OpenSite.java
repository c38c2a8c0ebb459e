package org.quorate.ui.backstage;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.quorate.base.Problem;
import org.quorate.card.CardReader;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.FollowedPlan;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Site;
import org.quorate.ledger.Ledger;
import org.quorate.quorum.Roster;
import org.quorate.script.Script;
import org.quorate.script.approval.Approvals;

/// A site whose ledger is open and verified.
public interface OpenSite {
    Site site();

    Roster roster();

    Ledger ledger();

    CardReader cards();

    /// What people came for: opened without a stop at home. Empty for a console that was started as such.
    Optional<Wanted> atOnce();

    /// The scripts that passed lint and may be started here.
    List<Script> scripts();

    /// The ceremonies of the ledger, newest first. Reads the whole ledger: not for the window's thread.
    List<Held> ceremonies();

    /// The plan that this site follows.
    ///
    /// @throws org.quorate.base.ProblemException where there is one that cannot be read
    Optional<FollowedPlan> plan();

    /// The signed records that lie on this workstation, newest first.
    List<RecordFile> records();

    /// Opens a ceremony and conducts it on a thread of its own; returns at once.
    ///
    /// @param ended called once, from any thread, when it is over; with a problem where it broke off
    void start(Script script, Front front, Consumer<Optional<Problem>> ended);

    /// Goes on with a ceremony where its entries end.
    void resume(UUID ceremony, Front front, Consumer<Optional<Problem>> ended);

    /// What the ledger says of every script. Reads the whole ledger: not for the window's thread.
    default Approvals approvals() {
        return Approvals.of(ledger());
    }

    /// Why no ceremony begins by this script here; empty where nothing is in the way. Not for the window's thread.
    Optional<Problem> objection(Script script);

    /// Has the approvers' cards sign a script, or sign that its approval is withdrawn, on a thread of its own.
    ///
    /// @param ended called once, from any thread
    void approve(Script script, Deed deed, Front front, Consumer<Approved> ended);

    /// Where scripts are written.
    ScriptLibrary library();

    /// The pages of a PDF as PNG pictures; none where this build cannot draw them. Not for the window's thread.
    List<byte[]> pages(Path pdf);

    /// What people came to do with a script.
    enum Deed {
        HOLD,
        APPROVE,
        WITHDRAW
    }

    /// How an approval ended.
    ///
    /// @param words what holds now
    /// @param problem why it broke off
    record Approved(String words, Optional<Problem> problem) {}

    /// @param ceremony the one to go on with; empty to open a new one
    record Wanted(Script script, Deed deed, Optional<UUID> ceremony) {}

    /// A ceremony of the ledger beside the very script it was opened with.
    ///
    /// @param finished whether its record lies here, so that nothing of it is left to do
    record Held(Ceremony ceremony, Script script, boolean finished) {}

    /// A record file.
    record RecordFile(String title, Path path) {}
}
