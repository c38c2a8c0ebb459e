package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.SecretSplitter;
import org.quorate.card.SecretSplitter.Joined;
import org.quorate.card.Share;
import org.quorate.hsm.KeyCheckValue;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.MadeKey;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Operation;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Template;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.WrapScheme;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Step;

/// A key comes back from the shares of as many people as it takes: put together in wiped memory, known again by the
/// check value that the ledger has, and brought onto a token from which it never leaves.
final class RecoveryActs {
    private final Step.RecoverKey step;
    private final Stage stage;
    private final KeyDefinition key;
    private final Escrow escrow;

    private RecoveryActs(Step.RecoverKey step, Stage stage) {
        this.step = step;
        this.stage = stage;
        this.key = stage.script().cast().key(step.key());
        this.escrow = EscrowActs.find(step.key(), stage);
    }

    static String recover(Step.RecoverKey step, Stage stage) {
        return new RecoveryActs(step, stage).perform();
    }

    /// Another key, wrapped under the one that was put together: what the token makes of it says which key it has.
    private record Probe(byte[] wrapped, KeyCheckValue value) {}

    private String perform() {
        if (!escrow.has(step.from())) {
            throw StepFailed.hard(Problem.of("ceremony.no_escrow." + step.from().wire(), key.label()));
        }
        TokenInfo token = stage.token(step.token()).info();
        Template template = key.purpose().copy(key.label());
        Leftovers.clear(stage, step.token(), step.quorum(), PinKind.USER);
        refuseWhereItIs(token);
        Approval approval = stage.approve(
                Operation.RECOVER_KEY,
                step.quorum(),
                Texts.get(
                                "ceremony.statement.recover_key." + step.from().wire(),
                                key.spec().text(),
                                key.label(),
                                escrow.checkValue().hex(),
                                token.label(),
                                token.serial())
                        + KeyActs.spelled("secret_key", template),
                () -> act(template));
        Optional<Probe> probe = stage.unbegun(Operation.RECOVER_KEY) ? bring(approval, template) : again(approval);
        return stage.withLogin(step.token(), PinKind.USER, session -> {
            KeyActs.readBack(stage, session, step.key(), step.token(), escrow.id(), ObjectClass.SECRET_KEY, template);
            prove(session, probe);
            return Texts.get(
                    "ceremony.recover_key.done",
                    key.label(),
                    token.label(),
                    escrow.checkValue().hex());
        });
    }

    private Json.Obj act(Template template) {
        return KeyActs.intent(Operation.RECOVER_KEY, step.token(), step.key(), escrow.id(), stage)
                .put("label", key.label())
                .put("from", step.from().wire())
                .put("escrow", escrow.entry().seq())
                .put("spec", key.spec().text())
                .put("purpose", key.purpose().wire())
                .put("template", template.toJson())
                .put("check_value", escrow.checkValue().toJson())
                .put("expect", Texts.get("ceremony.expect.recover_key"))
                .build();
    }

    private void refuseWhereItIs(TokenInfo token) {
        if (!stage.unbegun(Operation.RECOVER_KEY)) {
            return;
        }
        boolean there = stage.withLogin(
                step.token(),
                PinKind.USER,
                session -> !session.find(escrow.id()).isEmpty());
        if (there) {
            throw StepFailed.hard(Problem.of("ceremony.key_is_there", key.label(), token.label()));
        }
    }

    /// After a stop in the middle: what became of the key is looked for, and its shares are not opened again.
    private Optional<Probe> again(Approval approval) {
        stage.act(approval, Texts.get("ceremony.working.import"), () -> {
            throw new IllegalStateException("what was begun is never run again");
        });
        return Optional.empty();
    }

    private Optional<Probe> bring(Approval approval, Template template) {
        try (MadeKey recovered = together()) {
            Probe probe = probe(recovered);
            KeyId id = escrow.id();
            stage.withLogin(
                    step.token(),
                    PinKind.USER,
                    session -> stage.act(
                            approval,
                            Texts.get("ceremony.working.import"),
                            () -> session.importSecretKey(recovered, id, template)
                                    .map(made ->
                                            Json.obj().put("cka_id", made.hex()).build())));
            return Optional.of(probe);
        }
    }

