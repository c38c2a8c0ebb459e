package org.quorate.ui.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.ceremony.Answer;
import org.quorate.ceremony.ExceptionSheet;
import org.quorate.ceremony.Presented;
import org.quorate.ceremony.Question;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.ceremony.Site;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Roster;
import org.quorate.quorum.Tally;
import org.quorate.ui.control.ErrorSummary;
import org.quorate.ui.control.PinField;
import org.quorate.ui.demo.Bench;
import org.quorate.ui.demo.Demo;
import org.quorate.ui.demo.Fx;
import org.quorate.ui.demo.ScriptedEngine;
import org.quorate.ui.model.CardItem;

/// Every kind of question, answered with the keyboard alone in a real window.
class KeyboardTest {
    private static Fx fx;

    private Bench bench;

    @BeforeAll
    static void window() throws TimeoutException {
        fx = Fx.open(1366, 768);
    }

    @BeforeEach
    void ceremony() {
        bench = fx.bench(Site.Mode.REHEARSAL);
        bench.engine.open();
        bench.engine.rollCall();
        bench.engine.begin("initialise");
        fx.show(bench);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void confirm_enterSaysYes() throws Exception {
        var answer = ask(ScriptedEngine.seal());

        fx.press(KeyCode.ENTER);

        assertThat(given(answer)).isEqualTo(new Verdict.Yes());
    }

    @Test
    void confirm_enterOnNo_asksWhy_andSaysNo() throws Exception {
        var answer = ask(ScriptedEngine.seal());

        fx.press(KeyCode.TAB);
        fx.press(KeyCode.ENTER);
        fx.press(KeyCode.ENTER);
        assertThat(answer).as("no reason, no answer").isNotDone();
        assertThat(within(ErrorSummary.class)).isTrue();
        fx.press(KeyCode.ENTER); // follows the line to its field
        fx.type("broken seal");
        fx.press(KeyCode.ENTER);

        assertThat(given(answer)).isEqualTo(new Verdict.No("broken seal"));
    }

    @Test
    void escape_closesTheSheet_andAnswersNothing() {
        var answer = ask(ScriptedEngine.seal());
        fx.press(KeyCode.TAB);
        fx.press(KeyCode.ENTER);

        fx.press(KeyCode.ESCAPE);

        assertThat(answer).isNotDone();
        assertThat(((Button) fx.focused()).getText())
                .as("where the focus was before")
                .isEqualTo("No, because…");
    }

    @Test
    void aPageThatHasJustAppeared_takesNoPress() throws Exception {
        var first = ask(ScriptedEngine.seal());
        fx.press(KeyCode.ENTER);
        given(first);
        var second = bench.ask(ScriptedEngine.agree());
        fx.asked();

        fx.press(KeyCode.ENTER);
        fx.steady();

        assertThat(second).isNotDone();
        fx.press(KeyCode.ENTER);
        assertThat(given(second)).isEqualTo(new Verdict.Yes());
    }

    @Test
    void enter_refusesWhatTheQuestionRefuses_andThenTakesTheRest() throws Exception {
        var answer = ask(ScriptedEngine.enterTime());
        fx.type("14");
        fx.press(KeyCode.ENTER);
        assertThat(answer).isNotDone();
        assertThat(within(ErrorSummary.class)).isTrue();

        fx.press(KeyCode.ENTER);
        assertThat(fx.focused()).isInstanceOf(TextField.class);
        Fx.on(() -> {
            ((TextField) fx.focused()).clear();
            return true;
        });
        fx.type("140341");
        Fx.on(() -> {
            ((TextField) fx.focused()).setText("14:03:41"); // the colon's key differs from keyboard to keyboard
            return true;
        });
        fx.press(KeyCode.ENTER);

        assertThat(given(answer)).isEqualTo("14:03:41");
    }

    @Test
    void compare_enterSaysThatItMatches() throws Exception {
        var answer = ask(ScriptedEngine.fingerprint());

        fx.press(KeyCode.ENTER);

        assertThat(given(answer)).isEqualTo(new Verdict.Yes());
    }

    @Test
    void choose_tabAndEnterTakeTheSecondWay() throws Exception {
        var answer = ask(ScriptedEngine.choice());

        fx.press(KeyCode.TAB);
        fx.press(KeyCode.ENTER);

        assertThat(given(answer)).isEqualTo("override");
    }

    @Test
    void secret_freshIsEnteredTwice_andWipedFromThePage() throws Exception {
        var answer = ask(ScriptedEngine.secret(true));
        List<PinField> fields = pins();

        fx.type("24681357");
        fx.press(KeyCode.TAB);
        fx.type("24681350");
        fx.press(KeyCode.ENTER);
        assertThat(answer).as("two different entries").isNotDone();

        fx.press(KeyCode.ENTER);
        assertThat(fx.focused()).isSameAs(fields.get(1));
        fx.press(KeyCode.BACK_SPACE);
        fx.type("7");
        fx.press(KeyCode.ENTER);

        try (Secret secret = given(answer)) {
            assertThat(characters(secret)).isEqualTo("24681357");
        }
        assertThat(fields).allMatch(PinField::wiped);
    }

    @Test
    void secret_ofAKnownMaker_saysHowItLooks() {
        ask(ScriptedEngine.makersSecret());

        assertThat(texts())
                .anyMatch(text -> text.contains("Form: 0001password."))
                .anyMatch(text -> text.startsWith("YubiHSM 2: Four hex digits"));
    }

    @Test
    void secret_tooShort_isTold() {
        var answer = ask(ScriptedEngine.secret(false));

        fx.type("1234");
        fx.press(KeyCode.ENTER);

        assertThat(answer).isNotDone();
        assertThat(within(ErrorSummary.class)).isTrue();
    }

    @Test
    void secret_f8UsesThePracticePin() throws Exception {
        var answer = ask(ScriptedEngine.secret(true));

        fx.press(KeyCode.F8);
        fx.press(KeyCode.ENTER);

        try (Secret secret = given(answer)) {
            assertThat(characters(secret)).isEqualTo("12345678");
        }
    }

    @Test
    void secret_whenThePageGoesAway_isWiped() {
        ask(ScriptedEngine.secret(false));
        PinField field = pins().getFirst();
        fx.type("24681357");
        assertThat(field.wiped()).isFalse();

        bench.close();
        Fx.await(() -> fx.scene.getRoot().lookup(".q-pin") == null);

        assertThat(field.wiped()).isTrue();
    }

    @Test
    void secret_cannotBeCopiedOrPasted() {
        clip("from the clipboard");
        ask(ScriptedEngine.secret(false));
        fx.type("24681357");

        fx.press(KeyCode.CONTROL, KeyCode.A);
        fx.press(KeyCode.CONTROL, KeyCode.C);
        fx.press(KeyCode.CONTROL, KeyCode.X);
        fx.press(KeyCode.CONTROL, KeyCode.V);

        assertThat(Fx.on(() -> Clipboard.getSystemClipboard().getString())).isEqualTo("from the clipboard");
        assertThat(pins().getFirst().length()).isEqualTo(8);
    }

    @Test
    void card_pinAndEnterApprove_withTheFirstCardThatCounts() throws Exception {
        var answer = ask(cards(Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER).with(Demo.OKAFOR)));
        PinField pin = pins().getFirst();

        fx.type("110418");
        fx.press(KeyCode.ENTER);

        Presented presented = given(answer);
        assertThat(presented).isInstanceOf(Presented.Approves.class);
        assertThat(presented.card().serial()).isEqualTo("0418");
        assertThat(characters(presented.pin())).isEqualTo("110418");
        assertThat(pin.wiped()).isTrue();
    }

