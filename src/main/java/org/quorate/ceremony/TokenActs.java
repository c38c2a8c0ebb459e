package org.quorate.ceremony;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.hsm.Admission;
import org.quorate.hsm.Mechanism;
import org.quorate.hsm.ModuleInfo;
import org.quorate.hsm.Operation;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.script.Script.TokenSpec;
import org.quorate.script.Step;
import org.quorate.script.Step.CheckConnection.Connection;

/// A token is found by its serial, attacked before it is trusted, and initialised.
final class TokenActs {
    private TokenActs() {}

    static String identify(Step.IdentifyToken step, Stage stage) {
        Token token = stage.token(step.token());
        TokenInfo info = token.info();
        ModuleInfo module = stage.hsm(step.token()).module();
        String title = stage.script().cast().token(step.token()).title();
        stage.observe(Observation.sensed("module", Texts.get("ceremony.module.label"), module.description())
                .detail(module.toJson()));
        stage.observe(Observation.sensed("token", Texts.get("ceremony.token.label", title), describe(info))
                .detail(info.toJson().with("role", Json.of(step.token()))));
        VendorActs.tellExperience(stage, step.token());
        mechanisms(stage, step.token(), token);
        try (TokenSession session = token.open(new Token.Login.None()).orThrow()) {
            objects(stage, step.token(), "before", session);
        }
        stage.compare(
                "serial",
                Exhibit.of(Texts.get("ceremony.serial.label", title), info.serial()),
                Texts.get("ceremony.serial.against"));
        return Texts.get("ceremony.identify.done", title, info.serial());
    }

    /// With the sizes of their keys.
    static void mechanisms(Stage stage, String role, Token token) {
        List<Mechanism> mechanisms = token.mechanisms();
        stage.observe(Observation.sensed(
                        "mechanisms",
                        Texts.get("ceremony.mechanisms.label"),
                        Texts.get("ceremony.mechanisms.text", mechanisms.size()))
                .detail(Json.obj()
                        .put("role", role)
                        .put(
                                "mechanisms",
                                Json.array(mechanisms.stream()
                                        .map(Mechanism::toJson)
                                        .toList()))
                        .build()));
    }

    /// People say that the token was taken away, or is back, and the console looks.
    static String checkConnection(Step.CheckConnection step, Stage stage) {
        String role = step.token();
        String title = stage.script().cast().token(role).title();
        String wire = step.expect().wire();
        stage.confirm(
                "cable",
                Texts.get("ceremony.connection." + wire + ".statement", title),
                Texts.get("ceremony.connection." + wire + ".button"),
                stage.equipment()
                        .hsms()
                        .cable(role)
                        .map(cable -> new Question.PracticeAct(
                                Texts.get("ceremony.connection." + wire + ".practice"),
                                step.expect() == Connection.ABSENT ? cable::pull : cable::plugIn)));
        stage.working("ceremony.working.connection", title);
        Optional<Problem> silence = silence(role, stage);
        Connection found = silence.isEmpty() ? Connection.PRESENT : Connection.ABSENT;
        stage.observeAgain(Observation.sensed(
                        "connection",
                        Texts.get("ceremony.connection.label", title),
                        silence.map(Problem::what).orElseGet(() -> Texts.get("ceremony.connection.answers")))
                .expected(Texts.get("ceremony.connection.expected." + wire), found == step.expect())
                .detail(Json.obj().put("role", role).put("found", found.wire()).build()));
        if (found != step.expect()) {
            throw StepFailed.overridable(Problem.of("ceremony.connection_" + found.wire(), title));
        }
        return Texts.get("ceremony.connection." + wire + ".done", title);
    }

    /// Why the token does not answer; empty where it does.
    private static Optional<Problem> silence(String role, Stage stage) {
        try {
            stage.token(role);
            return Optional.empty();
        } catch (StepFailed failed) {
            return Optional.of(failed.problem());
        } catch (ProblemException failed) {
            return Optional.of(failed.problem());
        }
    }

    /// What lies on the token, as far as this session may see it.
    static void objects(Stage stage, String role, String when, TokenSession session) {
        boolean seen = stage.run()
                .of(EntryType.OBSERVATION)
                .map(Entry::data)
                .filter(data -> data.string("name").equals("objects"))
                .map(data -> data.object("detail"))
                .anyMatch(detail -> detail.string("role").equals(role)
                        && detail.string("when").equals(when));
        if (seen) {
            return;
        }
        String title = stage.script().cast().token(role).title();
        List<TokenObject> there = session.objects().stream()
                .filter(TokenObject::onToken)
                .sorted(Comparator.comparing(object -> object.toJson().text()))
                .toList();
        stage.observeAgain(Observation.sensed(
                        "objects",
                        Texts.get("ceremony.objects.label", title),
                        Texts.get("ceremony.objects." + when, there.size()))
                .detail(Json.obj()
                        .put("role", role)
                        .put("when", when)
                        .put(
                                "objects",
                                Json.array(
                                        there.stream().map(TokenObject::toJson).toList()))
                        .build()));
    }

