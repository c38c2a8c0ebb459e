package org.quorate.record.pdf;

import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDPageXYZDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.quorate.base.VisibleText;

/// The outline beside the pages: sections, and what stands in them.
final class Bookmarks {
    private record Mark(int level, String title, Sheet sheet, float top) {}

    private final List<Mark> marks = new ArrayList<>();

    void add(int level, String title, Sheet sheet, float top) {
        marks.add(new Mark(level, VisibleText.of(title), sheet, top));
    }

    void finish(PDDocument document) {
        var outline = new PDDocumentOutline();
        PDOutlineItem section = new PDOutlineItem();
        for (Mark mark : marks) {
            PDOutlineItem item = item(mark);
            if (mark.level() == 1) {
                outline.addLast(item);
                section = item;
            } else {
                section.addLast(item);
            }
        }
        outline.openNode();
        document.getDocumentCatalog().setDocumentOutline(outline);
    }

    private static PDOutlineItem item(Mark mark) {
        var destination = new PDPageXYZDestination();
        destination.setPage(mark.sheet().page());
        destination.setLeft(0);
        destination.setTop(Math.round(Sheet.HEIGHT - mark.top() + 12));
        var item = new PDOutlineItem();
        item.setTitle(mark.title());
        item.setDestination(destination);
        return item;
    }
}
