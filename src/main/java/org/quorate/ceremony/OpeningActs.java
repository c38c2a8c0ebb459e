package org.quorate.ceremony;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.ledger.Cosign.Meaning;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.script.Step;

/// What comes before the HSM is touched: papers, people, clock, workstation.
final class OpeningActs {
    /// A person reads a clock and types; nobody does that to better than this.
    private static final long TYPING_MILLIS = 2_000;

    private OpeningActs() {}

    static String confirm(Step.Confirm step, Stage stage) {
        for (Step.Field field : step.enter()) {
            stage.enter(field.name(), field.label(), "", OpeningActs::notBlank);
        }
        stage.confirm("confirmed", step.statement(), Texts.get("ceremony.button.confirm"));
        return step.statement();
    }

    static String readScriptDigest(Stage stage) {
        String approval = stage.ceremony()
                .opening()
                .optionalObject("approval")
                .map(given -> given.string("words"))
                .orElseGet(() -> Texts.get("approval.none"));
        boolean rehearsal = stage.equipment().site().mode() == Site.Mode.REHEARSAL;
        boolean approved = stage.ceremony()
                .opening()
                .optionalObject("approval")
                .filter(given -> given.has("entry"))
                .isPresent();
        String words = approved || !rehearsal ? approval : Texts.get("approval.rehearsal_only", approval);
        stage.observe(Observation.sensed("script_approval", Texts.get("approval.label"), words));
        var digest = Exhibit.of(
                Texts.get("ceremony.script_digest.label"), stage.script().digest());
        stage.compare("script_digest", digest, Texts.get("ceremony.script_digest.against", inBrackets(words)));
        return Texts.get("ceremony.script_digest.done");
    }

    private static String inBrackets(String sentences) {
        return sentences.endsWith(".") ? sentences.substring(0, sentences.length() - 1) : sentences;
    }

    static String rollCall(Stage stage) {
        var called = new LinkedHashSet<Participant>();
        stage.script().cast().roles().keySet().forEach(role -> called.addAll(stage.people(role)));
        for (Participant participant : called) {
            if (present(participant, stage)) {
                Entry arrived = arrival(participant, stage);
                String title = Texts.get("ceremony.roll_call.card", participant.name());
                Entry signed = stage.gathering().witness(arrived, Meaning.WITNESS, participant, title);
                if (Gathering.rejects(signed)) {
                    throw StepFailed.overridable(Problem.of(
                            "ceremony.not_so",
                            title,
                            stage.reasonOf(participant).orElse("")));
                }
            }
        }
        List<Participant> here = present(stage);
        for (Map.Entry<String, Quorum> quorum : stage.script().cast().quorums().entrySet()) {
            long holding = here.stream().filter(quorum.getValue()::admits).count();
            if (holding < quorum.getValue().m()) {
                throw StepFailed.hard(Problem.of(
                        "ceremony.quorum_absent",
                        quorum.getKey(),
                        quorum.getValue().m(),
                        holding));
            }
        }
        return Texts.get("ceremony.roll_call.done", here.size());
    }

    private static boolean present(Participant participant, Stage stage) {
        String name = "present-" + participant.person();
        Entry entry = stage.run().observation(name).orElseGet(() -> {
            String statement = Texts.get("ceremony.roll_call.statement", participant.name(), roles(participant, stage));
            Verdict verdict = stage.ask(new Question.Confirm(
                    name, statement, stage.performers(), Texts.get("ceremony.button.present"), Optional.empty()));
            return stage.observe(
                    switch (verdict) {
                        case Verdict.Yes() ->
                            Observation.stated(name, statement, Texts.get("ceremony.present"), stage.performers())
                                    .verdict(true);
                        case Verdict.No(var because) ->
                            Observation.stated(name, statement, Texts.get("ceremony.absent"), stage.performers())
                                    .verdict(false)
                                    .because(because);
                    });
        });
        return entry.data().string("verdict").equals("matches");
    }