    private static String describe(TokenInfo info) {
        return Texts.get(
                "ceremony.token.text", info.manufacturer(), info.model(), info.firmwareVersion(), info.serial());
    }

    static String admit(Step.AdmitToken step, Stage stage) {
        String title = stage.script().cast().token(step.token()).title();
        stage.working("ceremony.working.admit", title);
        // A token that is about to be initialised has no PIN that anybody here would know.
        boolean factory = stage.script().cast().token(step.token()).state() == TokenSpec.State.FACTORY;
        Admission.Result attacked = factory
                ? withoutLogin(step, stage)
                : stage.withLogin(step.token(), PinKind.USER, session -> Admission.run(session, "user"));
        Admission.Result result = attacked.with(serial(step, stage));
        // What is only noted is no attack.
        int attacks =
                result.findings().size() - result.of(Admission.Verdict.NOTED).size();
        long failed =
                result.findings().stream().filter(finding -> !finding.passed()).count();
        stage.observe(Observation.sensed(
                        "admission",
                        Texts.get("ceremony.admission.label", title),
                        Texts.get("ceremony.admission.text", attacks - failed, attacks))
                .verdict(failed == 0)
                .detail(result.toJson().with("role", Json.of(step.token()))));
        List<String> open = texts(result, Admission.Verdict.NOT_TRIED);
        List<String> lost = texts(result, Admission.Verdict.FAILED);
        if (!lost.isEmpty()) {
            throw StepFailed.hard(Problem.of("ceremony.not_admitted", title, String.join("; ", lost)));
        }
        if (!open.isEmpty()) {
            throw StepFailed.hard(Problem.of("ceremony.not_attacked", title, String.join("; ", open)));
        }
        return Texts.get("ceremony.admission.done", title, attacks);
    }

    private static List<String> texts(Admission.Result result, Admission.Verdict verdict) {
        return result.of(verdict).stream().map(Admission.Finding::text).toList();
    }

    private static Admission.Finding serial(Step.AdmitToken step, Stage stage) {
        List<TokenInfo> present =
                stage.hsm(step.token()).tokens().stream().map(Token::info).toList();
        return Admission.serial(stage.token(step.token()).info(), present);
    }

    private static Admission.Result withoutLogin(Step.AdmitToken step, Stage stage) {
        try (TokenSession session =
                stage.token(step.token()).open(new Token.Login.None()).orThrow()) {
            return Admission.run(session, "none");
        }
    }

    static String initialise(Step.InitialiseToken step, Stage stage) {
        Token token = stage.token(step.token());
        TokenInfo before = token.info();
        String title = stage.script().cast().token(step.token()).title();
        stage.observe(Observation.sensed(
                        "token_before",
                        Texts.get("ceremony.token_before.label", title),
                        Texts.get("ceremony.token_before.text", before.label(), before.serial()))
                .detail(before.toJson().with("role", Json.of(step.token()))));
        Approval approval = stage.approve(
                Operation.INITIALISE,
                step.quorum(),
                Texts.get("ceremony.statement.initialise", title, before.model(), before.serial(), step.label())
                        + SplitActs.words(step, stage),
                () -> KeyActs.intentOnToken(Operation.INITIALISE, step.token(), before)
                        .put("template", SplitActs.template(step, stage))
                        .put("expect", Texts.get("ceremony.expect.initialise", step.label()))
                        .build());
        if (stage.run().of(EntryType.INTENT).findAny().isEmpty()) {
            freshPin(stage, step, PinKind.SECURITY_OFFICER);
            freshPin(stage, step, PinKind.USER);
        }
        stage.commit(
                Texts.get("ceremony.commit.initialise", title),
                Texts.get("ceremony.consequence.initialise", title),
                List.of(
                        Exhibit.of(Texts.get("ceremony.fact.serial"), before.serial()),
                        Exhibit.of(Texts.get("ceremony.fact.label"), before.label()),
                        Exhibit.of(Texts.get("ceremony.fact.model"), before.manufacturer() + " " + before.model()),
                        Exhibit.of(Texts.get("ceremony.fact.flags"), flags(before.flags()))),
                approval,
                before);
        Json.Obj observed = stage.act(
                approval,
                Texts.get("ceremony.working.initialise", title),
                () -> SplitActs.initialise(step, stage, token));
        forgetSplit(stage, step);
        TokenInfo now = stage.token(step.token()).info();
        if (!now.label().equals(step.label()) || !now.has("CKF_USER_PIN_INITIALIZED")) {
            throw StepFailed.hard(Problem.of("ceremony.not_initialised", title, step.label(), now.label()));
        }
        stage.observe(Observation.sensed(
                        "token", Texts.get("ceremony.token.label", title), describeAfter(stage.token(step.token())))
                .detail(stage.token(step.token()).info().toJson().with("role", Json.of(step.token()))));
        return Texts.get(
                "ceremony.initialise.done",
                title,
                observed.optionalString("serial").orElse(before.serial()));
    }

