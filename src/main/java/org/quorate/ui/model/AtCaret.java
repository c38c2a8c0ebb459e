package org.quorate.ui.model;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.quorate.ui.model.ScriptOutline.OutlineStep;

/// Where the caret is in the outline, and the screen of the step there.
final class AtCaret {
    final ReadOnlyObjectWrapper<ScriptOutline> outline = new ReadOnlyObjectWrapper<>(ScriptOutline.NONE);
    final ReadOnlyObjectWrapper<Optional<OutlineStep>> step = new ReadOnlyObjectWrapper<>(Optional.empty());
    final ReadOnlyObjectWrapper<Optional<StepPage>> page = new ReadOnlyObjectWrapper<>(Optional.empty());

    private Optional<Picture> picture = Optional.empty();
    private Caret caret = Caret.START;

    /// Another text, of which nothing is known yet.
    void begin(Caret place) {
        caret = place;
        picture = Optional.empty();
        outline.set(ScriptOutline.NONE);
        turn();
    }

    /// What cannot be read keeps what was known of it before.
    void judged(Judged found) {
        picture = found.picture().or(() -> picture);
        outline.set(found.outline().orElseGet(() -> outline.get().outdated()));
        turn();
    }

    void go(Caret place) {
        caret = place;
        turn();
    }

    Caret caret() {
        return caret;
    }

    private void turn() {
        step.set(outline.get()
                .stepAt(caret.line())
                .or(() -> outline.get().steps().findFirst()));
        page.set(step.get().flatMap(here -> picture.flatMap(drawn -> drawn.page(here.id()))));
    }
}
