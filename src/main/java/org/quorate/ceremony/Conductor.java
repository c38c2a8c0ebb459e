package org.quorate.ceremony;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Head;
import org.quorate.ledger.Ledger;
import org.quorate.script.Courses;
import org.quorate.script.Part;
import org.quorate.script.Script;
import org.quorate.script.Step;
import org.quorate.script.StepKind;
import org.quorate.script.approval.Approvals;
import org.quorate.script.approval.Standing;

/// Walks a script from the first step that is not finished to the last. It keeps nothing of its own: what is done, and
/// how far the step in hand has come, the ledger says.
public final class Conductor {
    private final Setting setting;
    private final Performers performers;
    private final Courses courses;

    private Conductor(Setting setting) {
        this.setting = setting;
        this.courses = Courses.of(setting.script());
        this.performers = new Performers();
    }

    /// How a run ended.
    public enum Ending {
        CLOSED,
        PAUSED,
        ABORTED
    }

    /// Opens a new ceremony; its first entry is durable when this returns. A live one is held under an approval only.
    public static UUID open(Script script, Site site, Ledger ledger, UUID id, Instant now) {
        Standing standing = Approvals.of(ledger).standing(script, now);
        if (site.mode() == Site.Mode.LIVE && standing.approval().isEmpty()) {
            throw Problem.of("approval.missing", script.title(), standing.words())
                    .asException();
        }
        byte[] siteText = site.toJson().canonical();
        Script.DocumentControl document = script.document();
        Json.Builder data = Json.obj()
                .put("script", script.digest().artefactName())
                .put("script_id", script.id())
                .put("version", script.version())
                .put("title", script.title())
                .put("kind", script.kind())
                .put("site", Digest.of(siteText).artefactName())
                .put("mode", site.mode().wire())
                .put("organisation", site.organisation())
                .put("place", site.place())
                .put("planned_minutes", script.plannedMinutes())
                .put(
                        "document",
                        Json.obj()
                                .put("owner", document.owner())
                                .put("reviewers", Json.strings(document.reviewers()))
                                .put("approvers", Json.strings(document.approvers()))
                                .put("classification", document.classification())
                                .put("retention", document.retention())
                                .put("next_review", document.nextReview())
                                .put("implements", document.implementsPolicy())
                                .putIfPresent(
                                        "repeat_months", document.repeatMonths().map(months -> Json.of(months)))
                                .build())
                .put("approval", approval(standing));
        parts(script).ifPresent(parts -> data.put("parts", parts));
        waivers(script).ifPresent(waivers -> data.put("waivers", waivers));
        var artefacts = new ArrayList<byte[]>();
        Stream.concat(
                        Stream.of(script.source(), siteText),
                        script.parts().stream().map(Part::bytes))
                .filter(bytes -> ledger.artefact(Digest.of(bytes)).isEmpty())
                .forEach(artefacts::add);
        ledger.append(
                Draft.ofCeremony(EntryType.CEREMONY_OPEN, id, data.build()).with(artefacts));
        return id;
    }

    private static Json.Obj approval(Standing standing) {
        Json.Builder approval = Json.obj().put("words", standing.words());
        standing.approval()
                .ifPresent(given -> approval.put("entry", given.seq())
                        .put("next_review", given.nextReview().toString())
                        .put(
                                "approvers",
                                Json.array(given.approvers().stream()
                                        .map(one -> Json.obj()
                                                .put("person", one.person())
                                                .put("name", one.name())
                                                .put("roles", Json.strings(one.roles()))
                                                .put("at", UtcTime.format(one.at()))
                                                .build())
                                        .toList())));
        return approval.build();
    }

    private static Optional<Json> parts(Script script) {
        List<Json> parts = script.parts().stream()
                .<Json>map(part -> Json.obj()
                        .put("file", part.file())
                        .put("artefact", part.digest().artefactName())
                        .build())
                .toList();
        return parts.isEmpty() ? Optional.empty() : Optional.of(Json.array(parts));
    }

    private static Optional<Json> waivers(Script script) {
        List<Json> waivers = script.waivers().stream()
                .<Json>map(waiver -> Json.obj()
                        .put("rule", waiver.rule())
                        .put("at", waiver.at())
                        .put("reason", waiver.reason())
                        .build())
                .toList();
        return waivers.isEmpty() ? Optional.empty() : Optional.of(Json.array(waivers));
    }

