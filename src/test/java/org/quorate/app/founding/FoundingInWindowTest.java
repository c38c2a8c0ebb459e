package org.quorate.app.founding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program;
import org.quorate.app.console.FoundingDesk;
import org.quorate.app.founding.FoundingRoom.Person;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.card.CardReader;
import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.TestCards;
import org.quorate.ceremony.Answer;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Question;
import org.quorate.quorum.Tally;
import org.quorate.ui.FoundingWindow;
import org.quorate.ui.backstage.FoundingBackstage;
import org.quorate.ui.demo.Fx;
import org.quorate.ui.demo.Overheard;
import org.quorate.ui.model.CardItem;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// A live site is founded as people do it: the real window, cards put into a reader one after the other, tokens of
/// SoftHSM, and a keyboard.
@ExtendWith(ApplicationExtension.class)
class FoundingInWindowTest {
    private static final List<String> FOUNDERS = List.of("p2", "p3");
    private static final int READER = 1;

    @TempDir
    static Path temporary;

    private final Overheard overheard = new Overheard();
    private final CompletableFuture<Optional<Problem>> ended = new CompletableFuture<>();
    private final SiteFolder folder = new SiteFolder(temporary.resolve("site"));
    private Stage stage;
    private FoundingRoom room;
    private FoundingDesk desk;
    private FoundingFront wanted;

    @Start
    void show(Stage shown) throws IOException {
        stage = shown;
        room = new FoundingRoom(temporary);
        room.readers.removeAll();
        desk = new FoundingDesk(folder, FoundingRoom.CLOCK);
        wanted = room.front(FOUNDERS.toArray(String[]::new));
        wanted.reader(desk.cards());
        new FoundingWindow(new Listening(), stage).show();
    }

    @BeforeEach
    void nothingIsFounded() {
        assertThat(folder.home()).doesNotExist();
    }

    @AfterEach
    void leave() {
        Fx.on(() -> {
            stage.close();
            return true;
        });
        desk.leave();
        room.close();
    }

    @Test
    void founding_byKeyboardAlone_makesASiteThatVerifies(FxRobot robot) throws Exception {
        Iterator<Person> coming = room.people.stream()
                .filter(person -> FOUNDERS.contains(person.id()))
                .iterator();
        Optional<Question<?>> done = Optional.empty();
        while (!done.map(Question::name).orElse("").equals("founded")) {
            Question<?> asked = overheard.next(done);
            if (asked instanceof Question.PickCard) {
                insert(coming.next().card());
            } else if (asked instanceof Question.PresentCard card) {
                insert(admitted(card.tally()));
            }
            answer(robot, asked);
            done = Optional.of(asked);
        }

        assertThat(ended.get(30, TimeUnit.SECONDS)).isEmpty();
        assertThat(overheard.notices).isEmpty();
        assertThat(Program.run("verify", folder.ledger(), "--trust", folder.trust())
                        .code())
                .isZero();
        assertThat(Program.run("verify", folder.foundingRecord(), "--trust", folder.trust())
                        .code())
                .isZero();
    }

    /// Whoever puts a card in presses nothing before the page shows it.
    private void insert(PracticeCard card) {
        room.readers.removeAll();
        room.readers.insertAndAwait(READER, card);
        Fx.await(() -> stage.getScene().getRoot().lookup(".combo-box") instanceof ComboBox<?> cards
                && cards.getValue() instanceof CardItem shown
                && shown.card().keyId().equals(card.keyId()));
    }

    private PracticeCard admitted(Tally tally) {
        return room.people.stream()
                .map(Person::card)
                .filter(card -> tally.admit(card.keyId()) instanceof Tally.Admission.Admitted)
                .findFirst()
                .orElseThrow();
    }

    /// Types what these founders would say, by keys only.
    private void answer(FxRobot robot, Question<?> asked) throws Exception {
        Object value = ((Answer.Given<?>) wanted.ask(asked)).value();
        overheard.press(robot, asked, () -> {
            switch (asked) {
                case Question.Enter q -> Overheard.write(robot, (String) value);
                case Question.Commit q -> robot.write(q.serial(), 0);
                case Question.EnterSecret q -> {
                    type(robot, (Secret) value);
                    if (q.fresh()) {
                        robot.type(KeyCode.TAB);
                        type(robot, (Secret) value);
                    }
                }
                case Question.PresentCard q -> type(robot, TestCards.pin(admitted(q.tally())));
                case Question.Choose q -> Overheard.goTo(robot, q, (String) value);
                default -> {}
            }
        });
    }

    /// After whatever a key that came too early left in the field.
    private static void type(FxRobot robot, Secret pin) {
        robot.type(KeyCode.DELETE);
        robot.write(pin.use(bytes -> new String(bytes, StandardCharsets.UTF_8)), 0);
    }

    /// The founding itself, with somebody who hears what is asked.
    private final class Listening implements FoundingBackstage {
        @Override
        public CardReader cards() {
            return desk.cards();
        }

        @Override
        public Executor background() {
            return desk.background();
        }

        @Override
        public InstantSource clock() {
            return desk.clock();
        }

        @Override
        public void found(Front front, Consumer<Optional<Problem>> done) {
            desk.found(overheard.listen(front), problem -> {
                ended.complete(problem);
                done.accept(problem);
            });
        }

        @Override
        public void leave() {
            Platform.runLater(() -> {});
        }
    }
}
