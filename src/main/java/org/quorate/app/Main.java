package org.quorate.app;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.app.bench.Bench;
import org.quorate.app.bench.HsmBench;
import org.quorate.app.bench.LedgerBench;
import org.quorate.app.bench.LintBench;
import org.quorate.app.bench.StartBench;
import org.quorate.app.bench.StartWindow;
import org.quorate.app.command.ApproveCommand;
import org.quorate.app.command.BenchCommand;
import org.quorate.app.command.Command;
import org.quorate.app.command.Commands;
import org.quorate.app.command.ConsoleCommand;
import org.quorate.app.command.DiffCommand;
import org.quorate.app.command.FoundCommand;
import org.quorate.app.command.InventoryCommand;
import org.quorate.app.command.LedgerCommand;
import org.quorate.app.command.LintCommand;
import org.quorate.app.command.PlanCommand;
import org.quorate.app.command.PrintCommand;
import org.quorate.app.command.ProceduresCommand;
import org.quorate.app.command.RehearseCommand;
import org.quorate.app.command.StartWindowCommand;
import org.quorate.app.command.TestCommand;
import org.quorate.app.command.VerifyCommand;
import org.quorate.app.console.FoundingDesk;
import org.quorate.app.console.SiteBackstage;
import org.quorate.app.practice.PracticeNetwork;
import org.quorate.app.practice.PracticeSite;
import org.quorate.app.reader.CardBench;
import org.quorate.app.reader.VirtualCards;
import org.quorate.app.rehearsal.ApprovalRun;
import org.quorate.app.rehearsal.Rehearsal;
import org.quorate.app.rehearsal.RehearsalCards;
import org.quorate.app.rehearsal.RehearsalSetting;
import org.quorate.app.site.CardsAtHand;
import org.quorate.app.site.EvidenceCheck;
import org.quorate.app.site.Machine;
import org.quorate.app.site.MakersModule;
import org.quorate.app.site.PlanFiles;
import org.quorate.app.site.ScriptFiles;
import org.quorate.app.site.SiteFolder;
import org.quorate.app.site.SiteModules;
import org.quorate.app.site.Workplace;
import org.quorate.base.Problem;
import org.quorate.ledger.LedgerClock;
import org.quorate.record.pdf.PaperScript;
import org.quorate.script.Linter;
import org.quorate.script.yaml.ScriptReader;
import org.quorate.ui.ConsoleWindow;
import org.quorate.ui.FoundingWindow;
import org.quorate.ui.backstage.Backstage;
import org.quorate.ui.backstage.FoundingBackstage;
import picocli.CommandLine;

/// The one door of the program: wires the rooms together and runs a command.
///
/// It must not extend JavaFX's `Application`, or the commands without a window would need a display.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine(utf8(System.out), utf8(System.err)).execute(arguments));
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        var clock = new SystemClock();
        SiteFolder practice = SiteFolder.practice(System.getenv(), Path.of(System.getProperty("user.home")));
        var linter = new Linter(new ScriptReader());
        var scripts = new ScriptFiles(linter, root().resolve("ceremony-scripts"));
        var rehearsal = new Rehearsal(
                clock,
                practice,
                scripts,
                Main::supply,
                (folder, script, supply) ->
                        open(new SiteBackstage(folder, clock, scripts, Optional.of(script), supply)));
        Command console = new ConsoleCommand(home -> open(new SiteBackstage(
                home.map(Main::existing).orElse(practice),
                clock,
                scripts,
                Optional.empty(),
                Workplace.Supply.PRACTICE_TRAY)));
        List<Command> commands = List.of(
                new RehearseCommand(rehearsal),
                new FoundCommand(home -> found(new FoundingDesk(new SiteFolder(home.toAbsolutePath()), clock))),
                new LintCommand(scripts),
                new DiffCommand(scripts),
                new ApproveCommand(new ApprovalRun(
                        clock,
                        practice,
                        scripts,
                        Workplace.Supply.PRACTICE_TRAY,
                        (folder, script, deed) -> open(new SiteBackstage(folder, clock, scripts, script, deed)))),
                new PrintCommand(
                        scripts,
                        () -> clock.now().time(),
                        (script, approval) ->
                                PaperScript.pdf(script, approval, clock.now().time())),
                new ProceduresCommand(scripts, practice, () -> clock.now().time(), Machine.version()),
                new PlanCommand(
                        new PlanFiles(scripts, root().resolve("ceremony-scripts/plans")),
                        practice,
                        () -> clock.now().time()),
                new VerifyCommand((anchors, trust) -> new EvidenceCheck(scripts, clock, anchors, trust)),
                new LedgerCommand(practice, () -> clock.now().time(), scripts),
                new InventoryCommand(MakersModule::open, practice, TypedSecret::ask),
                new BenchCommand(benches(practice, clock, new LintBench(linter, scripts))),
                new StartWindowCommand(Main::showOnce),
                new TestCommand());
        return Commands.of(console, commands, out, err);
    }

    /// A name that is misspelt makes no new site.
    private static SiteFolder existing(Path home) {
        var folder = new SiteFolder(home.toAbsolutePath());
        if (!folder.exists()) {
            throw Problem.of("app.site.none", folder.home()).asException();
        }
        return folder;
    }

    private static Workplace.Supply supply(RehearsalSetting setting) {
        return Workplace.Supply.rehearsal(
                cards(setting.cards()), setting.networked() ? PracticeNetwork::open : SiteModules.Supply.AS_WRITTEN);
    }

    private static CardsAtHand.Supply cards(RehearsalCards cards) {
        return switch (cards) {
            case TRAY -> CardsAtHand::tray;
            case VIRTUAL -> folder -> VirtualCards.open(folder, readerSocket(), false);
            case ONE_READER -> folder -> VirtualCards.open(folder, readerSocket(), true);
        };
    }

    /// Where the launcher wants the card reader service of our own; PC/SC's library reads the same variable.
    private static Optional<Path> readerSocket() {
        return Optional.ofNullable(System.getenv("PCSCLITE_CSOCK_NAME")).map(Path::of);
    }

    /// Where the program's own files lie; the launcher says so.
    private static Path root() {
        return Path.of(System.getProperty("quorate.root", "."));
    }

    private static void open(Backstage backstage) {
        Desktop.run(stage -> new ConsoleWindow(backstage, stage).show());
    }

    private static void found(FoundingBackstage backstage) {
        Desktop.run(stage -> new FoundingWindow(backstage, stage).show());
    }

    /// Ledgers are measured on the disk where those of the practice site lie.
    private static List<Bench> benches(SiteFolder practice, LedgerClock clock, LintBench lint) {
        Path place = Optional.ofNullable(practice.home().getParent()).orElse(practice.home());
        return List.of(
                new StartBench(Main::program),
                lint,
                new LedgerBench(place, clock),
                new CardBench(readerSocket(), clock),
                new HsmBench(PracticeSite::softHsm));
    }

    private static void showOnce(StartWindow window, Runnable shown) {
        Desktop.run(stage -> window.show(stage, () -> {
            shown.run();
            stage.close();
        }));
    }

    /// How this process was started, up to the name of its main class: the virtual machine with all its flags.
    private static List<String> program() {
        ProcessHandle.Info self = ProcessHandle.current().info();
        var program = new ArrayList<String>();
        program.add(self.command().orElse("java"));
        for (String argument : self.arguments().orElse(new String[0])) {
            program.add(argument);
            if (argument.endsWith(Main.class.getName())) {
                break;
            }
        }
        return program;
    }

    /// Answers are UTF-8 whatever the locale says, so that programs can rely on it.
    private static PrintWriter utf8(OutputStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
