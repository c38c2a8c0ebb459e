package org.quorate.ceremony;

import java.util.List;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.hsm.Operation;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;
import org.quorate.script.Step;

/// The end of a token: everything in it is destroyed, and that nothing is left is looked at from every side that
/// PKCS#11 has.
final class ZeroiseActs {
    private static final String EMPTY_LABEL = "zeroised";

    private ZeroiseActs() {}

    static String zeroise(Step.ZeroiseToken step, Stage stage) {
        String role = step.token();
        TokenInfo before = stage.token(role).info();
        String title = stage.script().cast().token(role).title();
        Approval approval = stage.approve(
                Operation.ZEROISE,
                step.quorum(),
                Texts.get("ceremony.statement.zeroise", title, before.label(), before.serial()),
                () -> KeyActs.intentOnToken(Operation.ZEROISE, role, before)
                        .put("template", Json.obj().put("label", EMPTY_LABEL).build())
                        .put("expect", Texts.get("ceremony.expect.zeroise"))
                        .build());
        stage.commit(
                Texts.get("ceremony.commit.zeroise", title),
                Texts.get("ceremony.consequence.zeroise", title),
                List.of(
                        Exhibit.of(Texts.get("ceremony.fact.serial"), before.serial()),
                        Exhibit.of(Texts.get("ceremony.fact.label"), before.label())),
                approval,
                before);
        if (stage.unbegun(Operation.ZEROISE)) {
            // What is about to go is put on record, and both PINs are seen to be right before anything is lost.
            stage.pin(role, PinKind.USER, stage.people(step.userPinBy()));
            stage.withLogin(role, PinKind.USER, session -> {
                TokenActs.objects(stage, role, "before", session);
                return true;
            });
        }
        stage.pin(role, PinKind.SECURITY_OFFICER, stage.people(step.soPinBy()));
        stage.withLogin(role, PinKind.SECURITY_OFFICER, session -> true);
        stage.act(
                approval,
                Texts.get("ceremony.working.zeroise", title),
                () -> stage.token(role)
                        .initialise(stage.pin(role, PinKind.SECURITY_OFFICER), EMPTY_LABEL)
                        .map(TokenInfo::toJson));
        stage.setting().pins().forget(role, PinKind.USER);
        proveAbsence(role, title, stage);
        return Texts.get("ceremony.zeroise.done", title);
    }

    /// Nobody's session sees an object, the security officer's neither, and there is no user any more.
    private static void proveAbsence(String role, String title, Stage stage) {
        Token token = stage.token(role);
        int open;
        try (TokenSession session = token.open(new Token.Login.None()).orThrow()) {
            open = onToken(session);
        }
        int left = stage.withLogin(role, PinKind.SECURITY_OFFICER, session -> {
            TokenActs.objects(stage, role, "after", session);
            return onToken(session);
        });
        boolean user = token.info().has("CKF_USER_PIN_INITIALIZED");
        boolean empty = open == 0 && left == 0 && !user;
        stage.observe(Observation.sensed(
                        "zeroised",
                        Texts.get("ceremony.zeroised.label", title),
                        Texts.get(
                                "ceremony.zeroised.text",
                                Math.max(open, left),
                                Texts.get(user ? "ceremony.zeroised.user" : "ceremony.zeroised.no_user")))
                .verdict(empty)
                .detail(Json.obj()
                        .put("role", role)
                        .put("objects", Math.max(open, left))
                        .put("user_pin", user)
                        .build()));
        if (!empty) {
            throw StepFailed.hard(Problem.of("ceremony.not_empty", title, Math.max(open, left)));
        }
    }

    private static int onToken(TokenSession session) {
        return Math.toIntExact(
                session.objects().stream().filter(TokenObject::onToken).count());
    }
}
