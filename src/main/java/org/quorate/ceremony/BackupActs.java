package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Operation;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Template;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.WrapScheme;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Step;

/// A key goes to a second token and then never leaves either again.
final class BackupActs {
    private BackupActs() {}

    static String transfer(Step.TransferKey step, Stage stage) {
        KeyDefinition key = stage.script().cast().key(step.key());
        KeyDefinition under = stage.script().cast().key(step.under());
        WrapScheme scheme = under.spec() instanceof KeySpec.Rsa
                ? WrapScheme.RSA_OAEP
                : keyWrap(key, List.of(step.from(), step.to()), stage).orElse(WrapScheme.AES_KWP);
        TokenInfo from = stage.token(step.from()).info();
        TokenInfo to = stage.token(step.to()).info();
        Template template = key.copy();
        Leftovers.clear(stage, step.to(), step.quorum(), PinKind.USER);
        Approval approval = stage.approve(
                Operation.TRANSFER,
                step.quorum(),
                Texts.get(
                                "ceremony.statement.transfer",
                                key.label(),
                                from.label(),
                                from.serial(),
                                to.label(),
                                to.serial(),
                                under.label())
                        + key.copyable()
                                .map(why -> "\n" + Texts.get("ceremony.statement.transfer.copyable", why))
                                .orElse("")
                        + KeyActs.spelled(
                                KeyActs.kind(key) == ObjectClass.SECRET_KEY ? "secret_key" : "private_key", template),
                () -> KeyActs.intent(
                                Operation.TRANSFER, step.to(), step.key(), stage.keyOn(step.key(), step.from()), stage)
                        .put("from", step.from())
                        .put("to", step.to())
                        .put("under", step.under())
                        .put("mechanism", scheme.name())
                        .put("spec", key.spec().text())
                        .put("template", template.toJson())
                        .put("expect", Texts.get("ceremony.expect.transfer"))
                        .build());
        KeyId id = new KeyId(approval.act().string("cka_id"));
        KeyId wrapping = stage.keyOn(step.under(), step.from());
        KeyId unwrapping = stage.keyOn(step.under(), step.to());
        // Both logins stand before the intent, so that a wrong PIN is no failed act.
        stage.withLogin(
                step.from(),
                PinKind.USER,
                source -> stage.withLogin(
                        step.to(),
                        PinKind.USER,
                        target -> stage.act(
                                approval,
                                Texts.get("ceremony.working.transfer"),
                                () -> source.wrap(wrapping, scheme, id, KeyActs.kind(key))
                                        .then(blob -> unwrap(target, unwrapping, scheme, blob, key, id, template)))));
        return stage.withLogin(step.to(), PinKind.USER, session -> {
            KeyActs.readBack(stage, session, step.key(), step.to(), id, KeyActs.kind(key), template);
            if (key.purpose().wantsBackup() && KeyActs.kind(key) == ObjectClass.SECRET_KEY) {
                CheckValues.compare(stage, session, step.key(), step.to(), id, CheckValues.known(step.key(), stage));
            }
            return Texts.get("ceremony.transfer.done", key.label(), to.label());
        });
    }

    /// The AES key wrap that all of these tokens do, with padding where they can. Without it only a secret key travels,
    /// because a private key is not always a multiple of eight bytes long.
    private static Optional<WrapScheme> keyWrap(KeyDefinition key, List<String> roles, Stage stage) {
        var common = new ArrayList<>(
                KeyActs.kind(key) == ObjectClass.SECRET_KEY
                        ? List.of(WrapScheme.AES_KWP, WrapScheme.AES_KW)
                        : List.of(WrapScheme.AES_KWP));
        for (String role : roles) {
            try (TokenSession session =
                    stage.token(role).open(new Token.Login.None()).orThrow()) {
                common.retainAll(session.keyWraps().orThrow());
            }
        }
        return common.stream().findFirst();
    }

    private static Outcome<Json.Obj> unwrap(
            TokenSession target,
            KeyId unwrapping,
            WrapScheme scheme,
            byte[] blob,
            KeyDefinition key,
            KeyId id,
            Template template) {
        try {
            return target.unwrap(unwrapping, scheme, blob, key.spec(), id, template)
                    .map(received -> Json.obj()
                            .put("cka_id", received.hex())
                            .put("wrapped_bytes", blob.length)
                            .build());
        } finally {
            Arrays.fill(blob, (byte) 0);
        }
    }