    @Test
    void card_anotherCardWipesThePin_andCanBeRejectedWith() throws Exception {
        var answer = ask(cards(Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER)));
        fx.type("999999");

        fx.press(KeyCode.SHIFT, KeyCode.TAB);
        fx.press(KeyCode.DOWN);
        assertThat(pins().getFirst().wiped()).isTrue();
        fx.press(KeyCode.TAB);
        fx.type("110418");
        fx.press(KeyCode.TAB); // practice PIN
        fx.press(KeyCode.TAB); // approve
        fx.press(KeyCode.TAB); // reject
        fx.press(KeyCode.ENTER);
        fx.type("wrong serial");
        fx.press(KeyCode.ENTER);

        assertThat(given(answer)).isInstanceOfSatisfying(Presented.Rejects.class, rejects -> {
            assertThat(rejects.card().serial()).isEqualTo("0418");
            assertThat(rejects.because()).isEqualTo("wrong serial");
            assertThat(characters(rejects.pin())).isEqualTo("110418");
        });
    }

    /// Nobody else's card stands in its place, and nobody else's card gets its PIN.
    @Test
    void card_thatIsPulled_isChosenAgainWhenItIsBack_andKeepsItsPin() throws Exception {
        List<Card> all = bench.cards.present();
        var only = new Roster(List.of(Demo.LINDQVIST));
        Question.PresentCard asked = cards(Tally.empty(new Quorum(1, List.of("officer")), only));
        var answer = ask(asked);
        fx.type("110418");

        look(asked, all.stream().filter(card -> !card.serial().equals("0418")).toList());
        Fx.await(() -> chosen().isEmpty());
        fx.press(KeyCode.ENTER);
        assertThat(answer).isNotDone();
        look(asked, all);
        Fx.await(() -> chosen().equals(Optional.of("0418")));
        assertThat(pins().getFirst().length()).isEqualTo(6);
        assertThat(Fx.on(() -> fx.scene.getRoot().lookup(".q-errors").isVisible()))
                .as("what is no more")
                .isFalse();
        assertThat(fx.focused()).isInstanceOf(PinField.class);

        look(asked, all.stream().filter(card -> card.serial().equals("0417")).toList());
        Fx.await(() -> chosen().equals(Optional.of("0417")));
        assertThat(pins().getFirst().length()).isZero();
        assertThat(Fx.on(() -> cardChoice().getValue().text()))
                .isEqualTo("Amara Okafor · card 0417 · is not asked now");
    }

    private void look(Question.PresentCard asked, List<Card> there) {
        bench.cards.put(there);
        Fx.on(() -> {
            bench.model.lookForCards(asked);
            return true;
        });
    }

    private CardChoice cardChoice() {
        return (CardChoice) fx.find(".combo-box");
    }

    private Optional<String> chosen() {
        return cardChoice().chosen().map(CardItem::serial);
    }

    @Test
    void card_withoutAnyCard_isTold() {
        bench.cards.put(List.of());
        var answer = ask(cards(Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER)));

        fx.press(KeyCode.ENTER);

        assertThat(answer).isNotDone();
        assertThat(within(ErrorSummary.class)).isTrue();
    }

    @Test
    void commit_takesOnlyTheExactSerial_typedByHand() throws Exception {
        clip(ScriptedEngine.SERIAL);
        var answer = ask(ScriptedEngine.commit());
        TextField field = (TextField) fx.focused();

        fx.press(KeyCode.ENTER);
        assertThat(answer).as("nothing typed").isNotDone();
        fx.press(KeyCode.ENTER);
        fx.press(KeyCode.CONTROL, KeyCode.V);
        fx.press(KeyCode.SHIFT, KeyCode.INSERT);
        assertThat(field.getText()).as("pasted").isEmpty();
        Fx.on(() -> {
            field.setText(ScriptedEngine.SERIAL);
            field.appendText("more");
            return true;
        });
        assertThat(field.getText()).as("put in at once").isEmpty();
        fx.type("487213-a7");
        fx.press(KeyCode.ENTER);
        assertThat(answer).as("another serial").isNotDone();

        fx.press(KeyCode.ENTER);
        fx.press(KeyCode.END);
        fx.press(KeyCode.BACK_SPACE);
        fx.press(KeyCode.BACK_SPACE);
        fx.type("A7");
        assertThat(field.getText()).isEqualTo(ScriptedEngine.SERIAL);
        fx.press(KeyCode.ENTER);

        assertThat(given(answer)).isEqualTo(ScriptedEngine.SERIAL);
    }

    @Test
    void reconcile_enterAcceptsTheFinding() throws Exception {
        var answer = ask(ScriptedEngine.reconcile());

        fx.press(KeyCode.ENTER);

        assertThat(given(answer)).isEqualTo(new Verdict.Yes());
    }

    @Test
    void agree_canBeRefusedWithAReason() throws Exception {
        var answer = ask(ScriptedEngine.agree());

        fx.press(KeyCode.TAB);
        fx.press(KeyCode.ENTER);
        fx.type("clock was off");
        fx.press(KeyCode.ENTER);

        assertThat(given(answer)).isEqualTo(new Verdict.No("clock was off"));
    }

    @Test
    void closed_enterLeaves_andNothingElseIsOffered() throws Exception {
        var answer = ask(ScriptedEngine.closed());
        assertThat(Fx.on(() -> fx.find("#exception").isVisible())).isFalse();

        fx.press(KeyCode.ENTER);

        assertThat(given(answer)).isEqualTo(new Verdict.Yes());
    }

    @Test
    void f2_recordsAnException_withFiveAnswers() throws Exception {
        var answer = ask(ScriptedEngine.seal());

        fx.press(KeyCode.F2);
        fx.type("one seal");
        fx.press(KeyCode.TAB);
        fx.type("two seals");
        fx.press(KeyCode.TAB);
        fx.type("go on");
        fx.press(KeyCode.TAB);
        fx.press(KeyCode.DOWN);
        fx.press(KeyCode.TAB);
        fx.press(KeyCode.DOWN);
        fx.press(KeyCode.TAB);
        fx.press(KeyCode.ENTER);
        assertThat(answer).as("the one who decides does not witness").isNotDone();
        fx.press(KeyCode.ENTER);
        fx.press(KeyCode.DOWN);
        fx.press(KeyCode.TAB);
        fx.press(KeyCode.ENTER);

        assertThat(answer.get(60, TimeUnit.SECONDS))
                .isEqualTo(new Answer.RecordException<Verdict>(
                        new ExceptionSheet("one seal", "two seals", "go on", "moreno", "okafor")));
    }

    @Test
    void f4_pausesWithAReason() throws Exception {
        var answer = ask(ScriptedEngine.seal());

        fx.press(KeyCode.F4);
        fx.type("noon");
        fx.press(KeyCode.ENTER);

        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(new Answer.Pause<Verdict>("noon"));
    }

    @Test
    void abort_isReachedByTab_andNeedsAReason() throws Exception {
        var answer = ask(ScriptedEngine.seal());

        for (int i = 0; i < 4; i++) {
            fx.press(KeyCode.TAB);
        }
        assertThat(fx.focused().getId()).isEqualTo("abort");
        fx.press(KeyCode.ENTER);
        fx.type("fire");
        fx.press(KeyCode.ENTER);

        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(new Answer.Abort<Verdict>("fire"));
    }

    @Test
    void anEarlierStep_isLookedAtFromTheRail_andLeftAgain() {
        var answer = ask(ScriptedEngine.seal());

        fx.press(KeyCode.F3);
        for (int i = 0; i < 3; i++) {
            fx.press(KeyCode.UP);
        }
        fx.press(KeyCode.ENTER); // opens the first act
        fx.press(KeyCode.DOWN);
        fx.press(KeyCode.DOWN);
        fx.press(KeyCode.ENTER);
        assertThat(Fx.on(() -> bench.model.viewingProperty().get())).isPresent();
        assertThat(fx.focused().getId()).isEqualTo("back");
        fx.press(KeyCode.ENTER);

        assertThat(Fx.on(() -> bench.model.viewingProperty().get())).isEmpty();
        assertThat(answer).as("looking answers nothing").isNotDone();
    }

    @Test
    void f6_goesRoundTheParts() {
        ask(ScriptedEngine.seal());

        fx.press(KeyCode.F6);
        assertThat(Fx.on(() -> fx.find("#ledger").isFocusWithin())).isTrue();
        fx.press(KeyCode.F6);
        assertThat(Fx.on(() -> fx.find("#strip").isFocusWithin())).isTrue();
        fx.press(KeyCode.F6);
        assertThat(Fx.on(() -> fx.find("#rail").isFocusWithin())).isTrue();
        fx.press(KeyCode.F6);
        assertThat(((Button) fx.focused()).getText()).isEqualTo("Confirm the seal");
    }

    private <T> CompletableFuture<Answer<T>> ask(Question<T> question) {
        CompletableFuture<Answer<T>> answer = bench.ask(question);
        fx.ready();
        return answer;
    }

    private static Question.PresentCard cards(Tally tally) {
        return ScriptedEngine.cards(ScriptedEngine.statement(), tally);
    }

    private static <T> T given(CompletableFuture<Answer<T>> answer) throws Exception {
        Answer<T> got = answer.get(60, TimeUnit.SECONDS);
        assertThat(got).isInstanceOf(Answer.Given.class);
        return ((Answer.Given<T>) got).value();
    }

    private static String characters(Secret secret) {
        return secret.use(bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
    }

    private static List<PinField> pins() {
        return Fx.on(() -> fx.scene.getRoot().lookupAll(".q-pin").stream()
                .map(PinField.class::cast)
                .sorted(java.util.Comparator.comparing(
                        field -> field.localToScene(0, 0).getY()))
                .toList());
    }

    private static List<String> texts() {
        return Fx.on(() -> fx.scene.getRoot().lookupAll(".label").stream()
                .filter(Label.class::isInstance)
                .map(label -> ((Label) label).getText())
                .toList());
    }

    private static boolean within(Class<?> type) {
        for (var at = fx.focused(); at != null; at = at.getParent()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    private static void clip(String text) {
        Fx.on(() -> {
            var content = new ClipboardContent();
            content.putString(text);
            return Clipboard.getSystemClipboard().setContent(content);
        });
    }
}
