package org.quorate.ui.records;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.quorate.base.Problem;
import org.quorate.ui.model.Errands;
import org.quorate.ui.model.Hands;

/// Draws the pages of a record off the window's thread, because a long one takes seconds.
///
/// @param draw one PNG a page
public record RecordPages(Function<Path, List<byte[]>> draw, Hands hands) {

    /// Calls back on the window's thread.
    public void of(Path pdf, Consumer<List<byte[]>> drawn, Consumer<Problem> failed) {
        new Errands(hands, failed).run(() -> draw.apply(pdf), drawn);
    }
}
