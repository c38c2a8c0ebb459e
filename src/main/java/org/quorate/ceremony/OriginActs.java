package org.quorate.ceremony;

import java.security.PublicKey;
import java.util.List;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Template;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Step;

/// Keys of earlier ceremonies are found again. What a token says of them proves little, so that the ledger is asked
/// where they come from.
final class OriginActs {
    private OriginActs() {}

    static String identify(Step.IdentifyKey step, Stage stage) {
        String role = step.token();
        KeyDefinition key = stage.script().cast().key(step.key());
        ObjectClass kind = KeyActs.kind(key);
        TokenInfo token = stage.token(role).info();
        stage.working("ceremony.working.identify_key", key.label());
        return stage.withLogin(role, PinKind.USER, session -> {
            KeyId id = theOne(session, key, kind, token);
            KeyOrigin origin = KeyOrigin.of(stage.equipment().ledger(), token.serial(), id)
                    .orElseThrow(
                            () -> StepFailed.hard(Problem.of("ceremony.key_of_unknown_origin", key.label(), id.hex())));
            if (!origin.spec().equals(key.spec().text())) {
                throw StepFailed.hard(Problem.of(
                        "ceremony.key_of_other_kind",
                        key.label(),
                        origin.spec(),
                        key.spec().text()));
            }
            stage.observe(Observation.sensed(
                            "identified_key",
                            Texts.get("ceremony.identified_key.label", key.label()),
                            Texts.get(
                                    "ceremony.identified_key.text",
                                    origin.title(),
                                    UtcTime.forPeople(origin.entry().time()),
                                    origin.entry().seq()))
                    .verdict(true)
                    .detail(Json.obj()
                            .put("key", step.key())
                            .put("role", role)
                            .put("serial", token.serial())
                            .put("cka_id", id.hex())
                            .put("spec", origin.spec())
                            .put("origin", origin.entry().seq())
                            .build()));
            if (kind == ObjectClass.PRIVATE_KEY) {
                publicKey(step, stage, session, id, origin);
            } else if (key.purpose().wantsBackup()) {
                CheckValues.compare(stage, session, step.key(), role, id, origin.checkValue());
            }
            KeyActs.readBack(stage, session, step.key(), role, id, kind, lasting(key));
            return Texts.get("ceremony.identified_key.done", key.label(), origin.title());
        });
    }

    private static KeyId theOne(TokenSession session, KeyDefinition key, ObjectClass kind, TokenInfo token) {
        List<TokenObject> found = session.objects().stream()
                .filter(object -> object.kind() == kind && object.label().equals(key.label()))
                .toList();
        if (found.size() != 1) {
            throw StepFailed.hard(Problem.of("ceremony.keys_of_that_label", found.size(), key.label(), token.serial()));
        }
        return found.getFirst()
                .id()
                .orElseThrow(() -> StepFailed.hard(Problem.of("ceremony.key_of_unknown_origin", key.label(), "")));
    }

    /// A copy has no public half beside it; the ledger has it from when the key was made. Where both have one they
    /// must be the same.
    private static void publicKey(
            Step.IdentifyKey step, Stage stage, TokenSession session, KeyId id, KeyOrigin origin) {
        PublicKey recorded = origin.publicKey()
                .orElseThrow(() -> StepFailed.hard(Problem.of("ceremony.no_key", step.key(), step.token())));
        if (session.find(id, ObjectClass.PUBLIC_KEY).isPresent()
                && !session.publicKey(id).orThrow().equals(recorded)) {
            throw StepFailed.hard(Problem.of(
                    "ceremony.key_differs",
                    stage.script().cast().key(step.key()).label()));
        }
        KeyActs.recordPublicKey(stage, recorded, step.key(), step.token());
    }

    /// What no act of a ceremony changes later; whether it may still leave the token is another matter.
    /// Of one that is to be copied further it matters.
    private static Template lasting(KeyDefinition key) {
        Template generated = key.purpose().generated(key.spec(), key.label());
        if (key.copyable().isPresent()) {
            return generated;
        }
        return generated.without(Attribute.EXTRACTABLE).without(Attribute.WRAP_WITH_TRUSTED);
    }
}
