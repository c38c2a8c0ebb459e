package org.quorate.app.command;

import java.util.ArrayList;
import java.util.List;

/// Lines of a width that a terminal and a printed page have room for.
final class Columns {
    private static final int WIDTH = 100;

    private Columns() {}

    /// `text` in lines that all begin with `indent`. What has no blank to break at is broken anywhere, and
    /// nothing is left out.
    static List<String> wrapped(String indent, String text) {
        var lines = new ArrayList<String>();
        String rest = text;
        int room = WIDTH - indent.length();
        while (rest.length() > room) {
            int blank = rest.lastIndexOf(' ', room);
            int end = blank > 0 ? blank : room;
            lines.add(indent + rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(indent + rest);
        return lines;
    }

    /// A name in a column of its own, and what belongs to it beside it.
    static List<String> named(String indent, String name, int column, String text) {
        List<String> lines = wrapped(" ".repeat(indent.length() + column), text);
        var all = new ArrayList<String>(lines);
        String first = indent + name;
        all.set(0, first + lines.getFirst().substring(Math.min(first.length(), indent.length() + column)));
        return all;
    }
}
