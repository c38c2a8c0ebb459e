package org.quorate.ui.model;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.quorate.base.Problem;
import org.quorate.script.Script;

/// The paper script of the text on the page, drawn only while somebody looks, and only of a text without errors.
final class PaperSide {
    private final Function<Script, List<byte[]>> draw;
    private final Errands errands;
    private final AtomicLong wanted = new AtomicLong();
    private final ReadOnlyObjectWrapper<PaperPreview> paper = new ReadOnlyObjectWrapper<>(PaperPreview.NONE);

    /// Of this very script there are pages, or they are being drawn.
    private Optional<Script> of = Optional.empty();

    private boolean shown;

    /// Pages take seconds, so they wait for nothing and nothing waits for them.
    PaperSide(Function<Script, List<byte[]>> draw, Hands hands, Consumer<Problem> failed) {
        this.draw = draw;
        this.errands = new Errands(hands, failed);
    }

    ReadOnlyObjectProperty<PaperPreview> property() {
        return paper.getReadOnlyProperty();
    }

    void clear() {
        wanted.incrementAndGet();
        of = Optional.empty();
        paper.set(PaperPreview.NONE);
    }

    void show(boolean now) {
        shown = now;
    }

    /// @param usable empty where the text has errors
    void draw(Optional<Script> usable) {
        if (!shown || (usable.isPresent() && usable.equals(of))) {
            return;
        }
        of = usable;
        long mine = wanted.incrementAndGet();
        paper.set(paper.get().as(usable.isPresent() ? PaperPreview.State.DRAWING : PaperPreview.State.UNSOUND));
        usable.ifPresent(script -> errands.run(() -> mine == wanted.get(), () -> draw.apply(script), pages -> {
            if (mine == wanted.get()) {
                paper.set(new PaperPreview(PaperPreview.State.READY, pages));
            }
        }));
    }
}
