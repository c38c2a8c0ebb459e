package org.quorate.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.app.rehearsal.Decisions;
import org.quorate.app.rehearsal.Rehearsal;
import org.quorate.app.rehearsal.RehearsalCards;
import org.quorate.app.rehearsal.RehearsalSetting;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quorate rehearse`: the main job on a practice HSM and practice cards, in the window or without one.
@CommandLine.Command(name = "rehearse")
public final class RehearseCommand extends Command {
    private final Rehearsal rehearsal;

    @Parameters(paramLabel = "SCRIPT", arity = "0..1", descriptionKey = "script")
    private Optional<Path> script = Optional.empty();

    @Option(names = "--home", paramLabel = "DIR")
    private Optional<Path> home = Optional.empty();

    @Option(names = "--new-ledger")
    private boolean newLedger;

    @Option(names = "--headless")
    private boolean headless;

    @Option(names = "--out", paramLabel = "DIR")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--virtual-cards")
    private boolean virtualCards;

    @Option(names = "--one-reader")
    private boolean oneReader;

    @Option(names = "--networked")
    private boolean networked;

    @Option(names = "--files", paramLabel = "DIR")
    private Optional<Path> files = Optional.empty();

    @Option(names = "--decide", paramLabel = "STEP=PATH")
    private List<String> decide = List.of();

    public RehearseCommand(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    @Override
    protected Exit run(Output output) {
        if (headless != out.isPresent()) {
            throw misuse(Texts.get("app.rehearsal.out_with_headless"));
        }
        if (oneReader && !(virtualCards && headless)) {
            throw misuse(Texts.get("app.rehearsal.one_reader_headless"));
        }
        if (files.isPresent() && !headless) {
            throw misuse(Texts.get("app.rehearsal.files_headless"));
        }
        Decisions decisions = decisions();
        if (newLedger) {
            output.progress(Texts.get("app.succession.done", rehearsal.newLedger(home)));
        }
        if (out.isEmpty()) {
            rehearsal.inWindow(home, script, setting(decisions));
            return Exit.DONE;
        }
        Rehearsal.Result result = rehearsal.headless(home, script, out.get(), setting(decisions), output::progress);
        var lines = new ArrayList<String>();
        lines.add(Texts.get("app.rehearsal.done", result.title(), result.folder()));
        result.files().forEach(file -> lines.add("  " + file));
        output.answer(
                Json.obj()
                        .put("ceremony", result.ceremony().toString())
                        .put("out", result.folder().toString())
                        .put("files", Json.strings(result.files()))
                        .build(),
                List.copyOf(lines));
        return Exit.DONE;
    }

    private Decisions decisions() {
        if (!decide.isEmpty() && !headless) {
            throw misuse(Texts.get("app.rehearsal.decide_headless"));
        }
        Decisions decisions = Decisions.parse(decide).orElseThrow(() -> misuse(Texts.get("app.rehearsal.decide_form")));
        rehearsal.objection(script, decisions).ifPresent(why -> {
            throw misuse(why);
        });
        return decisions;
    }

    private RehearsalSetting setting(Decisions decisions) {
        return new RehearsalSetting(cards(), networked, files, decisions);
    }

    private RehearsalCards cards() {
        if (oneReader) {
            return RehearsalCards.ONE_READER;
        }
        return virtualCards ? RehearsalCards.VIRTUAL : RehearsalCards.TRAY;
    }
}
