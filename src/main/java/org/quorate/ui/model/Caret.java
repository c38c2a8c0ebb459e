package org.quorate.ui.model;

/// Where the caret stands in a text, both counted from 1, in characters as lint counts them.
public record Caret(int line, int column) {
    static final Caret START = new Caret(1, 1);
}
