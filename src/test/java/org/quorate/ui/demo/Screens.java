package org.quorate.ui.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.quorate.ceremony.Question;
import org.quorate.quorum.Tally;
import org.quorate.ui.shell.CeremonyView;

/// Every page of a ceremony by name, for tests over all of them and for taking pictures.
///
/// @param before writes what came before, and asks
/// @param then what people press on the page, on the window's thread
public record Screens(String name, Consumer<Bench> before, BiConsumer<Bench, CeremonyView> then) {

    public static List<Screens> all() {
        var all = new ArrayList<Screens>();
        all.add(of("confirm", "seal", ScriptedEngine.seal()));
        all.add(of("enter", "clock", ScriptedEngine.enterTime()));
        all.add(of("compare", "fingerprint", ScriptedEngine.fingerprint()));
        all.add(of("choose", "identify", ScriptedEngine.choice()));
        all.add(of("secret-fresh", "initialise", ScriptedEngine.secret(true)));
        all.add(of("secret", "initialise", ScriptedEngine.secret(false)));
        all.add(of("secret-maker", "initialise", ScriptedEngine.makersSecret()));
        all.add(screen("cards", bench -> {
            upTo(bench, "initialise");
            bench.engine.write(
                    org.quorate.ledger.EntryType.STATEMENT,
                    ScriptedEngine.statement().toJson());
            bench.engine.cosign(Demo.OKAFOR, "approve");
            bench.engine.refuse(Demo.TANAKA, "wrong_pin");
            Tally tally = Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER).with(Demo.OKAFOR);
            bench.model.front().notice(ScriptedEngine.notice());
            bench.ask(ScriptedEngine.cards(ScriptedEngine.statement(), tally));
        }));
        all.add(screen("cards-first", bench -> {
            upTo(bench, "initialise");
            Tally tally = Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER);
            bench.ask(ScriptedEngine.cards(ScriptedEngine.statement(), tally));
        }));
        all.add(screen("cards-time", bench -> {
            upTo(bench, "initialise");
            Tally tally = Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER).with(Demo.OKAFOR);
            bench.ask(ScriptedEngine.cardsUntil(tally, bench.now.get().plusSeconds(432)));
        }));
        all.add(of("pick-card", "seal", ScriptedEngine.newCard()));
        all.add(of("card-pin", "seal", ScriptedEngine.newPin()));
        all.add(screen("open-share", bench -> {
            upTo(bench, "initialise");
            Tally tally = Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER).with(Demo.OKAFOR);
            bench.ask(ScriptedEngine.openShare(tally));
        }));
        all.add(of("unplug", "identify", ScriptedEngine.unplug()));
        all.add(of("bring-file", "initialise", ScriptedEngine.bringFile()));
        all.add(of("take-file", "initialise", ScriptedEngine.takeFile()));
        all.add(of("take-sheet", "seal", ScriptedEngine.takeSheet()));
        all.add(of("enter-words", "seal", ScriptedEngine.enterWords()));
        all.add(of("commit", "initialise", ScriptedEngine.commit()));
        all.add(of("reconcile", "generate", ScriptedEngine.reconcile()));
        all.add(of("agree", "close", ScriptedEngine.agree()));
        all.add(of("closed", "close", ScriptedEngine.closed()));
        all.add(screen("working", bench -> {
            upTo(bench, "generate");
            bench.model.front().working("The HSM makes the key pair");
            bench.now.set(bench.now.get().plusSeconds(41));
        }));
        all.add(new Screens(
                "exception",
                bench -> {
                    upTo(bench, "fingerprint");
                    bench.ask(ScriptedEngine.fingerprint());
                },
                (bench, view) -> view.lookup("#exception").fireEvent(new javafx.event.ActionEvent())));
        all.add(new Screens(
                "abort",
                bench -> {
                    upTo(bench, "fingerprint");
                    bench.ask(ScriptedEngine.fingerprint());
                },
                (bench, view) -> view.lookup("#abort").fireEvent(new javafx.event.ActionEvent())));
        all.add(new Screens(
                "earlier",
                bench -> {
                    upTo(bench, "fingerprint");
                    bench.ask(ScriptedEngine.fingerprint());
                },
                (bench, view) -> bench.model.view("identify")));
        all.add(new Screens(
                "missing",
                bench -> {
                    upTo(bench, "initialise");
                    bench.ask(ScriptedEngine.commit());
                },
                (bench, view) -> view.lookup(".q-primary").fireEvent(new javafx.event.ActionEvent())));
        all.add(pressed("steps", javafx.scene.input.KeyCode.F3));
        all.add(pressed("ledger", javafx.scene.input.KeyCode.F9));
        all.add(pressed("about", javafx.scene.input.KeyCode.F7));
        all.add(pressed("help", javafx.scene.input.KeyCode.F1));
        return List.copyOf(all);
    }

    private static Screens pressed(String name, javafx.scene.input.KeyCode key) {
        return new Screens(
                name,
                bench -> {
                    upTo(bench, "fingerprint");
                    bench.ask(ScriptedEngine.fingerprint());
                },
                (bench, view) -> view.fireEvent(new javafx.scene.input.KeyEvent(
                        javafx.scene.input.KeyEvent.KEY_PRESSED, "", "", key, false, false, false, false)));
    }

    public static Screens of(String name, String step, Question<?> question) {
        return screen(name, bench -> {
            upTo(bench, step);
            bench.ask(question);
        });
    }

    private static Screens screen(String name, Consumer<Bench> before) {
        return new Screens(name, before, (bench, view) -> {});
    }

    /// Writes the ceremony as it stands when this step has just begun.
    private static void upTo(Bench bench, String wanted) {
        ScriptedEngine engine = bench.engine;
        engine.open();
        for (var step : (Iterable<org.quorate.script.Step>) Demo.script().steps()::iterator) {
            if (step.id().equals(wanted)) {
                engine.begin(wanted);
                if (wanted.equals("identify") || wanted.equals("generate")) {
                    engine.token();
                }
                return;
            }
            switch (step.id()) {
                case "roll-call" -> engine.rollCall();
                case "identify" -> {
                    engine.begin("identify");
                    engine.token();
                    engine.end("overridden");
                }
                case "clock" -> {
                    engine.begin("clock");
                    engine.sensed("clock", "Console clock", "14:03:41Z");
                    engine.stated("reference", "Radio clock on the wall", "14:03:41Z", Demo.WEBER);
                    engine.end("done");
                }
                case "generate" -> {
                    engine.begin("generate");
                    engine.end("failed");
                    engine.begin("generate");
                    engine.end("done");
                }
                default -> {
                    engine.begin(step.id());
                    engine.end("done");
                }
            }
        }
    }
}
