package org.quorate.record.pdf;

import java.util.ArrayList;
import java.util.List;
import org.quorate.record.pdf.Tags.Tag;

/// Draws a table down the pages. A row moves to the next page whole unless it is tall; then it is split between lines.
final class TablePainter {
    /// A row taller than this may be split where it starts rather than leave a hole in the page.
    private static final float TALL = 190;

    /// A last row lower than this is not left alone.
    private static final float SHORT = 64;

    private final Flow flow;
    private final Table table;
    private final Tag element;
    private final float pad;

    private TablePainter(Flow flow, Table table, Tag element) {
        this.flow = flow;
        this.table = table;
        this.element = element;
        pad = table.look().pad();
    }

    static void paint(Flow flow, Tag parent, Table table) {
        if (table.rows().isEmpty()) {
            return;
        }
        new TablePainter(flow, table, parent.child("Table")).paint();
    }

    private void paint() {
        Tag body = element;
        if (table.headed()) {
            flow.ensure(headerHeight() + layout(table.rows().getFirst()).height());
            header(true);
            body = element.child("TBody");
        }
        for (int i = 0; i < table.rows().size(); i++) {
            if (i == table.rows().size() - 2) {
                keepLastTwo(i);
            }
            row(body, table.rows().get(i));
        }
    }

    /// The last row of a table never stands alone at the top of a page.
    private void keepLastTwo(int index) {
        float first = layout(table.rows().get(index)).height();
        float last = layout(table.rows().get(index + 1)).height();
        if (index > 0 && first <= flow.room() && first + last > flow.room() && last < SHORT) {
            continueOnNextPage();
        }
    }

    /// Height of a table whose rows stay together; what follows a heading may ask for it.
    static float height(Flow flow, Table table) {
        var painter = new TablePainter(flow, table, flow.root());
        float sum = table.headed() ? painter.headerHeight() : 0;
        for (Table.Row row : table.rows()) {
            sum += painter.layout(row).height();
        }
        return sum;
    }

    /// The line of one cell, from the top of the row.
    private record Placed(int paragraph, Line line, float top) {}

    private record Layout(List<List<Placed>> cells, float height) {}

    private Layout layout(Table.Row row) {
        var cells = new ArrayList<List<Placed>>();
        float height = 0;
        for (int i = 0; i < row.cells().size(); i++) {
            var placed = new ArrayList<Placed>();
            float top = 0;
            float width = table.columns().get(i).width() - (i == row.cells().size() - 1 ? 0 : Table.GAP);
            List<Paragraph> paragraphs = row.cells().get(i);
            for (int p = 0; p < paragraphs.size(); p++) {
                top += p == 0 ? 0 : paragraphs.get(p).before();
                for (Line line : LineBreaker.lines(flow.fonts(), paragraphs.get(p), width)) {
                    placed.add(new Placed(p, line, top));
                    top += line.leading();
                }
            }
            cells.add(placed);
            height = Math.max(height, top);
        }
        return new Layout(cells, height + 2 * pad);
    }

    private void row(Tag body, Table.Row row) {
        Layout layout = layout(row);
        if (layout.height() > flow.room() && !flow.atTop() && (layout.height() < TALL || flow.room() < 60)) {
            continueOnNextPage();
        }
        Tag tr = body.child("TR");
        List<Tag> cells = new ArrayList<>();
        for (int i = 0; i < row.cells().size(); i++) {
            cells.add(i == table.rowHeader() ? tr.child("TH").scope("Row") : tr.child("TD"));
        }
        int[] next = new int[cells.size()];
        boolean more = true;
        while (more) {
            more = part(row, layout, cells, next);
            if (more) {
                continueOnNextPage();
            }
        }
    }

