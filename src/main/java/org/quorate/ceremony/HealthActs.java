package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.hsm.HealthCheck;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.Latency;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.RandomTests;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenRoom;
import org.quorate.hsm.TokenState;
import org.quorate.script.Step;

/// A token is looked over: what is left of it, whether its random bytes are any, what it denies and how fast it
/// answers.
final class HealthActs {
    private HealthActs() {}

    static String check(Step.CheckHealth step, Stage stage) {
        Token token = stage.token(step.token());
        String title = stage.script().cast().token(step.token()).title();
        stage.observe(Observation.sensed("room", Texts.get("ceremony.room.label", title), room(token.info()))
                .detail(token.info().toJson().with("role", Json.of(step.token()))));
        slots(step, stage);
        TokenActs.mechanisms(stage, step.token(), token);
        var wrong = new ArrayList<String>();
        random(step, stage, token, title, wrong);
        denied(step, stage, title, wrong);
        latencies(step, stage, token);
        stage.keepCallLog();
        if (!wrong.isEmpty()) {
            throw StepFailed.overridable(Problem.of("ceremony.not_healthy", title, String.join("; ", wrong)));
        }
        return Texts.get("ceremony.health.done", title);
    }

    /// What the module shows beside the token: one that should not be there is seen too.
    private static void slots(Step.CheckHealth step, Stage stage) {
        Hsm hsm = stage.hsm(step.token());
        List<TokenInfo> tokens = hsm.tokens().stream().map(Token::info).toList();
        List<String> empty = hsm.emptySlots();
        String found = tokens.stream().map(HealthActs::inSlot).collect(Collectors.joining("; "));
        stage.observe(Observation.sensed(
                        "slots",
                        Texts.get("ceremony.slots.label"),
                        Texts.get("ceremony.slots.text", tokens.size(), empty.size(), found))
                .detail(Json.obj()
                        .put("role", step.token())
                        .put(
                                "tokens",
                                Json.array(tokens.stream()
                                        .map(info -> (Json) info.identity()
                                                .with("slot", Json.of(info.slot()))
                                                .with("flags", Json.strings(new TreeSet<>(info.flags()))))
                                        .toList()))
                        .put("empty", Json.strings(empty))
                        .build()));
    }

    private static String inSlot(TokenInfo info) {
        String states = info.states().stream().map(TokenState::text).collect(Collectors.joining(", "));
        String name = info.initialised() ? info.serial() + " \"" + info.label() + "\"" : String.valueOf(info.slot());
        return states.isEmpty() ? name : name + " (" + states + ")";
    }

    private static String room(TokenInfo info) {
        TokenRoom room = info.room();
        String sessions = room.sessions().map(String::valueOf).orElse(Texts.get("ceremony.not_reported"));
        String most = room.maxSessions()
                .map(max -> max == TokenRoom.UNLIMITED ? Texts.get("ceremony.room.unlimited") : String.valueOf(max))
                .orElse(Texts.get("ceremony.not_reported"));
        String free = room.freePrivate().map(String::valueOf).orElse(Texts.get("ceremony.not_reported"));
        String open = room.freePublic().map(String::valueOf).orElse(Texts.get("ceremony.not_reported"));
        return Texts.get("ceremony.room.text", sessions, most, free, open);
    }

    private static void random(Step.CheckHealth step, Stage stage, Token token, String title, List<String> wrong) {
        if (stage.run().observation("random_tests").isEmpty()) {
            stage.working("ceremony.working.random", title);
            List<RandomTests.Result> results = HealthCheck.random(token).orThrow();
            boolean passed = results.stream().allMatch(RandomTests.Result::passed);
            stage.observe(Observation.sensed(
                            "random_tests",
                            Texts.get("ceremony.random.label", title),
                            Texts.get(passed ? "ceremony.random.passed" : "ceremony.random.failed"))
                    .verdict(passed)
                    .detail(Json.obj()
                            .put("role", step.token())
                            .put(
                                    "tests",
                                    Json.array(results.stream()
                                            .map(HealthActs::json)
                                            .toList()))
                            .build()));
        }
        if (differs(stage, "random_tests")) {
            wrong.add(Texts.get("ceremony.random.failed"));
        }
    }

    /// The ledger's JSON has no fractions.
    private static Json json(RandomTests.Result result) {
        return Json.obj()
                .put("test", result.kind().name().toLowerCase(Locale.ROOT))
                .put("source", result.source())
                .put("found", String.format(Locale.ROOT, "%.2f", result.found()))
                .put("limit", String.format(Locale.ROOT, "%.2f", result.limit()))
                .put("passed", result.passed())
                .build();
    }

    private static void denied(Step.CheckHealth step, Stage stage, String title, List<String> wrong) {
        if (stage.run().observation("denied_operations").isEmpty()) {
            stage.working("ceremony.working.denied", title);
            List<HealthCheck.Denied> tried = stage.withLogin(step.token(), PinKind.USER, HealthCheck::denied);
            long denied = tried.stream().filter(HealthCheck.Denied::denied).count();
            stage.observe(Observation.sensed(
                            "denied_operations",
                            Texts.get("ceremony.denied.label", title),
                            Texts.get("ceremony.denied.text", denied, tried.size()))
                    .verdict(denied == tried.size())
                    .detail(Json.obj()
                            .put("role", step.token())
                            .put(
                                    "operations",
                                    Json.array(tried.stream()
                                            .map(one -> (Json) one.toJson().with("text", Json.of(one.text())))
                                            .toList()))
                            .build()));
        }
        if (differs(stage, "denied_operations")) {
            wrong.add(Texts.get("ceremony.denied.not_all"));
        }
    }

    private static void latencies(Step.CheckHealth step, Stage stage, Token token) {
        if (stage.run().observation("latencies").isPresent()) {
            return;
        }
        stage.working("ceremony.working.latencies", step.calls());
        List<Latency> found = stage.withLogin(
                step.token(),
                PinKind.USER,
                session -> HealthCheck.latencies(
                        token, session, step.calls(), stage.equipment().workstation()::nanos));
        stage.observe(Observation.sensed(
                        "latencies",
                        Texts.get("ceremony.latencies.label"),
                        Texts.get("ceremony.latencies.text", found.size(), step.calls()))
                .detail(Json.obj()
                        .put("role", step.token())
                        .put(
                                "operations",
                                Json.array(found.stream()
                                        .map(one -> (Json) one.toJson()
                                                .with("text", Json.of(Texts.get("hsm.operation." + one.operation()))))
                                        .toList()))
                        .build()));
    }

    private static boolean differs(Stage stage, String name) {
        return stage.run()
                .observation(name)
                .orElseThrow()
                .data()
                .string("verdict")
                .equals("differs");
    }
}