    static String forbidExtraction(Step.ForbidExtraction step, Stage stage) {
        KeyDefinition key = stage.script().cast().key(step.key());
        TokenInfo token = stage.token(step.token()).info();
        KeyId id = stage.keyOn(step.key(), step.token());
        Approval approval = stage.approve(
                Operation.FORBID_EXTRACTION,
                step.quorum(),
                Texts.get("ceremony.statement.forbid_extraction", key.label(), token.label(), token.serial()),
                () -> KeyActs.intent(Operation.FORBID_EXTRACTION, step.token(), step.key(), id, stage)
                        .put("template", Json.obj().put("extractable", false).build())
                        .put("expect", Texts.get("ceremony.expect.forbid_extraction"))
                        .build());
        stage.commit(
                Texts.get("ceremony.commit.forbid_extraction"),
                Texts.get("ceremony.consequence.forbid_extraction", key.label(), token.label()),
                List.of(
                        Exhibit.of(Texts.get("ceremony.fact.serial"), token.serial()),
                        Exhibit.of(Texts.get("ceremony.fact.label"), token.label()),
                        Exhibit.of(
                                Texts.get("ceremony.fact.key"),
                                key.label() + ", " + key.spec().text()),
                        Exhibit.of(Texts.get("ceremony.fact.cka_id"), id.hex())),
                approval,
                token);
        stage.withLogin(
                step.token(),
                PinKind.USER,
                session -> stage.act(
                        approval,
                        Texts.get("ceremony.working.forbid_extraction"),
                        () -> session.set(object(session, id, key), Attribute.EXTRACTABLE, false)
                                .map(done ->
                                        Json.obj().put("extractable", false).build())));
        Template now = key.purpose().generated(key.spec(), key.label()).with(Attribute.EXTRACTABLE, false);
        stage.withLogin(
                step.token(),
                PinKind.USER,
                session -> KeyActs.readBack(stage, session, step.key(), step.token(), id, KeyActs.kind(key), now));
        proveWrapRefused(step, stage, key, id);
        return Texts.get("ceremony.forbid_extraction.done", key.label(), token.label());
    }

    /// The trusted key that could wrap it a moment ago is refused now.
    private static void proveWrapRefused(Step.ForbidExtraction step, Stage stage, KeyDefinition key, KeyId id) {
        if (stage.run().observation("wrap_refused").isPresent()) {
            return;
        }
        KeyId wrapping = trustedKeyOn(stage, step.token());
        // A token that cannot wrap at all refuses as well, and that would prove nothing.
        WrapScheme scheme = keyWrap(key, List.of(step.token()), stage)
                .orElseThrow(() -> StepFailed.hard(Problem.of("ceremony.no_key_wrap", key.label())));
        Outcome<byte[]> tried = stage.withLogin(
                step.token(), PinKind.USER, session -> session.wrap(wrapping, scheme, id, KeyActs.kind(key)));
        switch (tried) {
            case Outcome.Done<byte[]>(var blob) -> {
                Arrays.fill(blob, (byte) 0);
                throw StepFailed.hard(Problem.of("ceremony.still_extractable", key.label()));
            }
            case Outcome.Unknown<byte[]>(var function, var why) ->
                throw StepFailed.hard(Problem.of("hsm.unknown", function).withTechnical(why));
            case Outcome.Refused<byte[]>(var function, var rv) ->
                stage.observe(Observation.sensed(
                                "wrap_refused",
                                Texts.get("ceremony.wrap_refused.label", key.label()),
                                Texts.get("ceremony.wrap_refused.text", function, rv))
                        .verdict(true)
                        .detail(Json.obj()
                                .put("key", step.key())
                                .put("role", step.token())
                                .put("rv", rv)
                                .build()));
        }
    }

