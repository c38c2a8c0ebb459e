package org.quorate.app.command;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.quorate.app.site.FollowedPlanFile;
import org.quorate.app.site.PlanFiles;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.base.VisibleText;
import org.quorate.ceremony.FollowedPlan;
import org.quorate.ceremony.PlanProgress;
import org.quorate.ceremony.PlanProgress.Done;
import org.quorate.ceremony.PlanState;
import org.quorate.ledger.Growth;
import org.quorate.script.Finding;
import org.quorate.script.Plan;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quorate plan`: how far a site has come with a plan of ceremonies over weeks, by what its ledger says.
@CommandLine.Command(name = "plan")
public final class PlanCommand extends SoundLedgerReading {
    private final PlanFiles plans;
    private final InstantSource clock;

    @Parameters(paramLabel = "PLAN", index = "0", arity = "0..1", descriptionKey = "plan")
    private Optional<java.nio.file.Path> file = Optional.empty();

    @Option(names = "--follow")
    private boolean follow;

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
        if (follow && site().isEmpty()) {
            throw misuse(Texts.get("app.plan.follow_site"));
        }
        started = startedOn.map(this::time);
        now = at.map(this::time).orElseGet(clock::instant);
    }

    @Override
    Exit act(Opened opened, Growth sound, Output output) {
        Optional<FollowedPlan> followed =
                file.isPresent() || follow ? Optional.empty() : site().flatMap(FollowedPlanFile::read);
        if (followed.isPresent()) {
            return show(opened, sound, output, followed.get(), true);
        }
        PlanFiles.Text text = plans.read(file);
        if (text.read().plan().isEmpty()) {
            List<Finding> findings = text.read().findings();
            output.answer(
                    opened.json()
                            .put(
                                    "findings",
                                    Json.array(findings.stream()
                                            .map(Finding::toJson)
                                            .toList()))
                            .build(),
                    findings.stream().map(Finding::text).toList());
            return Exit.NO;
        }
        if (follow) {
            site().ifPresent(site -> FollowedPlanFile.write(site, text.bytes(), started));
        }
        return show(opened, sound, output, new FollowedPlan(text.read().plan().get(), started), follow);
    }

    private Exit show(Opened opened, Growth sound, Output output, FollowedPlan shown, boolean followed) {
        Optional<Instant> since = started.or(shown::started);
        var progress = new PlanProgress(since);
        opened.reader().eachEntry(progress::add);
        var view = new View(new PlanState(shown.plan(), progress, since, now), plans.scriptIds(), plans.askedFor());
        List<String> lines = view.lines(sound);
        if (followed) {
            lines.add(1, Texts.get("app.plan.followed"));
        }
        output.answer(
                view.json(
                        opened.json().put("mode", sound.genesis().mode().wire()).put("followed", followed)),
                lines);
        return view.state.complete() ? Exit.DONE : Exit.NO;
    }

    /// A plan beside what the ledger says of it.
    private static final class View {
        private final PlanState state;
        private final Plan plan;
        private final PlanProgress progress;
        private final Set<String> scripts;
        private final Set<String> asked;

        View(PlanState state, Set<String> scripts, Set<String> asked) {
            this.state = state;
            this.plan = state.plan();
            this.progress = state.progress();
            this.scripts = scripts;
            this.asked = asked;
        }

        // ---- for people ----

        List<String> lines(Growth sound) {
            var lines = new ArrayList<String>();
            lines.add(Texts.get("app.plan.head", plan.title(), plan.version(), state.done(), state.needed()));
            lines.add(Texts.get("app.plan.mode." + sound.genesis().mode().wire()));
            for (Plan.Stage stage : plan.stages()) {
                lines.add("");
                lines.add(Texts.get("app.plan.stage", weeks(stage), stage.title(), until(state.end(stage))));
                stage.optional().ifPresent(why -> lines.add("  " + Texts.get("app.plan.optional", why)));
                stage.deliverables().forEach(target -> add(lines, target, state.late(stage, target)));
            }
            lines.add("");
            lines.add(Texts.get("app.plan.criteria"));
            plan.criteria().forEach(target -> add(lines, target, state.late(target)));
            lines.add("");
            lines.add(state.next()
                    .map(target -> Texts.get("app.plan.next", target.title(), state.missing(target)))
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

        // ---- for programs ----

        Json.Obj json(Json.Builder json) {
            json.put("plan", plan.id())
                    .put("version", plan.version())
                    .put("complete", state.complete())
                    .put("needed", state.needed())
                    .put("done", state.done())
                    .put("started", state.started().map(UtcTime::format))
                    .put("next", state.next().map(Plan.Target::id));
            json.put("stages", Json.array(plan.stages().stream().map(this::json).toList()));
            json.put(
                    "criteria",
                    Json.array(plan.criteria().stream()
                            .map(target -> json(target, state.late(target)))
                            .toList()));
            return json.build();
        }

        private Json.Obj json(Plan.Stage stage) {
            return Json.obj()
                    .put("id", stage.id())
                    .put("title", stage.title())
                    .put("first_week", stage.firstWeek())
                    .put("last_week", stage.lastWeek())
                    .put("optional", stage.optional().isPresent())
                    .put("until", state.end(stage).map(UtcTime::format))
                    .put(
                            "deliverables",
                            Json.array(stage.deliverables().stream()
                                    .map(target -> json(target, state.late(stage, target)))
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
