package org.quorate.ui.author;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.TraversalDirection;
import javafx.scene.control.IndexRange;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.fxmisc.richtext.Caret.CaretVisibility;
import org.fxmisc.richtext.GenericStyledArea;
import org.fxmisc.richtext.TextExt;
import org.fxmisc.richtext.model.Paragraph;
import org.fxmisc.richtext.model.SegmentOps;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;
import org.quorate.base.Texts;
import org.quorate.base.VisibleText;
import org.quorate.script.Finding;
import org.quorate.script.Finding.Severity;
import org.quorate.ui.control.Ui;

/// The text of a script with the numbers of its lines. Tab types two spaces and Enter keeps the indentation. Characters
/// that hide are drawn as a sign, whereas the text keeps them: nothing is changed that nobody typed.
final class ScriptArea extends GenericStyledArea<String, String, String> {
    private static final String STEP = "  ";

    private Map<Integer, Severity> marks = Map.of();
    private Consumer<String> typed = text -> {};
    private boolean colouring;

    ScriptArea() {
        super("", (flow, style) -> {}, "", SegmentOps.styledTextOps(), false, segment -> {
            var text = new TextExt(YamlColours.shown(segment.getSegment()));
            text.setTextOrigin(VPos.TOP);
            text.getStyleClass().addAll("text", "q-yaml");
            if (!segment.getStyle().isEmpty()) {
                text.getStyleClass().add(segment.getStyle());
            }
            return text;
        });
        getStyleClass().add("q-script");
        setId("script");
        setWrapText(true);
        setAccessibleRole(AccessibleRole.TEXT_AREA);
        setAccessibleText(Texts.get("ui.author.text"));
        mark(Map.of());
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        textProperty().subscribe(text -> {
            typed.accept(text);
            colourLater();
        });
        estimatedScrollYProperty().subscribe(y -> colourLater());
        heightProperty().subscribe(height -> colourLater());
        widthProperty().subscribe(width -> colourLater());
        sceneProperty().subscribe(scene -> colourLater());
    }

    /// Told the whole text after each change.
    void onTyped(Consumer<String> told) {
        typed = told;
    }

    /// Another script: what was done to the one before cannot be undone in it.
    void open(String text, boolean readOnly) {
        replaceText(text);
        getUndoManager().forgetHistory();
        setEditable(!readOnly);
        setShowCaret(readOnly ? CaretVisibility.ON : CaretVisibility.AUTO);
        moveTo(0);
        requestFollowCaret();
    }

    /// The same script with another text: what both have at their ends stays, so that one act is taken back.
    void change(String text) {
        String old = getText();
        int least = Math.min(old.length(), text.length());
        int from = 0;
        while (from < least && old.charAt(from) == text.charAt(from)) {
            from++;
        }
        int end = 0;
        while (end < least - from && old.charAt(old.length() - 1 - end) == text.charAt(text.length() - 1 - end)) {
            end++;
        }
        replaceText(from, old.length() - end, text.substring(from, text.length() - end));
    }

    /// Both counted from 1, in characters as lint counts them.
    void go(int line, int column) {
        int paragraph = Math.clamp(line - 1L, 0, getParagraphs().size() - 1);
        String text = getText(paragraph);
        int points = Math.clamp(column - 1L, 0, text.codePointCount(0, text.length()));
        moveTo(paragraph, text.offsetByCodePoints(0, points));
        if (allParToVisibleParIndex(paragraph).isEmpty()) {
            showParagraphAtCenter(paragraph);
        } else {
            requestFollowCaret();
        }
        Ui.focus(this);
    }

    int line() {
        return getCurrentParagraph() + 1;
    }

    int column() {
        return getText(getCurrentParagraph()).codePointCount(0, getCaretColumn()) + 1;
    }

    /// The character after the caret by its number, where it is one that hides.
    java.util.Optional<String> hiddenAtCaret() {
        String line = getText(getCurrentParagraph());
        int at = getCaretColumn();
        return at < line.length() && YamlColours.hides(line.codePointAt(at))
                ? java.util.Optional.of(VisibleText.spelled(line.codePointAt(at)))
                : java.util.Optional.empty();
    }

    /// Selects the next place where `wanted` stands, from the caret on and round again.
    boolean find(String wanted) {
        String text = getText();
        int from = text.indexOf(wanted, getSelection().getEnd());
        int at = from >= 0 ? from : text.indexOf(wanted);
        if (wanted.isEmpty() || at < 0) {
            return false;
        }
        selectRange(at, at + wanted.length());
        requestFollowCaret();
        return true;
    }

