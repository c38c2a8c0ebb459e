package org.quorate.ui.failed;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/// One page about a ledger that failed its check.
///
/// @param content fills the middle
/// @param acts what can be done on this page; Enter presses the first
/// @param first where the focus goes when the page appears
record FailedPage(Region content, List<Button> acts, Node first) {
    FailedPage {
        acts = List.copyOf(acts);
    }
}