    private static Entry arrival(Participant participant, Stage stage) {
        return stage.run()
                .of(EntryType.PARTICIPANT)
                .filter(entry -> entry.data().string("person").equals(participant.person()))
                .findFirst()
                .orElseGet(() -> stage.append(
                        EntryType.PARTICIPANT,
                        Json.obj()
                                .put("event", "arrived")
                                .put("person", participant.person())
                                .put("name", participant.name())
                                .put("organisation", participant.organisation())
                                .put(
                                        "roles",
                                        Json.strings(participant.roles().stream()
                                                .sorted()
                                                .toList()))
                                .put("key", participant.keys().getLast().hex())
                                .put("identity", Texts.get("ceremony.roll_call.identity"))
                                .build()));
    }

    private static String roles(Participant participant, Stage stage) {
        return stage.script().cast().roles().entrySet().stream()
                .filter(role -> participant.holds(role.getKey()))
                .map(role -> role.getValue().title())
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }

    /// Those on record as arrived, in the order of the roster.
    static List<Participant> present(Stage stage) {
        List<String> arrived = stage.ceremony().present().stream()
                .map(entry -> entry.data().string("person"))
                .toList();
        return stage.setting().roster().people().stream()
                .filter(p -> arrived.contains(p.person()))
                .toList();
    }

    static String checkClock(Step.CheckClock step, Stage stage) {
        String typed = stage.enter(
                "reference_time",
                Texts.get("ceremony.clock.label"),
                Texts.get("ceremony.clock.hint"),
                text -> parse(text).isPresent() ? Optional.empty() : Optional.of(Texts.get("ceremony.clock.form")));
        Entry entered = stage.run().observation("reference_time").orElseThrow();
        // The entry's own time is when the person pressed the button, also where the step is resumed.
        Instant console = entered.time();
        Duration offset = offset(parse(typed).orElseThrow(), console);
        boolean close = offset.abs().toSeconds() <= step.maxOffsetSeconds();
        stage.observe(Observation.compared(
                        "clock",
                        Texts.get("ceremony.clock.offset.label"),
                        Texts.get("ceremony.clock.offset.text", offset.toMillis() / 1000),
                        stage.performers())
                .expected(Texts.get("ceremony.clock.expected", step.maxOffsetSeconds()), close)
                .detail(Json.obj()
                        .put("console", UtcTime.format(console))
                        .put("reference", typed)
                        .put("offset_ms", offset.toMillis())
                        .put("uncertainty_ms", TYPING_MILLIS)
                        .build()));
        if (!close) {
            throw StepFailed.overridable(Problem.of("ceremony.clock_off", offset.toSeconds(), step.maxOffsetSeconds()));
        }
        return Texts.get("ceremony.clock.done", offset.toSeconds());
    }

    private static Optional<LocalTime> parse(String text) {
        try {
            return Optional.of(LocalTime.parse(text.strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// The nearest moment with that time of day: midnight may lie between the two clocks.
    private static Duration offset(LocalTime reference, Instant console) {
        Duration offset =
                Duration.between(reference, console.atZone(ZoneOffset.UTC).toLocalTime());
        if (offset.toHours() >= 12) {
            return offset.minusDays(1);
        }
        return offset.toHours() <= -12 ? offset.plusDays(1) : offset;
    }

    static String checkWorkstation(Stage stage) {
        Json.Obj facts = stage.equipment().workstation().facts();
        List<String> up = facts.objects("interfaces").stream()
                .filter(i -> i.bool("up"))
                .map(i -> i.string("name"))
                .toList();
        stage.observe(
                Observation.sensed("workstation", Texts.get("ceremony.workstation.label"), facts.string("machine"))
                        .detail(facts));
        stage.observe(Observation.sensed(
                        "network",
                        Texts.get("ceremony.network.label"),
                        up.isEmpty() ? Texts.get("ceremony.network.none") : String.join(", ", up))
                .expected(Texts.get("ceremony.network.none"), up.isEmpty()));
        // A rehearsal is often held on a machine with a network; a live ceremony is not.
        if (!up.isEmpty() && stage.equipment().site().mode() == Site.Mode.LIVE) {
            throw StepFailed.overridable(Problem.of("ceremony.network_up", String.join(", ", up)));
        }
        stage.confirm(
                "workstation_confirmed",
                Texts.get("ceremony.workstation.statement"),
                Texts.get("ceremony.button.confirm"));
        return Texts.get("ceremony.workstation.done", facts.string("machine"));
    }

    static Optional<String> notBlank(String text) {
        return text.isBlank() ? Optional.of(Texts.get("ceremony.enter.blank")) : Optional.empty();
    }
}
