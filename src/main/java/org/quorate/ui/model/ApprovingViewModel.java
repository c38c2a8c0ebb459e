package org.quorate.ui.model;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.quorate.base.Digest;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Question;
import org.quorate.ceremony.Site;
import org.quorate.quorum.Participant;
import org.quorate.script.Script;
import org.quorate.ui.backstage.OpenSite;

/// The approval of a script as the window shows it: one question after the other, outside of any ceremony.
public final class ApprovingViewModel implements Answering {
    private final OpenSite site;
    private final Script script;
    private final DeskSide side;
    private final ReadOnlyObjectWrapper<Optional<OpenSite.Approved>> ended =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    public ApprovingViewModel(OpenSite site, Script script, Hands hands) {
        this.site = site;
        this.script = script;
        this.side = new DeskSide(site.cards(), hands);
    }

    /// For the approval.
    public Front front() {
        return desk();
    }

    public boolean rehearsal() {
        return site.site().mode() == Site.Mode.REHEARSAL;
    }

    public String title() {
        return script.title();
    }

    @Override
    public DeskSide side() {
        return side;
    }

    @Override
    public List<Segment> segments(Question.OfCard asked) {
        return Segment.of(asked.tally(), Optional.empty());
    }

    @Override
    public Optional<String> holder(Digest key) {
        return site.roster().byKey(key).map(Participant::name);
    }

    @Override
    public Optional<HeadView> headNow() {
        return Optional.empty();
    }

    public void tick() {
        side.tick();
    }

    /// On the window's thread.
    public void end(OpenSite.Approved how) {
        ended.set(Optional.of(how));
    }

    public ReadOnlyObjectProperty<Optional<OpenSite.Approved>> endedProperty() {
        return ended.getReadOnlyProperty();
    }

    /// The window is closed; who signed so far stays on record.
    public void leave() {
        desk().leave();
    }
}
