package org.quorate.app.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.quorate.app.procedures.Earlier;
import org.quorate.app.procedures.Procedures;
import org.quorate.app.procedures.Told;
import org.quorate.app.site.ScriptFiles;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ceremony.Site;
import org.quorate.script.Finding;
import org.quorate.script.LintReport;
import org.quorate.script.Script;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `quorate procedures`: the HSM procedures of the organisation, from the scripts and the site profile.
@CommandLine.Command(name = "procedures")
public final class ProceduresCommand extends Command {
    private static final String ENDING = ".hsm-procedures.md";

    private final ScriptFiles scripts;
    private final SiteFolder defaultHome;
    private final InstantSource clock;
    private final String program;

    @Option(names = "-o", paramLabel = "FILE" + ENDING, required = true)
    private Path out = Path.of("");

    @Option(names = "--home", paramLabel = "DIR")
    private Optional<Path> home = Optional.empty();

    @Option(names = "--scripts", paramLabel = "DIR")
    private Optional<Path> folder = Optional.empty();

    @Option(names = "--previous", paramLabel = "FILE")
    private Optional<Path> previous = Optional.empty();

    @Option(names = "--date", paramLabel = "TIME")
    private Optional<String> date = Optional.empty();

    @Option(names = "--author", paramLabel = "NAME, ROLE")
    private Optional<String> author = Optional.empty();

    @Option(names = "--why", paramLabel = "TEXT")
    private Optional<String> why = Optional.empty();

    @Option(names = "--approved", paramLabel = "DAY")
    private Optional<String> approved = Optional.empty();

    @Option(names = "--id", paramLabel = "ID")
    private Optional<String> id = Optional.empty();

    /// @param program the version of this program
    public ProceduresCommand(ScriptFiles scripts, SiteFolder defaultHome, InstantSource clock, String program) {
        this.scripts = scripts;
        this.defaultHome = defaultHome;
        this.clock = clock;
        this.program = program;
    }

    @Override
    protected Exit run(Output output) {
        String name = String.valueOf(out.getFileName());
        if (!name.endsWith(ENDING) || name.equals(ENDING)) {
            throw misuse(Texts.get("app.procedures.file_name", out));
        }
        Told told = told();
        NewFile.requireNone(out);
        List<Script> library = new ArrayList<>();
        List<Finding> findings = read(library);
        if (!findings.isEmpty()) {
            output.answer(
                    Json.obj()
                            .put("written", false)
                            .put(
                                    "findings",
                                    Json.array(findings.stream()
                                            .map(Finding::toJson)
                                            .toList()))
                            .build(),
                    refused(findings));
            return Exit.NO;
        }
        Optional<Earlier> earlier = previous.map(ProceduresCommand::earlier);
        Procedures.Written written = new Procedures(library, site(), told, earlier, program).write(name);
        byte[] bytes = written.text().getBytes(StandardCharsets.UTF_8);
        NewFile.write(out, bytes);
        output.answer(json(library, written, bytes), lines(library, written));
        return Exit.DONE;
    }

    private Told told() {
        Instant when = date.map(this::time).orElseGet(clock::instant);
        return new Told(when, author, why, approved.map(this::day), id);
    }

    private String day(String text) {
        try {
            return LocalDate.parse(text).toString();
        } catch (DateTimeException e) {
            throw misuse(Texts.get("app.ledger.time_form", text));
        }
    }

    /// Every script of the folder, or why one of them cannot be told.
    private List<Finding> read(List<Script> library) {
        var findings = new ArrayList<Finding>();
        var ids = new HashMap<String, Path>();
        for (Path file : scripts.filesIn(folder)) {
            LintReport report = scripts.check(file);
            report.findings().stream()
                    .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                    .forEach(findings::add);
            report.script().filter(_ -> report.usable()).ifPresent(script -> {
                Path other = ids.put(script.id(), file);
                if (other != null) {
                    throw Problem.of("app.procedures.same_id", file, other, script.id())
                            .asException();
                }
                library.add(script);
            });
        }
        return findings;
    }

    private static List<String> refused(List<Finding> findings) {
        var lines = new ArrayList<>(findings.stream().map(Finding::text).toList());
        lines.add(Texts.get("app.procedures.refused"));
        return lines;
    }

    /// A site that is named must be there; without one, that of the practice site is taken where there is one.
    private Optional<Site> site() {
        if (home.isEmpty()) {
            return Optional.of(defaultHome).filter(SiteFolder::exists).map(SiteFolder::readProfile);
        }
        var named = new SiteFolder(home.get().toAbsolutePath());
        if (!named.exists()) {
            throw Problem.of("app.site.none", named.home()).asException();
        }
        return Optional.of(named.readProfile());
    }

    private static Earlier earlier(Path file) {
        try {
            return Earlier.of(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw Problem.of("app.procedures.not_one", file).causedBy(e);
        }
    }

    private Json.Obj json(List<Script> library, Procedures.Written written, byte[] bytes) {
        return Json.obj()
                .put("written", true)
                .put("file", out.toString())
                .put("sha256", Digest.of(bytes).hex())
                .put("version", written.version())
                .put(
                        "scripts",
                        Json.array(library.stream()
                                .map(script -> Json.obj()
                                        .put("id", script.id())
                                        .put("version", script.version())
                                        .put("sha256", script.digest().hex())
                                        .build())
                                .toList()))
                .put("gaps", Json.strings(written.gaps()))
                .put("to_fill_in", written.open())
                .build();
    }

    private List<String> lines(List<Script> library, Procedures.Written written) {
        var lines = new ArrayList<String>();
        lines.add(Texts.get("app.procedures.done", out, written.version(), library.size()));
        lines.add(Texts.get("app.procedures.done.open", written.gaps().size(), written.open()));
        written.gaps().forEach(gap -> lines.add("  " + gap));
        return lines;
    }
}