    /// Conducts ceremony `id` until it is closed, paused or aborted. Runs on the caller's thread and blocks on the
    /// front.
    public static Ending conduct(UUID id, Script script, Equipment equipment, Console console, Front front) {
        var journal = new Journal(equipment.ledger(), id);
        Ceremony ceremony = journal.now();
        if (!ceremony.script().equals(script.digest())) {
            throw Problem.of(
                            "ceremony.other_script",
                            script.digest().grouped(),
                            ceremony.script().grouped())
                    .asException();
        }
        Digest site = Digest.of(equipment.site().toJson().canonical());
        Digest opened = Digest.fromArtefactName(ceremony.opening().string("site"));
        if (!site.equals(opened)) {
            throw Problem.of("ceremony.other_site", site.grouped(), opened.grouped())
                    .asException();
        }
        try (var setting = new Setting(script, equipment, console, front, journal)) {
            return new Conductor(setting).run(ceremony);
        }
    }

    private Ending run(Ceremony ceremony) {
        if (ceremony.status() == Ceremony.Status.ABORTED) {
            leave();
            return Ending.ABORTED;
        }
        try {
            resume(ceremony);
            for (Step step : setting.script().steps().toList()) {
                if (courses.taken(step, setting.journal().now()::chosen)) {
                    perform(step);
                }
            }
            finish();
            return Ending.CLOSED;
        } catch (CeremonyStopped stopped) {
            if (setting.journal().now().status() == Ceremony.Status.ABORTED) {
                leave();
                return Ending.ABORTED;
            }
            return Ending.PAUSED;
        }
    }

    private void perform(Step step) {
        while (!setting.journal().now().finished(step.id())) {
            attempt(step);
        }
    }

    /// A ceremony that has begun goes on where it was; what nobody knows the outcome of is looked at first.
    private void resume(Ceremony ceremony) {
        switch (ceremony.status()) {
            case ABORTED -> throw new IllegalStateException("an aborted ceremony does not go on");
            case PAUSED -> resumed("pause");
            case RUNNING -> {
                if (ceremony.entries().size() == 1) {
                    setting.journal().append(EntryType.CHECKPOINT, Checkpoints.next(setting));
                } else {
                    resumed("stop");
                }
            }
            // Its record and anchors speak of all entries, so nothing more may be written.
            case CLOSED -> {
                if (!ceremony.complete()) {
                    resumed("stop");
                }
            }
        }
        settleIntents();
    }

    private void resumed(String after) {
        setting.journal()
                .append(EntryType.RESUME, Json.obj().put("after", after).build());
    }

    /// What was done before people aborted needs a record as much as what they finished.
    private void leave() {
        Ceremony ceremony = setting.journal().now();
        if (!ceremony.complete()) {
            Entry abort = ceremony.of(EntryType.ABORT).findFirst().orElseThrow();
            BreakGlassActs.sayWhatIsDue(setting, Optional.empty());
            var last = new LastEntries(setting, Optional.empty(), abort.seq());
            Head head = last.checkpoint();
            last.export();
            last.anchorOnPaper(head);
            last.anchorOnCards(head);
            last.anchorInMirror();
        }
        finish();
    }

    /// The last checkpoint covers everything before it; then the copies that must hold it are laid down, and people
    /// are shown where they are.
    private void finish() {
        if (!setting.journal().now().complete()) {
            setting.journal().append(EntryType.CHECKPOINT, Checkpoints.next(setting));
        }
        Ceremony ceremony = setting.journal().now();
        Console.Evidence evidence = setting.console().finish(ceremony.id());
        // Once more, now with its own anchor and the last checkpoint.
        var _ = LastEntries.mirror(setting);
        // The evidence is laid down: nothing more goes on record, so there is only one answer.
        setting.front()
                .ask(new Question.Closed(
                        "closed",
                        ceremony.status() == Ceremony.Status.ABORTED ? Ending.ABORTED : Ending.CLOSED,
                        evidence.folder(),
                        evidence.record(),
                        evidence.files().stream().map(Console.MadeFile::name).toList()));
    }