    private static KeyId trustedKeyOn(Stage stage, String role) {
        return stage.script().cast().keys().entrySet().stream()
                .filter(entry -> entry.getValue().purpose() == KeyPurpose.WRAPPING)
                .map(Map.Entry::getKey)
                .flatMap(name -> stage.ceremony().keyOn(name, role).stream())
                .findFirst()
                .orElseThrow(() -> StepFailed.hard(Problem.of("ceremony.no_wrapping_key", role)));
    }

    private static TokenObject object(TokenSession session, KeyId id, KeyDefinition key) {
        ObjectClass kind = KeyActs.kind(key);
        return session.find(id, kind)
                .orElseThrow(() -> StepFailed.hard(Problem.of("ceremony.key_not_found", kind.cko(), id.hex(), "")));
    }

    static String destroy(Step.DestroyKey step, Stage stage) {
        KeyDefinition key = stage.script().cast().key(step.key());
        String first = step.tokens().getFirst();
        Approval approval = stage.approve(
                Operation.DESTROY,
                step.quorum(),
                Texts.get("ceremony.statement.destroy", key.label(), places(step.tokens(), stage)),
                () -> KeyActs.intent(Operation.DESTROY, first, step.key(), stage.keyOn(step.key(), first), stage)
                        .put(
                                "places",
                                Json.array(step.tokens().stream()
                                        .map(role -> place(step.key(), role, stage))
                                        .toList()))
                        .put("template", Json.obj().build())
                        .put("expect", Texts.get("ceremony.expect.destroy"))
                        .build());
        stage.commit(
                Texts.get("ceremony.commit.destroy", key.label()),
                Texts.get("ceremony.consequence.destroy", key.label(), places(step.tokens(), stage)),
                List.of(
                        Exhibit.of(
                                Texts.get("ceremony.fact.key"),
                                key.label() + ", " + key.spec().text()),
                        Exhibit.of(
                                Texts.get("ceremony.fact.serial"),
                                stage.token(first).info().serial())),
                approval,
                stage.token(first).info());
        // Logins come before the intent, so that a wrong PIN is no failed act.
        step.tokens().forEach(role -> stage.withLogin(role, PinKind.USER, session -> true));
        stage.act(approval, Texts.get("ceremony.working.destroy"), () -> destroyEverywhere(step, stage));
        for (String role : step.tokens()) {
            proveAbsence(step.key(), role, stage);
        }
        return Texts.get("ceremony.destroy.done", key.label(), places(step.tokens(), stage));
    }

    private static Outcome<Json.Obj> destroyEverywhere(Step.DestroyKey step, Stage stage) {
        Outcome<Json.Obj> so = new Outcome.Done<>(Json.obj().build());
        for (String role : step.tokens()) {
            KeyId id = stage.keyOn(step.key(), role);
            so = so.then(before -> stage.withLogin(
                    role,
                    PinKind.USER,
                    session -> Leftovers.destroy(session, id)
                            .map(after -> before.with(role, Json.of(after.integer("destroyed"))))));
        }
        return so;
    }

    private static void proveAbsence(String key, String role, Stage stage) {
        KeyId id = stage.keyOn(key, role);
        int left = stage.withLogin(role, PinKind.USER, session -> {
            TokenActs.objects(stage, role, "after", session);
            return session.find(id).size();
        });
        if (left > 0) {
            throw StepFailed.hard(Problem.of("ceremony.still_there", left, id.hex(), role));
        }
        stage.observe(Observation.sensed(
                        "absence",
                        Texts.get(
                                "ceremony.absence.label",
                                stage.script().cast().token(role).title()),
                        Texts.get("ceremony.absence.text", id.hex()))
                .verdict(true)
                .detail(Json.obj()
                        .put("key", key)
                        .put("role", role)
                        .put("cka_id", id.hex())
                        .put("objects", left)
                        .build()));
    }

    private static Json place(String key, String role, Stage stage) {
        return Json.obj()
                .put("token_role", role)
                .put("token", stage.token(role).info().identity())
                .put("cka_id", stage.keyOn(key, role).hex())
                .build();
    }

    private static String places(List<String> roles, Stage stage) {
        return roles.stream()
                .map(role -> stage.script().cast().token(role).title() + " ("
                        + stage.token(role).info().serial() + ")")
                .reduce((a, b) -> Texts.get("ceremony.and", a, b))
                .orElse("");
    }
}
