package org.quorate.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ToggleButton;
import javafx.scene.text.Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kordamp.ikonli.javafx.FontIcon;
import org.quorate.ceremony.Site;
import org.quorate.ui.control.Sheets;
import org.quorate.ui.demo.Bench;
import org.quorate.ui.demo.Fx;
import org.quorate.ui.demo.Pages;
import org.quorate.ui.demo.Screens;
import org.testfx.util.WaitForAsyncUtils;

/// What must hold on every page, at 1366×768 and on what 200 % leaves of it.
class AllScreensTest {
    private static final Set<String> EMPTY_WORDS = Set.of("ok", "yes", "next", "continue", "submit", "done");
    private static Fx wide;

    @BeforeAll
    static void window() throws TimeoutException {
        wide = Fx.open(1366, 768);
    }

    static Stream<Arguments> screens() {
        return Screens.all().stream().map(screen -> Arguments.of(screen.name(), screen));
    }

    static Stream<Arguments> pages() {
        return Pages.all().keySet().stream()
                .flatMap(name -> Stream.of(Arguments.of(name, 1366, 768), Arguments.of(name, 683, 384)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("screens")
    void everyPageOfACeremony(String name, Screens screen) {
        for (int[] size : new int[][] {{1366, 768}, {683, 384}}) {
            resize(size[0], size[1]);
            try (Bench bench = wide.bench(Site.Mode.REHEARSAL)) {
                CeremonyView view = wide.show(bench);
                screen.before().accept(bench);
                wide.asked();
                Fx.on(() -> {
                    screen.then().accept(bench, view);
                    return true;
                });
                settle(view);
                check(view, size[0]);
            }
        }
    }

    private static void check(CeremonyView view, int width) {
        assertThat(cutOff(view)).as("texts that are cut off").isEmpty();
        assertThat(outside(view, width)).as("controls beyond the edge").isEmpty();
        assertThat(unnamed(view)).as("buttons that name no act").isEmpty();
        assertThat(silent(view)).as("stops without words").isEmpty();
        assertThat(reachable(view)).as("stops of the Tab key").isEqualTo(stops(view));
    }

    @ParameterizedTest(name = "{0} at {1}x{2}")
    @MethodSource("pages")
    void everyPageOutsideACeremony(String name, int width, int height) {
        Parent page = Fx.on(() -> Pages.all().get(name).apply(wide.look));
        resize(width, height);
        wide.root(page);
        settle(page);

        assertThat(cutOff(page)).as("texts that are cut off").isEmpty();
        assertThat(outside(page, width)).as("controls beyond the edge").isEmpty();
        assertThat(unnamed(page)).as("buttons that name no act").isEmpty();
    }

    private static void resize(int width, int height) {
        Fx.on(() -> {
            wide.stage.setWidth(width);
            wide.stage.setHeight(height);
            return true;
        });
        Fx.await(() -> wide.scene.getWidth() == width);
    }

    private static void settle(Parent root) {
        WaitForAsyncUtils.waitForFxEvents();
        Fx.on(() -> {
            root.applyCss();
            root.layout();
            return true;
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Labels whose text on screen is not the text they hold.
    private static List<String> cutOff(Parent root) {
        return Fx.on(() -> all(root).stream()
                .filter(Labeled.class::isInstance)
                .map(Labeled.class::cast)
                .filter(AllScreensTest::isCut)
                .map(label -> label.getText() + " → " + drawn(label))
                .toList());
    }

    private static boolean isCut(Labeled label) {
        String wanted = label.getText();
        boolean textless = wanted == null
                || wanted.isEmpty()
                || label.getContentDisplay() == javafx.scene.control.ContentDisplay.GRAPHIC_ONLY;
        return !textless && !drawn(label).equals(wanted);
    }

    private static String drawn(Labeled label) {
        return label.getChildrenUnmodifiable().stream()
                .filter(node -> node instanceof Text && !(node instanceof FontIcon))
                .map(node -> ((Text) node).getText())
                .findFirst()
                .orElse("");
    }

    private static List<String> outside(Parent root, double width) {
        return Fx.on(() -> all(root).stream()
                .filter(node -> node instanceof Labeled)
                .filter(node -> {
                    Bounds at = node.localToScene(node.getLayoutBounds());
                    return at.getMinX() < -1 || at.getMaxX() > width + 1;
                })
                .map(Node::toString)
                .toList());
    }

    private static List<String> unnamed(Parent root) {
        return Fx.on(() -> all(root).stream()
                .filter(Button.class::isInstance)
                .map(node -> ((Button) node).getText())
                .filter(text -> text.isBlank() || EMPTY_WORDS.contains(text.toLowerCase(java.util.Locale.ROOT)))
                .toList());
    }

    private static List<String> silent(Parent root) {
        return Fx.on(() -> Sheets.focusable(root).stream()
                .filter(node -> !(node instanceof Labeled))
                .filter(node -> node.getAccessibleText() == null)
                .map(Node::toString)
                .toList());
    }

    /// What Tab stops at, from wherever the focus is, until it comes round.
    private static Set<Node> reachable(CeremonyView view) {
        return Fx.on(() -> {
            var seen = new LinkedHashSet<Node>();
            for (int i = 0; i < 200; i++) {
                Node owner = view.getScene().getFocusOwner();
                if (owner == null || !seen.add(owner)) {
                    break;
                }
                owner.requestFocusTraversal(TraversalDirection.NEXT);
            }
            return seen;
        });
    }

    /// Where it should stop: everywhere on the page, or with a sheet open everywhere on the sheet.
    private static Set<Node> stops(CeremonyView view) {
        return Fx.on(() -> {
            Parent within = view.sheets().showing()
                    ? view.sheets().layer()
                    : (Parent) view.getChildrenUnmodifiable().getFirst();
            var stops = new LinkedHashSet<>(Sheets.focusable(within));
            // Within a group of toggles the arrow keys lead on.
            stops.removeIf(node ->
                    node instanceof ToggleButton toggle && toggle.getToggleGroup() != null && !toggle.isSelected());
            return stops;
        });
    }

    private static List<Node> all(Parent root) {
        var found = new ArrayList<Node>();
        collect(root, found);
        return found;
    }

    private static void collect(Node node, List<Node> found) {
        if (!node.isVisible()) {
            return;
        }
        found.add(node);
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
        }
    }
}
