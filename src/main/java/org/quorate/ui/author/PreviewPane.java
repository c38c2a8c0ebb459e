package org.quorate.ui.author;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.quorate.base.Texts;
import org.quorate.ui.control.FollowingScroll;
import org.quorate.ui.control.Sheet;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.control.Ui;
import org.quorate.ui.model.AuthoringViewModel;
import org.quorate.ui.model.PaperPreview;
import org.quorate.ui.model.StepPage;
import org.quorate.ui.records.RecordSheet;
import org.quorate.ui.step.ForeseenForm;
import org.quorate.ui.step.StepHead;

/// What the room will see: the screen of the step at the caret, and the paper.
final class PreviewPane extends VBox {
    private static final double SMALL = 300;
    private static final double LARGE = 580;

    private final Sheets sheets;
    private final StepHead head = new StepHead();
    private final ForeseenForm asked = new ForeseenForm();
    private final Label noScreen = Ui.text(Texts.get("ui.author.preview.none"), "q-muted", "q-author-note");
    private final VBox screen;
    private final VBox paper = Ui.column(3);
    private final VBox screenTab;
    private final VBox paperTab;
    private final Tabs tabs;

    PreviewPane(AuthoringViewModel model, Sheets sheets) {
        this.sheets = sheets;
        getStyleClass().addAll("q-author-pane", "q-preview");
        screen = Ui.column(
                4, Ui.text(Texts.get("ui.author.preview.screen"), "q-small-text", "q-muted"), framed(head), asked);
        screenTab = scrolled(screen);
        paperTab = scrolled(paper);
        tabs = new Tabs(List.of("ui.author.tab.screen", "ui.author.tab.paper"), List.of(screenTab, paperTab));
        tabs.onChanged(() -> model.showPaper(tabs.shows(paperTab)));
        VBox.setVgrow(tabs, Priority.ALWAYS);
        getChildren().add(tabs);
        model.pageProperty().subscribe(this::show);
        model.paperProperty().subscribe(this::show);
        model.checkedProperty()
                .subscribe(checked -> noScreen.setText(
                        Texts.get(checked.part().isPresent() ? "ui.author.preview.part" : "ui.author.preview.none")));
    }

    private static Node page(byte[] png) {
        var frame = new HBox(RecordSheet.page(png, SMALL));
        frame.getStyleClass().add("q-paper-page");
        return new HBox(frame);
    }

    private static Node framed(Node node) {
        var frame = new VBox(node);
        frame.getStyleClass().add("q-card");
        return frame;
    }

    private static VBox scrolled(VBox content) {
        content.getStyleClass().add("q-preview-body");
        var scroll = new FollowingScroll(content);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        scroll.setMinHeight(0);
        return new VBox(scroll);
    }

    private void show(Optional<StepPage> page) {
        page.ifPresent(now -> {
            head.show(now);
            asked.show(now.foreseen());
        });
        ((FollowingScroll) screenTab.getChildren().getFirst()).setContent(page.isPresent() ? screen : noScreen);
    }

    private void show(PaperPreview drawn) {
        paper.getChildren().clear();
        words(drawn).ifPresent(words -> paper.getChildren().add(Ui.text(words, "q-muted")));
        if (!drawn.pages().isEmpty()) {
            Button large = Ui.button(Texts.get("ui.author.paper.large"), () -> large(drawn.pages()));
            large.setId("paper-large");
            paper.getChildren().add(large);
            drawn.pages().forEach(png -> paper.getChildren().add(page(png)));
        }
    }

    private static Optional<String> words(PaperPreview drawn) {
        return switch (drawn.state()) {
            case NONE -> Optional.of(Texts.get("ui.author.paper.none"));
            case DRAWING -> Optional.of(Texts.get("ui.author.paper.drawing"));
            case UNSOUND ->
                Optional.of(Texts.get(drawn.pages().isEmpty() ? "ui.author.paper.none" : "ui.author.paper.unsound"));
            case READY -> Optional.empty();
        };
    }

    private void large(List<byte[]> pages) {
        var body = Ui.column(4);
        for (int i = 0; i < pages.size(); i++) {
            body.getChildren()
                    .addAll(
                            Ui.text(Texts.get("ui.author.paper.page", i + 1, pages.size()), "q-muted"),
                            RecordSheet.page(pages.get(i), LARGE));
        }
        Button close = Ui.button(Texts.get("ui.sheet.close"), sheets::close);
        sheets.open(new Sheet(Texts.get("ui.author.paper.title"), body, close), close);
    }

    /// The other of the two.
    void turn() {
        tabs.show(tabs.shows(screenTab) ? paperTab : screenTab);
    }

    Node first() {
        return Sheets.focusable(this).getFirst();
    }
}
