package org.quorate.app.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quorate.app.site.PlanFiles;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.base.VisibleText;
import org.quorate.ceremony.PlanProgress;
import org.quorate.ceremony.PlanProgress.Done;
import org.quorate.ledger.Growth;
import org.quorate.script.Finding;
import org.quorate.script.Plan;
import org.quorate.script.yaml.PlanReader;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quorate plan`: how far a site has come with a plan of ceremonies over weeks, by what its ledger says.
@CommandLine.Command(name = "plan")
public final class PlanCommand extends SoundLedgerReading {
    private static final int DAYS = 7;

    private final PlanFiles plans;
    private final InstantSource clock;

    @Parameters(paramLabel = "PLAN", index = "0", arity = "0..1", descriptionKey = "plan")
    private Optional<java.nio.file.Path> file = Optional.empty();

    @Option(names = "--started", paramLabel = "DAY")
    private Optional<String> startedOn = Optional.empty();

    @Option(names = "--at", paramLabel = "TIME")
    private Optional<String> at = Optional.empty();

    private Optional<Instant> started = Optional.empty();
    private Instant now = Instant.MIN;

    public PlanCommand(PlanFiles plans, SiteFolder defaultHome, InstantSource clock) {
        super(defaultHome);
        this.plans = plans;
        this.clock = clock;
    }

    @Override
    void prepare() {
        started = startedOn.map(this::time);
        now = at.map(this::time).orElseGet(clock::instant);
    }

    private Instant time(String text) {
        return TimeOption.parse(text).orElseThrow(() -> misuse(Texts.get("app.ledger.time_form", text)));
    }

    @Override
    Exit act(Opened opened, Growth sound, Output output) {
        PlanReader.Read read = plans.read(file);
        if (read.plan().isEmpty()) {
            output.answer(
                    opened.json()
                            .put(
                                    "findings",
                                    Json.array(read.findings().stream()
                                            .map(Finding::toJson)
                                            .toList()))
                            .build(),
                    read.findings().stream().map(Finding::text).toList());
            return Exit.NO;
        }
        var progress = new PlanProgress(started);
        opened.reader().eachEntry(progress::add);
        var view = new View(read.plan().get(), progress, plans.scriptIds(), plans.askedFor());
        output.answer(view.json(opened.json().put("mode", sound.genesis().mode().wire())), view.lines(sound));
        return view.complete() ? Exit.DONE : Exit.NO;
    }

    /// A plan beside what the ledger says of it.
    private final class View {
        private final Plan plan;
        private final PlanProgress progress;
        private final Set<String> scripts;
        private final Set<String> asked;

        View(Plan plan, PlanProgress progress, Set<String> scripts, Set<String> asked) {
            this.plan = plan;
            this.progress = progress;
            this.scripts = scripts;
            this.asked = asked;
        }

        boolean complete() {
            return plan.needed().allMatch(progress::done);
        }

        private Optional<Instant> end(Plan.Stage stage) {
            return started.map(start -> start.plus(Duration.ofDays((long) DAYS * stage.lastWeek())));
        }

        private Optional<Instant> end() {
            return plan.stages().stream()
                    .filter(stage -> stage.optional().isEmpty())
                    .reduce((first, second) -> second)
                    .flatMap(this::end);
        }

        private boolean late(Plan.Target target, Optional<Instant> end, boolean optional) {
            return !optional
                    && !progress.done(target)
                    && end.filter(now::isAfter).isPresent();
        }

        private Optional<Plan.Target> next() {
            return plan.needed().filter(target -> !progress.done(target)).findFirst();
        }

        // ---- for people ----

        List<String> lines(Growth sound) {
            var lines = new ArrayList<String>();
            long needed = plan.needed().count();
            long done = plan.needed().filter(progress::done).count();
            lines.add(Texts.get("app.plan.head", plan.title(), plan.version(), done, needed));
            lines.add(Texts.get("app.plan.mode." + sound.genesis().mode().wire()));
            for (Plan.Stage stage : plan.stages()) {
                lines.add("");
                lines.add(Texts.get("app.plan.stage", weeks(stage), stage.title(), until(end(stage))));
                stage.optional().ifPresent(why -> lines.add("  " + Texts.get("app.plan.optional", why)));
                stage.deliverables()
                        .forEach(target -> add(
                                lines,
                                target,
                                late(target, end(stage), stage.optional().isPresent())));
            }
            lines.add("");
            lines.add(Texts.get("app.plan.criteria"));
            plan.criteria().forEach(target -> add(lines, target, late(target, end(), false)));
            lines.add("");
            lines.add(next().map(target -> Texts.get("app.plan.next", target.title(), missing(target)))
                    .orElseGet(() -> Texts.get("app.plan.complete")));
            return lines;
        }

        private void add(List<String> lines, Plan.Target target, boolean late) {
            String state = progress.done(target) ? "done" : late ? "late" : "open";
            lines.add("  " + Texts.get("app.plan.target." + state, target.title()));
            lines.add("      " + Texts.get("app.plan.accepted", target.accepted()));
            target.ceremonies().forEach(script -> lines.add("      " + ceremony(script)));
            target.documents().forEach(document -> lines.add("      " + document(document)));
        }

        private static String weeks(Plan.Stage stage) {
            return stage.firstWeek() == stage.lastWeek()
                    ? Texts.get("app.plan.week", stage.firstWeek())
                    : Texts.get("app.plan.weeks", stage.firstWeek(), stage.lastWeek());
        }

        private static String until(Optional<Instant> end) {
            return end.map(time -> Texts.get("app.plan.until", UtcTime.forPeople(time)))
                    .orElseGet(() -> Texts.get("app.plan.no_start"));
        }

        private String ceremony(String script) {
            return progress.ceremony(script)
                    .map(done ->
                            Texts.get("app.plan.ceremony.done", script, UtcTime.forPeople(done.at()), done.ceremony()))
                    .orElseGet(() -> Texts.get(
                            scripts.contains(script) ? "app.plan.ceremony.open" : "app.plan.ceremony.none", script));
        }

        private String document(Plan.Document document) {
            return progress.document(document.name())
                    .map(done -> Texts.get(
                            "app.plan.document.done",
                            document.title(),
                            VisibleText.of(done.text()),
                            UtcTime.forPeople(done.at()),
                            done.ceremony()))
                    .orElseGet(() -> Texts.get(
                            asked.contains(document.name()) ? "app.plan.document.open" : "app.plan.document.none",
                            document.title(),
                            document.name()));
        }

        private String missing(Plan.Target target) {
            return Stream.concat(
                            progress.missingCeremonies(target).stream(),
                            progress.missingDocuments(target).stream().map(Plan.Document::title))
                    .collect(Collectors.joining(", "));
        }

        // ---- for programs ----

        Json.Obj json(Json.Builder json) {
            json.put("plan", plan.id())
                    .put("version", plan.version())
                    .put("complete", complete())
                    .put("needed", plan.needed().count())
                    .put("done", plan.needed().filter(progress::done).count())
                    .put("started", started.map(UtcTime::format))
                    .put("next", next().map(Plan.Target::id));
            json.put("stages", Json.array(plan.stages().stream().map(this::json).toList()));
            json.put(
                    "criteria",
                    Json.array(plan.criteria().stream()
                            .map(target -> json(target, late(target, end(), false)))
                            .toList()));
            return json.build();
        }

        private Json.Obj json(Plan.Stage stage) {
            boolean optional = stage.optional().isPresent();
            return Json.obj()
                    .put("id", stage.id())
                    .put("title", stage.title())
                    .put("first_week", stage.firstWeek())
                    .put("last_week", stage.lastWeek())
                    .put("optional", optional)
                    .put("until", end(stage).map(UtcTime::format))
                    .put(
                            "deliverables",
                            Json.array(stage.deliverables().stream()
                                    .map(target -> json(target, late(target, end(stage), optional)))
                                    .toList()))
                    .build();
        }

        private Json.Obj json(Plan.Target target, boolean late) {
            return Json.obj()
                    .put("id", target.id())
                    .put("title", target.title())
                    .put("done", progress.done(target))
                    .put("late", late)
                    .put(
                            "ceremonies",
                            Json.array(target.ceremonies().stream()
                                    .map(script -> json(Json.obj().put("script", script), progress.ceremony(script))
                                            .put("shipped", scripts.contains(script))
                                            .build())
                                    .toList()))
                    .put(
                            "documents",
                            Json.array(target.documents().stream()
                                    .map(document -> json(
                                                    Json.obj().put("name", document.name()),
                                                    progress.document(document.name()))
                                            .put("asked_for", asked.contains(document.name()))
                                            .build())
                                    .toList()))
                    .build();
        }

        private static Json.Builder json(Json.Builder json, Optional<Done> done) {
            json.put("done", done.isPresent());
            done.ifPresent(found -> json.put("ceremony", found.ceremony().toString())
                    .put("at", UtcTime.format(found.at()))
                    .put("text", Optional.of(found.text()).filter(text -> !text.isEmpty())));
            return json;
        }
    }
}
