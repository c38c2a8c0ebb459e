package org.quorate.record.pdf;

import java.util.ArrayList;
import java.util.List;

/// Columns and rows.
///
/// @param headed whether a row of titles stands above, repeated on every page
/// @param rowHeader the column that names its row
/// @param look for reading, for writing in, or close together
record Table(List<Column> columns, boolean headed, int rowHeader, List<Row> rows, Look look) {
    static final float GAP = 10;

    Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row.cells().size() != columns.size()) {
                throw new IllegalArgumentException("a row has " + row.cells().size() + " cells for " + columns.size());
            }
        }
    }

    enum Look {
        PLAIN,
        /// With lines between the columns.
        FOR_WRITING,
        /// Rows close together, for many lines of one kind.
        DENSE;

        /// Space above and below the text of a row.
        float pad() {
            return this == DENSE ? 1.7f : 3;
        }
    }

    record Column(String title, float width) {}

    /// @param judged stands out, since a reader must judge it
    record Row(List<List<Paragraph>> cells, boolean judged) {
        Row {
            cells = List.copyOf(cells);
        }

        static Row of(List<List<Paragraph>> cells) {
            return new Row(cells, false);
        }

        static Row of(List<Paragraph> first, List<Paragraph> second) {
            return of(List.of(first, second));
        }
    }

    /// A table with titles; a column of width 0 takes what is left.
    static Table headed(List<Column> columns, int rowHeader, List<Row> rows) {
        return new Table(filled(columns), true, rowHeader, rows, Look.PLAIN);
    }

    /// Labels on the left, values on the right.
    static Table facts(float labels, List<Row> rows) {
        return new Table(filled(List.of(new Column("", labels), new Column("", 0))), false, 0, rows, Look.PLAIN);
    }

    /// The same table with lines to write between.
    Table forWriting() {
        return new Table(columns, headed, rowHeader, rows, Look.FOR_WRITING);
    }

    Table dense() {
        return new Table(columns, headed, rowHeader, rows, Look.DENSE);
    }

    static Table plain(List<Column> columns, int rowHeader, List<Row> rows) {
        return new Table(filled(columns), false, rowHeader, rows, Look.PLAIN);
    }

    private static List<Column> filled(List<Column> columns) {
        float fixed = columns.stream().map(Column::width).reduce(0f, Float::sum);
        var filled = new ArrayList<Column>();
        for (Column column : columns) {
            filled.add(column.width() == 0 ? new Column(column.title(), Flow.WIDTH - fixed) : column);
        }
        return filled;
    }

    static List<Paragraph> cell(Style style, String text) {
        return List.of(Paragraph.of(style, text));
    }

    static List<Paragraph> cell(String text) {
        return cell(Style.CELL, text);
    }
}
