package org.quorate.ceremony;

import java.util.function.Function;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenSession;

/// Sessions on tokens. A wrong PIN is put on record without the PIN, shown, and asked again; any other refusal ends the
/// attempt, and so does a wrong PIN at the device itself: it would ask again at once, until it is locked.
final class Logins {

    <T> T with(Stage stage, String role, PinKind kind, Function<TokenSession, T> use) {
        while (true) {
            Secret pin = stage.pin(role, kind);
            Token token = stage.token(role);
            switch (token.open(Token.Login.of(kind, pin))) {
                case Outcome.Done<TokenSession>(var session) -> {
                    try (session) {
                        return use.apply(session);
                    }
                }
                case Outcome.Refused<TokenSession>(var function, var rv)
                when rv.equals("CKR_PIN_INCORRECT") && !token.info().hasPinPad() -> askAgain(stage, role, kind, rv);
                case Outcome.Refused<TokenSession>(var function, var rv) -> {
                    // What was typed may be the reason, and is not used a second time unasked.
                    stage.setting().pins().forget(role, kind);
                    throw StepFailed.hard(VendorActs.refusal(function, rv, role, stage));
                }
                case Outcome.Unknown<TokenSession>(var function, var why) ->
                    throw StepFailed.hard(Problem.of("hsm.unknown", function).withTechnical(why));
            }
        }
    }

    private static void askAgain(Stage stage, String role, PinKind kind, String rv) {
        stage.setting().pins().forget(role, kind);
        if (stage.setting().splits().isSplit(role, kind)) {
            stage.setting().splits().refused(role, kind);
        }
        String title = stage.script().cast().token(role).title();
        stage.observeAgain(Observation.sensed("token_pin_refused", Texts.get("ceremony.token_pin_refused.label"), title)
                .detail(Json.obj().put("role", role).put("rv", rv).build()));
        stage.setting()
                .front()
                .notice(Problem.of("ceremony.wrong_token_pin", title, VendorActs.explained(rv, role, stage)));
    }
}
