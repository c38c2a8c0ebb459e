package org.quorate.ceremony;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.script.Step;
import org.quorate.script.Step.PinHolder;

/// What initialising a token and changing a PIN do for PINs that are split. The PIN is made before the statement is
/// written, so that people approve the generation whose shares they have just seen open.
final class SplitActs {
    private SplitActs() {}

    static PinHolder holder(Step.InitialiseToken step, PinKind kind) {
        return kind == PinKind.USER ? step.userPinBy() : step.soPinBy();
    }

    /// The template of the act, for which each PIN that is to be split is made now.
    static Json.Obj template(Step.InitialiseToken step, Stage stage) {
        Json.Builder template = Json.obj().put("label", step.label());
        String role = step.token();
        if (step.soPinBy() instanceof PinHolder.Cards
                && stage.token(role).info().initialised()) {
            // C_InitToken takes the PIN that the security officer has now; it is seen to be right before anything else.
            stage.withLogin(role, PinKind.SECURITY_OFFICER, session -> true);
        }
        var so = holders(step, PinKind.SECURITY_OFFICER, stage);
        var user = holders(step, PinKind.USER, stage);
        for (PinKind kind : List.of(PinKind.SECURITY_OFFICER, PinKind.USER)) {
            if (holder(step, kind) instanceof PinHolder.Cards(var quorum)) {
                ShareSet made = new ShareMaking(stage, role, kind)
                        .make(
                                stage.script().cast().quorum(quorum),
                                kind == PinKind.USER ? so : user,
                                stage.setting().splits().random());
                template.put(kind.wire() + "_pin", ShareMaking.template(Json.obj(), made));
            }
        }
        return template.build();
    }

    private static Set<String> holders(Step.InitialiseToken step, PinKind kind, Stage stage) {
        return switch (holder(step, kind)) {
            case PinHolder.Typist(var role) -> persons(stage.people(role));
            case PinHolder.Cards(var name) -> {
                Quorum quorum = stage.script().cast().quorum(name);
                yield persons(stage.setting().roster().people().stream()
                        .filter(quorum::admits)
                        .toList());
            }
        };
    }

    private static Set<String> persons(List<Participant> people) {
        return people.stream().map(Participant::person).collect(Collectors.toCollection(HashSet::new));
    }

    static Json.Obj template(Step.ChangePin step, Stage stage) {
        Json.Builder template = Json.obj().put("pin", step.pin().wire());
        PinKind other = step.pin() == PinKind.USER ? PinKind.SECURITY_OFFICER : PinKind.USER;
        return step.split()
                .map(quorum -> new ShareMaking(stage, step.token(), step.pin())
                        .make(
                                stage.script().cast().quorum(quorum),
                                stage.setting().splits().persons(step.token(), other),
                                stage.setting().splits().random()))
                .map(made -> ShareMaking.template(template, made))
                .orElseGet(template::build);
    }

    /// What people read of it in the statement.
    static String words(String quorum, PinKind kind, Stage stage) {
        Quorum holders = stage.script().cast().quorum(quorum);
        String roles = holders.roles().stream()
                .map(role -> stage.script().cast().role(role).title())
                .collect(Collectors.joining(", "));
        return "\n" + Texts.get("ceremony.statement.split." + kind.wire(), holders.m(), roles);
    }

    static String words(Step.InitialiseToken step, Stage stage) {
        var words = new StringBuilder();
        for (PinKind kind : List.of(PinKind.SECURITY_OFFICER, PinKind.USER)) {
            if (holder(step, kind) instanceof PinHolder.Cards(var quorum)) {
                words.append(words(quorum, kind, stage));
            }
        }
        return words.toString();
    }

    /// The PIN that was made for the act. After a stop it is gone, and its shares are of no use: another one is made in
    /// another attempt, under the next number.
    static Secret prepared(String role, PinKind kind, Stage stage) {
        return stage.setting()
                .pins()
                .prepared(role, kind)
                .orElseThrow(() -> StepFailed.hard(Problem.of(
                        "ceremony.split_pin_forgotten",
                        stage.script().cast().token(role).title())));
    }

    /// C_InitToken, and where there was an SO PIN before C_SetPIN; then C_InitPIN.
    static Outcome<Json.Obj> initialise(Step.InitialiseToken step, Stage stage, Token token) {
        String role = step.token();
        Secret so = pin(step, PinKind.SECURITY_OFFICER, stage);
        Secret user = pin(step, PinKind.USER, stage);
        boolean replaced =
                step.soPinBy() instanceof PinHolder.Cards && token.info().initialised();
        Secret first = replaced ? stage.pin(role, PinKind.SECURITY_OFFICER) : so;
        return token.initialise(first, step.label())
                .then(info -> replaced
                        ? stage.token(role).changePin(PinKind.SECURITY_OFFICER, first, so)
                        : new Outcome.Done<>(info))
                .then(info -> stage.token(role).setUserPin(so, user))
                .map(TokenInfo::toJson);
    }

    private static Secret pin(Step.InitialiseToken step, PinKind kind, Stage stage) {
        return holder(step, kind) instanceof PinHolder.Cards
                ? prepared(step.token(), kind, stage)
                : stage.pin(step.token(), kind);
    }

    /// A PIN that is split is forgotten as soon as the token has it; the next login gathers its shares.
    static void forget(String role, PinKind kind, Stage stage) {
        stage.setting().pins().dropPrepared(role, kind);
        stage.setting().pins().forget(role, kind);
        stage.setting().splits().settled(role, kind);
    }
}
