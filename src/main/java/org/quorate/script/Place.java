package org.quorate.script;

/// A place in a file, both counted from 1.
///
/// @param of the step or definition that stands there; empty where it is none
public record Place(int line, int column, String of) implements Comparable<Place> {
    public static final Place START = new Place(1, 1);

    public Place(int line, int column) {
        this(line, column, "");
    }

    Place named(String name) {
        return new Place(line, column, name);
    }

    @Override
    public int compareTo(Place other) {
        return line == other.line ? Integer.compare(column, other.column) : Integer.compare(line, other.line);
    }
}
