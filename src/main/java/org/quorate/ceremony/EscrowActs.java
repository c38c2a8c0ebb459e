package org.quorate.ceremony;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.hsm.KeyCheckValue;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Operation;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Template;
import org.quorate.hsm.TokenInfo;
import org.quorate.quorum.Participant;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Script;
import org.quorate.script.Step;
import org.quorate.script.Step.EscrowKey.Form;

/// A key is put into escrow, and an escrow of an earlier ceremony is found again.
final class EscrowActs {
    private EscrowActs() {}

    static String escrow(Step.EscrowKey step, Stage stage) {
        KeyDefinition key = stage.script().cast().key(step.key());
        TokenInfo token = stage.token(step.token()).info();
        Template template = key.purpose().escrowed(key.label());
        PinKind maker = KeyActs.makerOf(key.purpose());
        Leftovers.clear(stage, step.token(), step.quorum(), maker);
        try (var making = new EscrowMaking(step, stage)) {
            if (stage.statement(Operation.ESCROW_KEY.wire()).isPresent() && stage.unbegun(Operation.ESCROW_KEY)) {
                // Nobody is asked to approve a key that went with the console.
                making.key();
            }
            Approval approval = stage.approve(
                    Operation.ESCROW_KEY,
                    step.quorum(),
                    Texts.get(
                                    "ceremony.statement.escrow_key",
                                    key.spec().text(),
                                    key.label(),
                                    token.label(),
                                    token.serial())
                            + holders(step, stage.script().cast())
                            + KeyActs.spelled("secret_key", template),
                    () -> making.make(template));
            var id = new KeyId(approval.act().string("cka_id"));
            if (stage.unbegun(Operation.ESCROW_KEY)) {
                making.key();
            }
            stage.withLogin(
                    step.token(),
                    maker,
                    session -> stage.act(
                            approval,
                            Texts.get("ceremony.working.import"),
                            () -> session.importSecretKey(making.key(), id, template)
                                    .map(made ->
                                            Json.obj().put("cka_id", made.hex()).build())));
            making.forget();
            KeyCheckValue expected = CheckValues.of(approval.act().object("check_value"));
            return stage.withLogin(step.token(), maker, session -> {
                KeyActs.readBack(stage, session, step.key(), step.token(), id, ObjectClass.SECRET_KEY, template);
                CheckValues.compare(stage, session, step.key(), step.token(), id, Optional.of(expected));
                return Texts.get("ceremony.escrow_key.done", key.label(), token.label(), expected.hex());
            });
        }
    }

    private static String holders(Step.EscrowKey step, Script.Cast cast) {
        var words = new StringBuilder();
        for (Form form : Form.values()) {
            step.holders(form)
                    .map(cast::quorum)
                    .ifPresent(quorum -> words.append('\n')
                            .append(Texts.get(
                                    "ceremony.statement.escrow_key." + form.wire(),
                                    quorum.m(),
                                    quorum.roles().stream()
                                            .map(role -> cast.role(role).title())
                                            .collect(Collectors.joining(", ")))));
        }
        return words.toString();
    }

    static String identify(Step.IdentifyEscrow step, Stage stage) {
        KeyDefinition key = stage.script().cast().key(step.key());
        Escrow escrow = find(step.key(), stage);
        stage.observe(Observation.sensed(
                        "identified_escrow",
                        Texts.get("ceremony.identified_escrow.label", key.label()),
                        Texts.get(
                                "ceremony.identified_escrow.text",
                                UtcTime.forPeople(escrow.entry().time()),
                                escrow.entry().seq(),
                                escrow.checkValue().hex()))
                .verdict(true)
                .detail(Json.obj()
                        .put("key", step.key())
                        .put("cka_id", escrow.id().hex())
                        .put("spec", escrow.spec())
                        .put("origin", escrow.entry().seq())
                        .put("check_value", escrow.checkValue().toJson())
                        .build()));
        escrow.cards().ifPresent(set -> cardsThatCount(set, key, stage));
        escrow.paper().ifPresent(sheets -> sheetsInPlace(sheets, key, stage));
        return Texts.get(
                "ceremony.identify_escrow.done",
                key.label(),
                escrow.checkValue().hex());
    }

    /// @throws StepFailed where the ledger knows of none, or of one of another kind
    static Escrow find(String name, Stage stage) {
        KeyDefinition key = stage.script().cast().key(name);
        Escrow escrow = Escrow.newest(stage.equipment().ledger(), key.label())
                .orElseThrow(() -> StepFailed.hard(Problem.of("ceremony.no_escrow", key.label())));
        if (!escrow.spec().equals(key.spec().text())
                || !escrow.purpose().equals(key.purpose().wire())) {
            throw StepFailed.hard(Problem.of(
                    "ceremony.key_of_other_kind",
                    key.label(),
                    escrow.spec() + ", " + escrow.purpose(),
                    key.spec().text() + ", " + key.purpose().wire()));
        }
        return escrow;
    }

    private static void cardsThatCount(ShareSet set, KeyDefinition key, Stage stage) {
        List<String> names = set.holders().stream()
                .flatMap(holder ->
                        stage.setting().roster().byKey(holder.recipient().key()).stream())
                .map(Participant::name)
                .toList();
        stage.observe(Observation.sensed(
                        "share_holders",
                        Texts.get("ceremony.share_holders.label", key.label()),
                        Texts.get(
                                "ceremony.share_holders.text",
                                names.size(),
                                set.split().n(),
                                set.split().m(),
                                String.join(", ", names)))
                .verdict(names.size() >= set.split().m())
                .detail(Json.obj()
                        .put("split", set.split().id())
                        .put("counting", names.size())
                        .put("m", set.split().m())
                        .put("n", set.split().n())
                        .build()));
    }

    private static void sheetsInPlace(Escrow.Sheets sheets, KeyDefinition key, Stage stage) {
        stage.compare(
                "sheets_in_place",
                Exhibit.of(
                        Texts.get("ceremony.sheets_in_place.label", key.label()),
                        sheets.sheets().stream()
                                .map(sheet -> Texts.get(
                                        "ceremony.sheets_in_place.text", sheet.serial(), sheet.bag(), sheet.custody()))
                                .collect(Collectors.joining("\n"))),
                Texts.get("ceremony.sheets_in_place.against"));
    }
}
