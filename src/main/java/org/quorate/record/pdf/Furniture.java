package org.quorate.record.pdf;

import java.util.List;
import org.quorate.base.Texts;

/// What stands around the content of every page, tagged as artifacts: the running title, the page number, the ledger's
/// head, and for a rehearsal a band in words and a hatched edge in colour.
///
/// @param left of the running head
/// @param mode rehearsal or live, in words
/// @param foot in the middle of the foot, set in mono; may be empty
record Furniture(String left, String mode, boolean rehearsal, String foot) {
    private static final float EDGE = 13;

    void draw(Fonts fonts, List<Sheet> sheets) {
        for (int i = 0; i < sheets.size(); i++) {
            Sheet sheet = sheets.get(i);
            sheet.beginPagination();
            if (rehearsal) {
                band(fonts, sheet);
            } else {
                sheet.fill(Ink.ACCENT, 0, 0, Sheet.WIDTH, 4);
            }
            if (i > 0 || !rehearsal) {
                head(fonts, sheet, i == 0);
            }
            foot(fonts, sheet, i + 1, sheets.size());
            sheet.end();
        }
    }

    private void band(Fonts fonts, Sheet sheet) {
        sheet.fill(Ink.WARN_WASH, 0, 0, Sheet.WIDTH, 24);
        sheet.stroke(Ink.WARN_RULE, 0.7f, 0, 24, Sheet.WIDTH, 24);
        sheet.fill(Ink.WARN_WASH, Sheet.WIDTH - EDGE, 24, EDGE, Sheet.HEIGHT - 24);
        sheet.hatch(Ink.WARN_RULE, Sheet.WIDTH - EDGE, 24, EDGE, Sheet.HEIGHT - 24);
        sheet.stroke(Ink.WARN_RULE, 0.7f, Sheet.WIDTH - EDGE, 24, Sheet.WIDTH - EDGE, Sheet.HEIGHT);
        String word = Texts.get("record.band.word");
        sheet.text(Style.BAND, word, Flow.LEFT, 15.2f);
        float width = fonts.width(Style.BAND, word);
        Style rest = new Style(Face.SANS, 8, 11, Ink.WARN);
        sheet.text(rest, Texts.get("record.band.text"), Flow.LEFT + width + 8, 15.2f);
        Style edge = new Style(Face.SANS_BOLD, 6.6f, 9, Ink.WARN);
        float length = fonts.width(edge, word);
        sheet.fill(
                Ink.WARN_WASH, Sheet.WIDTH - EDGE + 0.7f, Sheet.HEIGHT / 2 - length / 2 - 8, EDGE - 0.7f, length + 16);
        sheet.upwards(edge, word, Sheet.WIDTH - 4.2f, Sheet.HEIGHT / 2 + length / 2);
    }

    private void head(Fonts fonts, Sheet sheet, boolean first) {
        float y = 48;
        if (!first) {
            sheet.text(Style.FURNITURE, left, Flow.LEFT, y);
        }
        float width = fonts.width(Style.FURNITURE, mode);
        sheet.text(Style.FURNITURE, mode, Flow.LEFT + Flow.WIDTH - width, y);
        if (!first) {
            sheet.stroke(Ink.RULE, 0.4f, Flow.LEFT, y + 6, Flow.LEFT + Flow.WIDTH, y + 6);
        }
    }

    private void foot(Fonts fonts, Sheet sheet, int number, int count) {
        float y = Sheet.HEIGHT - 40;
        sheet.stroke(Ink.RULE, 0.4f, Flow.LEFT, y - 11, Flow.LEFT + Flow.WIDTH, y - 11);
        sheet.text(Style.FURNITURE, left, Flow.LEFT, y);
        Style mono = new Style(Face.MONO, 6.8f, 10, Ink.MUTED);
        if (!foot.isEmpty()) {
            float width = fonts.width(mono, foot);
            sheet.text(mono, foot, Flow.LEFT + (Flow.WIDTH - width) / 2 + 20, y);
        }
        String page = Texts.get("record.page", number, count);
        sheet.text(Style.FURNITURE, page, Flow.LEFT + Flow.WIDTH - fonts.width(Style.FURNITURE, page), y);
    }
}
