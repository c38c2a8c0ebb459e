package org.quorate.ceremony;

import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.hsm.KeyCheckValue;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.TokenSession;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Step;

/// Secret keys are known again by their check values, as pairs are by their fingerprints.
final class CheckValues {
    private CheckValues() {}

    /// Computes and records the check value of a key that came to be here.
    static KeyCheckValue record(Stage stage, TokenSession session, String key, String role, KeyId id) {
        KeyCheckValue value = compute(session, id);
        stage.observe(observation(stage, key, role, value));
        return value;
    }

    /// The copy, or what is found again, must have the value that the key had where it was made.
    static void compare(
            Stage stage, TokenSession session, String key, String role, KeyId id, Optional<KeyCheckValue> expected) {
        KeyCheckValue known = expected.orElseThrow(() -> StepFailed.hard(Problem.of("ceremony.no_key", key, role)));
        KeyCheckValue value = compute(session, id);
        stage.observe(observation(stage, key, role, value).expected(known.hex(), value.equals(known)));
        if (!value.equals(known)) {
            throw StepFailed.hard(Problem.of(
                    "ceremony.key_differs", stage.script().cast().key(key).label()));
        }
    }

    /// As it was recorded in this ceremony, on whichever token.
    static Optional<KeyCheckValue> known(String key, Stage stage) {
        return stage.script().cast().tokens().keySet().stream()
                .flatMap(role -> stage.ceremony().observation("check_value", key, role).stream())
                .findFirst()
                .map(found -> of(found.data().object("detail")));
    }

    static String read(Step.ReadFingerprint step, Stage stage, KeyDefinition key) {
        KeyId id = stage.keyOn(step.key(), step.token());
        KeyCheckValue now = stage.withLogin(step.token(), PinKind.USER, session -> compute(session, id));
        if (known(step.key(), stage).filter(now::equals).isEmpty()) {
            throw StepFailed.hard(Problem.of("ceremony.key_differs", key.label()));
        }
        stage.compare(
                "fingerprint",
                Exhibit.of(Texts.get("ceremony.check_value.label", key.label()), now.hex()),
                Texts.get("ceremony.fingerprint.against"));
        return Texts.get("ceremony.fingerprint.done", key.label());
    }

    static KeyCheckValue of(Json.Obj detail) {
        return new KeyCheckValue(
                detail.string("hex"),
                KeyCheckValue.Method.ofWire(detail.string("method")).orElseThrow());
    }

    private static KeyCheckValue compute(TokenSession session, KeyId id) {
        return session.find(id, ObjectClass.SECRET_KEY)
                .map(key -> session.checkValue(key).orThrow())
                .orElseThrow(() -> StepFailed.hard(
                        Problem.of("ceremony.key_not_found", ObjectClass.SECRET_KEY.cko(), id.hex(), "")));
    }

    private static Observation observation(Stage stage, String key, String role, KeyCheckValue value) {
        return Observation.sensed(
                        "check_value",
                        Texts.get(
                                "ceremony.check_value.label",
                                stage.script().cast().key(key).label()),
                        Texts.get(
                                "ceremony.check_value.text",
                                value.hex(),
                                value.method().text()))
                .detail(value.toJson().with("key", Json.of(key)).with("role", Json.of(role)));
    }
}