    /// Draws as many lines of each cell as fit, from `next` on; says whether lines are left.
    private boolean part(Table.Row row, Layout layout, List<Tag> cells, int[] next) {
        float room = flow.room() - 2 * pad;
        int[] end = new int[next.length];
        float height = 0;
        boolean more = false;
        for (int i = 0; i < next.length; i++) {
            List<Placed> lines = layout.cells().get(i);
            end[i] = next[i];
            float from = next[i] < lines.size() ? lines.get(next[i]).top() : 0;
            while (end[i] < lines.size() && bottom(lines.get(end[i])) - from <= room) {
                height = Math.max(height, bottom(lines.get(end[i])) - from);
                end[i]++;
            }
            if (end[i] == next[i] && end[i] < lines.size() && flow.atTop()) {
                throw new IllegalStateException("a line of a table is higher than a page");
            }
            more |= end[i] < lines.size();
        }
        height += 2 * pad;
        backdrop(row.judged(), height);
        writingLines(height);
        float x = Flow.LEFT;
        for (int i = 0; i < next.length; i++) {
            cell(cells.get(i), layout.cells().get(i).subList(next[i], end[i]), x);
            x += table.columns().get(i).width();
            next[i] = end[i];
        }
        flow.advance(height);
        flow.rule(Ink.FAINT, 0.5f);
        return more;
    }

    private static float bottom(Placed placed) {
        return placed.top() + placed.line().leading();
    }

    private void cell(Tag cell, List<Placed> lines, float x) {
        if (lines.isEmpty()) {
            return;
        }
        Sheet sheet = flow.sheet();
        float from = lines.getFirst().top();
        int open = -1;
        for (Placed placed : lines) {
            if (placed.line().pieces().isEmpty()) {
                continue;
            }
            if (placed.paragraph() != open) {
                if (open >= 0) {
                    sheet.end();
                }
                cell.begin(sheet);
                open = placed.paragraph();
            }
            sheet.line(placed.line(), x, flow.y() + pad + placed.top() - from);
        }
        if (open >= 0) {
            sheet.end();
        }
    }

    private void backdrop(boolean judged, float height) {
        if (!judged) {
            return;
        }
        Sheet sheet = flow.sheet();
        sheet.beginArtifact();
        sheet.fill(Ink.WARN_WASH, Flow.LEFT - 8, flow.y(), Flow.WIDTH + 16, height);
        sheet.fill(Ink.WARN, Flow.LEFT - 8, flow.y(), 2, height);
        sheet.end();
    }

    /// Between the columns that people write in.
    private void writingLines(float height) {
        if (table.look() != Table.Look.FOR_WRITING) {
            return;
        }
        flow.sheet().beginArtifact();
        float x = Flow.LEFT;
        for (Table.Column column : table.columns().subList(0, table.columns().size() - 1)) {
            x += column.width();
            flow.sheet().stroke(Ink.FAINT, 0.5f, x - Table.GAP / 2, flow.y(), x - Table.GAP / 2, flow.y() + height);
        }
        flow.sheet().end();
    }

    private void continueOnNextPage() {
        flow.newPage();
        if (table.headed()) {
            header(false);
        }
    }

    private Table.Row titles() {
        return new Table.Row(
                table.columns().stream()
                        .map(column -> Table.cell(Style.COLUMN, column.title()))
                        .toList(),
                false);
    }

    private float headerHeight() {
        return layout(titles()).height();
    }

    /// Tagged the first time; where it is repeated it is an artifact, or a screen reader would read it as data.
    private void header(boolean tagged) {
        Layout layout = layout(titles());
        Tag tr = tagged ? element.child("THead").child("TR") : element;
        float x = Flow.LEFT;
        for (int i = 0; i < table.columns().size(); i++) {
            List<Placed> lines = layout.cells().get(i);
            if (tagged) {
                cell(tr.child("TH").scope("Column"), lines, x);
            } else {
                flow.sheet().beginPagination();
                for (Placed placed : lines) {
                    flow.sheet().line(placed.line(), x, flow.y() + pad + placed.top());
                }
                flow.sheet().end();
            }
            x += table.columns().get(i).width();
        }
        flow.advance(layout.height());
        flow.rule(Ink.ACCENT, 0.6f);
    }
}
