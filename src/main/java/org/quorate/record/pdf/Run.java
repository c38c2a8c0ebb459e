package org.quorate.record.pdf;

import org.quorate.base.VisibleText;

/// Text in one style. Whatever could deceive an eye is spelled out here, once for every word that reaches paper.
record Run(String text, Style style) {
    Run {
        text = VisibleText.of(text);
    }
}