    private MadeKey together() {
        Secret joined = switch (step.from()) {
            case CARDS ->
                new ShareGathering(stage, escrow.cards().orElseThrow(), step.token())
                        .rebuild(Texts.get(
                                "ceremony.recover_key.open",
                                key.label(),
                                escrow.checkValue().hex()));
            case PAPER -> fromPaper(escrow.paper().orElseThrow());
        };
        var recovered = new MadeKey(joined);
        if (!recovered.checkValue().equals(escrow.checkValue())) {
            String other = recovered.checkValue().hex();
            recovered.close();
            throw StepFailed.hard(Problem.of(
                    "ceremony.recovered_key_differs",
                    key.label(),
                    other,
                    escrow.checkValue().hex()));
        }
        stage.observeOrWipe(
                Observation.sensed(
                                "key_put_together",
                                Texts.get("ceremony.key_put_together.label", key.label()),
                                recovered.checkValue().hex())
                        .expected(escrow.checkValue().hex(), true)
                        .detail(Json.obj()
                                .put("key", step.key())
                                .put("role", step.token())
                                .put("cka_id", escrow.id().hex())
                                .put("from", step.from().wire())
                                .build()),
                recovered::close);
        return recovered;
    }

    private Secret fromPaper(Escrow.Sheets sheets) {
        int bytes = ((KeySpec.Aes) key.spec()).bits() / 8;
        var shares = new ArrayList<Share>();
        try {
            new PaperShares(stage, step.key(), escrow.id(), sheets.split()).gather(sheets, bytes, shares);
            return switch (SecretSplitter.join(sheets.split(), shares)) {
                case Joined.Whole(var secret) -> secret;
                case Joined.TooFew _, Joined.Strangers _ ->
                    throw StepFailed.hard(Problem.of("ceremony.key_shares_do_not_join", 1));
            };
        } finally {
            shares.forEach(Share::close);
        }
    }

    private Probe probe(MadeKey recovered) {
        try (MadeKey other = MadeKey.draw(
                        stage.token(step.token()),
                        new KeySpec.Aes(256),
                        stage.setting().splits().random())
                .orThrow()) {
            return new Probe(recovered.wrap(other), other.checkValueOfBlock());
        }
    }

    /// A key that wraps has a check value of its own. One that may only unwrap opens another key, of which both sides
    /// know the check value.
    private void prove(TokenSession session, Optional<Probe> probe) {
        if (key.purpose() != KeyPurpose.WRAPPING) {
            CheckValues.compare(
                    stage, session, step.key(), step.token(), escrow.id(), Optional.of(escrow.checkValue()));
            return;
        }
        // After a stop nobody has the other key any more: its check by people is what is left, and it is on record.
        probe.ifPresentOrElse(known -> unwraps(session, known), this::notProven);
    }

    private void unwraps(TokenSession session, Probe probe) {
        KeyId other = KeyActs.freshId(stage, step.token());
        KeyCheckValue found = session.unwrap(
                        escrow.id(),
                        WrapScheme.AES_KWP,
                        probe.wrapped(),
                        new KeySpec.Aes(256),
                        other,
                        KeyPurpose.enveloped(key.label()))
                .then(id -> session.checkValue(
                        session.find(id, ObjectClass.SECRET_KEY).orElseThrow()))
                .orThrow();
        boolean same = found.equals(probe.value());
        stage.observe(proof(found.hex()).expected(probe.value().hex(), same));
        session.find(other).forEach(object -> session.destroy(object).orThrow());
        if (!same) {
            throw StepFailed.hard(Problem.of("ceremony.key_differs", key.label()));
        }
    }

    private void notProven() {
        if (stage.run().observation("unwrap_proven").isEmpty()) {
            stage.observe(proof(Texts.get("ceremony.unwrap_proven.not")).verdict(false));
        }
    }

    private Observation proof(String text) {
        return Observation.sensed("unwrap_proven", Texts.get("ceremony.unwrap_proven.label", key.label()), text)
                .detail(Json.obj()
                        .put("key", step.key())
                        .put("role", step.token())
                        .put("cka_id", escrow.id().hex())
                        .build());
    }
}
