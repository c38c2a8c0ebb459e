package org.quorate.ui.author;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.ceremony.Site;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.demo.DemoBackstage;
import org.quorate.ui.demo.DemoLibrary;
import org.quorate.ui.demo.Fx;
import org.quorate.ui.model.Asked;
import org.quorate.ui.model.AuthoringViewModel;
import org.quorate.ui.model.Hands;
import org.quorate.ui.model.Occasion;
import org.quorate.ui.model.OpenScript;
import org.testfx.util.WaitForAsyncUtils;

/// The page of scripts by keyboard alone, in a real window.
class AuthorViewTest {
    private static Fx fx;

    private final DemoBackstage site = new DemoBackstage(Site.Mode.REHEARSAL);
    private AuthoringViewModel model;
    private AuthorView view;

    @BeforeAll
    static void window() throws TimeoutException {
        fx = Fx.open(1366, 768);
    }

    @BeforeEach
    void page() {
        resize(1366, 768);
        Fx.on(() -> {
            model = new AuthoringViewModel(site, new Hands(Platform::runLater, Runnable::run, site.clock()));
            view = new AuthorView(model, new Nowhere());
            fx.scene.setRoot(view);
            model.refresh();
            return true;
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void resize(int width, int height) {
        Fx.on(() -> {
            fx.stage.setWidth(width);
            fx.stage.setHeight(height);
            return true;
        });
        Fx.await(() -> fx.scene.getWidth() == width);
    }

    private ScriptArea open(String text) {
        site.library.put(DemoLibrary.OWN, text);
        Fx.on(() -> {
            model.open(DemoLibrary.OWN);
            return true;
        });
        Fx.await(() -> fx.focused() instanceof ScriptArea);
        return (ScriptArea) fx.focused();
    }

    private String text() {
        return Fx.on(() -> model.openProperty().get().map(OpenScript::text).orElse(""));
    }

    @Test
    void theLibrary_hasTheFocusFirst_andEnterOpensAScript() {
        Fx.await(() -> "library".equals(fx.focused().getId()));

        fx.press(KeyCode.ENTER);

        Fx.await(() -> fx.focused() instanceof ScriptArea);
        assertThat(text()).contains("our-ceremony");
    }

    @Test
    void tab_typesTwoSpaces_enterKeepsTheIndentation_andShiftTabTakesItAway() {
        open("");

        fx.press(KeyCode.TAB);
        fx.type("a");
        fx.press(KeyCode.ENTER);
        fx.type("b");
        fx.press(KeyCode.SHIFT, KeyCode.TAB);
        fx.press(KeyCode.ENTER);
        fx.type("c");

        assertThat(text()).isEqualTo("  a\nb\nc");
        fx.press(KeyCode.CONTROL, KeyCode.Z);
        assertThat(text()).isNotEqualTo("  a\nb\nc");
    }

    @Test
    void controlTab_leavesTheText() {
        ScriptArea area = open("title: x\n");

        fx.press(KeyCode.CONTROL, KeyCode.TAB);

        assertThat(fx.focused()).isNotSameAs(area);
        assertThat(text()).isEqualTo("title: x\n");
    }

    @Test
    void whatHides_isDrawnAsASign_namedAtTheCaret_andSavedAsItWas() {
        String text = "# a\u202eb\n";
        ScriptArea area = open(text);
        WaitForAsyncUtils.waitForFxEvents();

        assertThat(drawn(area)).contains("□").doesNotContain("\u202e");
        assertThat(text()).isEqualTo(text);
        Fx.on(() -> {
            area.go(1, 4);
            return true;
        });
        assertThat(words(view)).contains("Line 1, column 4: here stands [U+202E]");
    }

    private static String drawn(Parent root) {
        return Fx.on(() -> all(root).stream()
                .filter(Text.class::isInstance)
                .map(node -> ((Text) node).getText())
                .reduce("", String::concat));
    }

    private static List<String> words(Parent root) {
        return Fx.on(() -> all(root).stream()
                .filter(Label.class::isInstance)
                .map(node -> ((Label) node).getText())
                .toList());
    }

    @Test
    void keys_leadToEachPartOfThePage() {
        open(site.library.text(DemoLibrary.OWN));
        Fx.await(() -> model.checkedProperty().get().current());

        fx.press(KeyCode.F3);
        assertThat(fx.focused().getId()).isEqualTo("library");
        fx.press(KeyCode.F4);
        assertThat(fx.focused().getId()).isEqualTo("outline");
        fx.press(KeyCode.DOWN);
        fx.press(KeyCode.ENTER);
        assertThat(fx.focused())
                .isInstanceOfSatisfying(
                        ScriptArea.class,
                        area -> assertThat(Fx.on(() -> area.getText(area.line() - 1)))
                                .contains("- kind: roll_call"));
        Set<Object> round = new LinkedHashSet<>();
        for (int i = 0; i < 5; i++) {
            fx.press(KeyCode.F6);
            round.add(fx.focused());
        }
        assertThat(round).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void aStep_isChosenByTyping_andPutInByEnter_andTakenBackAtOnce() {
        ScriptArea area = open(site.library.text(DemoLibrary.OWN));
        Fx.await(() -> model.checkedProperty().get().current());
        String before = text();
        Fx.on(() -> {
            area.go(before.substring(0, before.indexOf("id: call-roll")).split("\n", -1).length, 1);
            return true;
        });

        fx.press(KeyCode.CONTROL, KeyCode.I);
        Fx.await(() -> "step-filter".equals(fx.focused().getId()));
        fx.type("workst");
        PressList<?> list = (PressList<?>) fx.find("#step-kinds");
        assertThat(Fx.on(() -> list.getItems().size())).isEqualTo(1);
        fx.press(KeyCode.ENTER);

        Fx.await(() -> fx.focused() instanceof ScriptArea && !text().equals(before));
        String at = Fx.on(() -> area.getText(area.line() - 1));
        assertThat(at).isEqualTo("      - kind: check_workstation");
        fx.press(KeyCode.CONTROL, KeyCode.Z);
        assertThat(text()).isEqualTo(before);
    }

    @Test
    void escape_onAnUnsavedText_decidesNothing_andOnADraftClosesTheScript() {
        open("title: x\n");
        fx.type("y");
        Fx.on(() -> {
            model.leave(() -> {
                throw new AssertionError("it left");
            });
            return true;
        });
        Fx.await(() -> view.sheets().showing());
        fx.press(KeyCode.ESCAPE);
        Fx.await(() -> model.askedProperty().get().isEmpty());
        assertThat(text()).isEqualTo("ytitle: x\n");

        Fx.on(() -> {
            model.leave(() -> model.refresh());
            model.discardAndGoOn();
            return true;
        });
        site.library.drafts.put(
                DemoLibrary.OWN, new org.quorate.ui.backstage.ScriptLibrary.Draft("z", org.quorate.base.Digest.ZERO));
        Fx.on(() -> {
            model.open(DemoLibrary.OWN);
            return true;
        });
        Fx.await(() -> model.askedProperty()
                .get()
                .filter(Asked.DraftOffer.class::isInstance)
                .isPresent());
        fx.press(KeyCode.ESCAPE);
        Fx.await(() -> model.openProperty().get().isEmpty());
        assertThat(site.library.drafts).containsKey(DemoLibrary.OWN);
    }

    @ParameterizedTest
    @CsvSource({"1366, 768", "683, 384"})
    void tab_stopsEverywhere_andEachStopHasWords(int width, int height) {
        resize(width, height);
        open(site.library.text(DemoLibrary.OWN).replace("kind: confirm", "kind: confrm"));
        Fx.await(() -> !model.checkedProperty().get().findings().isEmpty());
        WaitForAsyncUtils.waitForFxEvents();

        Set<Node> stops = Fx.on(() -> {
            var all = new LinkedHashSet<>(
                    Sheets.focusable((Parent) view.getChildrenUnmodifiable().getFirst()));
            all.removeIf(node -> node instanceof ToggleButton toggle && !toggle.isSelected());
            return all;
        });
        assertThat(reachable()).isEqualTo(stops);
        assertThat(stops)
                .filteredOn(node -> !(node instanceof Labeled))
                .allSatisfy(node -> assertThat(node.getAccessibleText()).isNotBlank());
    }

    private Set<Node> reachable() {
        return Fx.on(() -> {
            var seen = new LinkedHashSet<Node>();
            for (int i = 0; i < 100; i++) {
                Node owner = fx.scene.getFocusOwner();
                if (owner == null || !seen.add(owner)) {
                    break;
                }
                owner.requestFocusTraversal(TraversalDirection.NEXT);
            }
            return seen;
        });
    }

    @Test
    void theTextAndItsPlace_stay_whenTheWindowBecomesNarrow() {
        open(site.library.text(DemoLibrary.OWN));
        Fx.on(() -> {
            ((ScriptArea) view.lookup("#script")).go(40, 3);
            return true;
        });
        fx.type("q");

        resize(683, 384);
        WaitForAsyncUtils.waitForFxEvents();

        ScriptArea area = (ScriptArea) fx.find("#script");
        int line = Fx.on(area::line);
        String shown = Fx.on(() -> area.getText());
        assertThat(line).isEqualTo(40);
        assertThat(shown).isEqualTo(text());
        resize(1366, 768);
    }

    /// A text as long as a script may be: each key is on the page before the next one comes.
    @Test
    void aScriptOfAMegabyte_takesKeys() {
        ScriptArea area = open("acts:\n" + "  - id: some-step-with-a-name # and words\n".repeat(25_000));
        Fx.on(() -> {
            area.go(12_500, 1);
            return true;
        });
        WaitForAsyncUtils.waitForFxEvents();
        for (int i = 0; i < 20; i++) {
            Fx.on(() -> {
                area.replaceSelection("x");
                return true;
            });
            WaitForAsyncUtils.waitForFxEvents();
        }

        assertThat(text()).contains("xxxxxxxxxxxxxxxxxxxx");
    }

    private static List<Node> all(Parent root) {
        var found = new ArrayList<Node>();
        root.getChildrenUnmodifiable().forEach(child -> {
            found.add(child);
            if (child instanceof Parent parent) {
                found.addAll(all(parent));
            }
        });
        return found;
    }

    private static final class Nowhere implements AuthorView.Ways {
        @Override
        public void home() {}

        @Override
        public void start(Occasion occasion, AuthorView.Left from) {}

        @Override
        public void help(Sheets sheets) {}
    }
}