    private static String describeAfter(Token token) {
        return Texts.get(
                "ceremony.token_before.text", token.info().label(), token.info().serial());
    }

    private static void forgetSplit(Stage stage, Step.InitialiseToken step) {
        for (PinKind kind : PinKind.values()) {
            if (SplitActs.holder(step, kind) instanceof Step.PinHolder.Cards) {
                SplitActs.forget(step.token(), kind, stage);
            }
        }
    }

    static String changePin(Step.ChangePin step, Stage stage) {
        String role = step.token();
        PinKind kind = step.pin();
        String title = stage.script().cast().token(role).title();
        TokenInfo before = stage.token(role).info();
        Approval approval = stage.approve(
                Operation.CHANGE_PIN,
                step.quorum(),
                Texts.get("ceremony.statement.change_pin." + kind.wire(), title, before.label(), before.serial())
                        + step.split()
                                .map(quorum -> SplitActs.words(quorum, kind, stage))
                                .orElse(""),
                () -> KeyActs.intentOnToken(Operation.CHANGE_PIN, role, before)
                        .put("template", SplitActs.template(step, stage))
                        .put("expect", Texts.get("ceremony.expect.change_pin"))
                        .build());
        if (stage.run().of(EntryType.INTENT).findAny().isEmpty()) {
            changePin(stage, approval, step, title);
        } else {
            stage.act(approval, "", () -> {
                throw new IllegalStateException("an act that was begun is never begun again");
            });
            newPinLogsIn(stage, role, kind);
        }
        stage.observe(Observation.sensed(
                        "pin_changed",
                        Texts.get("ceremony.pin_changed.label." + kind.wire(), title),
                        Texts.get("ceremony.pin_changed.text"))
                .verdict(true)
                .detail(Json.obj().put("role", role).put("pin", kind.wire()).build()));
        return Texts.get("ceremony.change_pin.done." + kind.wire(), title);
    }

    private static void changePin(Stage stage, Approval approval, Step.ChangePin step, String title) {
        String role = step.token();
        PinKind kind = step.pin();
        Optional<Secret> made = step.split().map(quorum -> SplitActs.prepared(role, kind, stage));
        // The old PIN is seen to be right before the intent, so that a wrong one is no failed act.
        stage.withLogin(role, kind, session -> true);
        Secret fresh = made.map(Secret::copy)
                .orElseGet(() -> stage.enterPin(role, stage.setting().freshPin(role, kind, stage.performers())));
        boolean kept = false;
        try {
            stage.act(
                    approval,
                    Texts.get("ceremony.working.change_pin", title),
                    () -> stage.token(role)
                            .changePin(kind, stage.pin(role, kind), fresh)
                            .map(TokenInfo::toJson));
            logsIn(stage, role, kind, fresh);
            SplitActs.forget(role, kind, stage);
            if (made.isEmpty()) {
                stage.setting().pins().keep(role, kind, fresh);
                kept = true;
            }
        } finally {
            if (!kept) {
                // Nobody knows which of the two holds, or nobody is to know it; it is asked for again.
                fresh.close();
                stage.setting().pins().forget(role, kind);
            }
        }
    }

    /// What was typed in before the stop is gone, so it is asked for once more.
    private static void newPinLogsIn(Stage stage, String role, PinKind kind) {
        if (stage.setting().splits().isSplit(role, kind)) {
            stage.withLogin(role, kind, session -> true);
            return;
        }
        try (Secret pin = stage.enterPin(role, stage.setting().pinToTry(role, kind, true, stage.performers()))) {
            logsIn(stage, role, kind, pin);
        }
    }

    /// The new PIN must log in; the old one is not tried, since that would cost a try.
    private static void logsIn(Stage stage, String role, PinKind kind, Secret pin) {
        switch (stage.token(role).open(Token.Login.of(kind, pin))) {
            case Outcome.Done<TokenSession>(var session) -> session.close();
            case Outcome.Refused<TokenSession>(var function, var rv) ->
                throw StepFailed.hard(Problem.of(
                        "ceremony.pin_not_changed",
                        stage.script().cast().token(role).title(),
                        rv));
            case Outcome.Unknown<TokenSession>(var function, var why) ->
                throw StepFailed.hard(Problem.of("hsm.unknown", function).withTechnical(why));
        }
    }

    private static void freshPin(Stage stage, Step.InitialiseToken step, PinKind kind) {
        String role = step.token();
        switch (SplitActs.holder(step, kind)) {
            case Step.PinHolder.Cards(var quorum) -> {
                var _ = SplitActs.prepared(role, kind, stage);
            }
            case Step.PinHolder.Typist(var by) -> {
                stage.setting().pins().forget(role, kind);
                if (stage.hasPinPad(role)) {
                    return;
                }
                Secret pin = stage.ask(stage.setting().freshPin(role, kind, stage.people(by)));
                stage.setting().pins().keep(role, kind, pin);
            }
        }
    }

    private static String flags(Set<String> flags) {
        return String.join(" ", new TreeSet<>(flags));
    }
}