    // Lines.

    /// Shows beside its number that a line has a finding, by the gravest.
    void mark(List<Finding> findings) {
        var worst = new TreeMap<Integer, Severity>();
        findings.forEach(finding -> worst.merge(
                finding.line(), finding.severity(), (one, other) -> one.compareTo(other) <= 0 ? one : other));
        mark(worst);
    }

    private void mark(Map<Integer, Severity> now) {
        if (!now.equals(marks) || getParagraphGraphicFactory() == null) {
            marks = Map.copyOf(now);
            setParagraphGraphicFactory(index -> gutter(index + 1));
        }
    }

    private Node gutter(int line) {
        var number = new Label(String.valueOf(line));
        number.getStyleClass().add("q-line-number");
        if (marks.containsKey(line)) {
            Severity severity = marks.get(line);
            number.setText((severity == Severity.ERROR ? "× " : "! ") + line);
            number.getStyleClass().add(severity == Severity.ERROR ? "q-line-error" : "q-line-warning");
        }
        return number;
    }

    // Colours, of the lines that are seen: a long script costs no more than a short one.

    private void colourLater() {
        Scene scene = getScene();
        if (colouring || scene == null) {
            return;
        }
        colouring = true;
        var once = new Runnable[1];
        once[0] = () -> {
            scene.removePostLayoutPulseListener(once[0]);
            colouring = false;
            colour();
        };
        scene.addPostLayoutPulseListener(once[0]);
        requestLayout();
    }

    private void colour() {
        if (getVisibleParagraphs().isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        getParagraphs().stream().map(Paragraph::getText).forEach(lines::add);
        int last = Math.min(lastVisibleParToAllParIndex(), lines.size() - 1);
        for (int at = firstVisibleParToAllParIndex(); at <= last; at++) {
            String line = lines.get(at);
            if (!line.isEmpty()) {
                StyleSpans<String> spans = spans(YamlColours.of(line, YamlColours.isProse(lines, at)));
                if (!spans.equals(getStyleSpans(at))) {
                    setStyleSpans(at, 0, spans);
                }
            }
        }
    }

    private static StyleSpans<String> spans(String[] styles) {
        var spans = new StyleSpansBuilder<String>();
        int from = 0;
        for (int at = 1; at <= styles.length; at++) {
            if (at == styles.length || !styles[at].equals(styles[from])) {
                spans.add(styles[from], at - from);
                from = at;
            }
        }
        return spans.create();
    }

    // Keys.

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.TAB) {
            event.consume();
            tab(event);
        } else if (event.getCode() == KeyCode.ENTER && isEditable() && !event.isControlDown()) {
            event.consume();
            newLine();
        }
    }

    private void tab(KeyEvent event) {
        if (event.isControlDown() || !isEditable()) {
            requestFocusTraversal(event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
        } else if (event.isShiftDown()) {
            lines(line -> line.startsWith(STEP) ? line.substring(STEP.length()) : line.stripLeading());
        } else if (getSelection().getLength() > 0) {
            lines(line -> line.isBlank() ? line : STEP + line);
        } else {
            replaceSelection(STEP);
        }
    }

    private void newLine() {
        String before = getText(getCurrentParagraph()).substring(0, getCaretColumn());
        String indentation =
                before.substring(0, before.length() - before.stripLeading().length());
        boolean opens = before.stripTrailing().endsWith(":");
        replaceSelection("\n" + indentation + (opens ? STEP : ""));
        requestFollowCaret();
    }

    /// Changes every line that is selected, as one act that can be taken back.
    private void lines(java.util.function.UnaryOperator<String> change) {
        IndexRange selection = getSelection();
        int first = offsetToPosition(selection.getStart(), org.fxmisc.richtext.model.TwoDimensional.Bias.Forward)
                .getMajor();
        int last = offsetToPosition(selection.getEnd(), org.fxmisc.richtext.model.TwoDimensional.Bias.Forward)
                .getMajor();
        int from = getAbsolutePosition(first, 0);
        int to = getAbsolutePosition(last, getText(last).length());
        String text = getText(from, to);
        String changed = text.lines().map(change).collect(java.util.stream.Collectors.joining("\n"));
        if (!changed.equals(text)) {
            int caret = getCaretPosition();
            replaceText(from, to, changed);
            if (selection.getLength() > 0) {
                selectRange(from, from + changed.length());
            } else {
                moveTo(Math.max(from, caret + changed.length() - text.length()));
            }
        }
    }
}