    /// What nobody knows the outcome of is looked at before anything else happens.
    private void settleIntents() {
        setting.journal().now().openIntents().forEach(setting.reconciler()::settle);
    }

    private void attempt(Step step) {
        StepRun run = openRun(step);
        var stage = new Stage(setting, step);
        try {
            String summary = performers.perform(step, stage);
            setting.splits().replaceAll(stage);
            stage.keepCallLog();
            end(step, run, "done", summary, Optional.empty());
        } catch (StepFailed failed) {
            setting.splits().replaceAll(stage);
            stage.keepCallLog();
            decide(step, run, failed.problem(), failed.isOverridable());
        } catch (ProblemException failed) {
            // A ledger that could not be written ends everything: there is no memory to go on with.
            if (failed.problem().id().startsWith("ledger.")) {
                throw failed;
            }
            setting.splits().replaceAll(stage);
            stage.keepCallLog();
            decide(step, run, failed.problem(), false);
        }
    }

    private StepRun openRun(Step step) {
        Ceremony ceremony = setting.journal().now();
        Optional<StepRun> open =
                ceremony.latest(step.id()).filter(run -> run.end().isEmpty());
        return open.orElseGet(() -> begin(step, ceremony.attempts(step.id()).size() + 1));
    }

    private StepRun begin(Step step, int attempt) {
        Entry start = setting.journal()
                .append(
                        EntryType.STEP_START,
                        step.id(),
                        Json.obj()
                                .put("number", setting.script().number(step))
                                .put("kind", StepKind.of(step))
                                .put("title", step.title())
                                .put("say", step.head().say())
                                .put("attempt", attempt)
                                .put("by", step.head().by())
                                .put("witnessed_by", step.head().witnessedBy())
                                .put("planned_minutes", step.head().minutes())
                                .build());
        return new StepRun(step.id(), attempt, List.of(start));
    }

    /// People say how to go on after a failed attempt. An override needs an exception sheet and stays visible.
    private void decide(Step step, StepRun run, Problem problem, boolean overridable) {
        settleIntents();
        setting.front().notice(problem);
        var options = new ArrayList<Question.Option>();
        options.add(option("retry"));
        if (overridable) {
            options.add(option("override"));
        }
        options.add(option("abort"));
        String choice = setting.ask(
                Optional.of(step.id()),
                new Question.Choose(
                        Question.Choose.AFTER_FAILURE,
                        problem.what(),
                        problem.cause() + " " + problem.next(),
                        options));
        switch (choice) {
            case "override" -> {
                long sheets = exceptions(step);
                if (sheets == 0) {
                    setting.front().notice(Problem.of("ceremony.override_needs_sheet"));
                    decide(step, run, problem, true);
                    return;
                }
                end(step, run, "overridden", problem.what(), Optional.of(problem));
            }
            case "abort" -> {
                end(step, run, "failed", problem.what(), Optional.of(problem));
                setting.journal()
                        .append(
                                EntryType.ABORT,
                                Json.obj().put("why", problem.what()).build());
                throw new CeremonyStopped(problem.what());
            }
            default -> end(step, run, "failed", problem.what(), Optional.of(problem));
        }
    }

    private long exceptions(Step step) {
        return setting.journal()
                .now()
                .latest(step.id())
                .orElseThrow()
                .of(EntryType.EXCEPTION)
                .count();
    }

    private static Question.Option option(String id) {
        return new Question.Option(
                id,
                Texts.get("ceremony.choice." + id + ".button"),
                Texts.get("ceremony.choice." + id + ".consequence"));
    }

    private void end(Step step, StepRun run, String result, String summary, Optional<Problem> problem) {
        Json.Builder data =
                Json.obj().put("attempt", run.attempt()).put("result", result).put("summary", summary);
        problem.ifPresent(p -> data.put("problem", p.toJson()));
        setting.journal().append(EntryType.STEP_END, step.id(), data.build());
        // A checkpoint after each step that changed an HSM, so that no such act can be cut off unseen.
        if (setting.journal()
                .now()
                .latest(step.id())
                .orElseThrow()
                .of(EntryType.INTENT)
                .findAny()
                .isPresent()) {
            setting.journal().append(EntryType.CHECKPOINT, Checkpoints.next(setting));
        }
    }
}
