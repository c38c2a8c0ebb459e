package org.quorate.ceremony;

import java.util.List;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.card.SecretSplitter;
import org.quorate.card.Share;
import org.quorate.card.Split;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.MadeKey;
import org.quorate.hsm.Operation;
import org.quorate.hsm.Template;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Step;
import org.quorate.script.Step.EscrowKey.Form;

/// A key comes into being and is split among people; each card opens its share, and each sheet is read back, before
/// anything is approved or any token has the key. Until then nothing depends on it, and after a stop it is gone.
final class EscrowMaking implements AutoCloseable {
    private final Step.EscrowKey step;
    private final Stage stage;
    private final KeyDefinition key;
    private Optional<MadeKey> made = Optional.empty();

    EscrowMaking(Step.EscrowKey step, Stage stage) {
        this.step = step;
        this.stage = stage;
        this.key = stage.script().cast().key(step.key());
    }

    /// The key, where it was made since the console was started.
    MadeKey key() {
        return made.orElseThrow(() -> StepFailed.hard(Problem.of("ceremony.escrow_forgotten", key.label())));
    }

    /// Makes and splits the key.
    ///
    /// @return the act that is to be approved
    Json.Obj make(Template template) {
        for (Form form : Form.values()) {
            step.holders(form).ifPresent(this::people);
        }
        PaperShares.voidEarlier(stage);
        KeyId id = KeyActs.freshId(stage, step.token());
        var whose = new ShareSet.Key(stage.equipment().ledger().id(), id);
        var cards = new SharesOnCards(stage, step.token(), whose, key.label());
        List<ShareSet.Recipient> recipients =
                step.cards().map(name -> cards.recipients(people(name))).orElse(List.of());
        stage.working("ceremony.working.escrow", key.label());
        forget();
        MadeKey fresh = MadeKey.draw(
                        stage.token(step.token()),
                        (KeySpec.Aes) key.spec(),
                        stage.setting().splits().random())
                .orThrow();
        made = Optional.of(fresh);
        Json.Builder act = KeyActs.intent(Operation.ESCROW_KEY, step.token(), step.key(), id, stage)
                .put("label", key.label())
                .put("spec", key.spec().text())
                .put("purpose", key.purpose().wire())
                .put("template", template.toJson())
                .put("check_value", fresh.checkValue().toJson())
                .put("expect", Texts.get("ceremony.expect.escrow_key"))
                .putIfPresent("cryptoperiod", KeyActs.cryptoperiod(key, stage));
        step.cards().ifPresent(name -> act.put(Form.CARDS.wire(), sealed(cards, whose, name, recipients, fresh)));
        step.paper().ifPresent(name -> act.put(Form.PAPER.wire(), written(id, name, fresh)));
        return act.build();
    }

    private Json.Obj sealed(
            SharesOnCards cards, ShareSet.Key whose, String name, List<ShareSet.Recipient> recipients, MadeKey fresh) {
        Quorum quorum = quorum(name);
        ShareSet set = ShareSet.seal(
                whose,
                1,
                quorum,
                recipients,
                fresh.secret(),
                stage.setting().splits().random());
        stage.observeAgain(set.observation(step.token(), key.label()));
        cards.prove(set, fresh.secret());
        return Escrow.terms(set.split(), quorum.roles());
    }

    private Json.Obj written(KeyId id, String name, MadeKey fresh) {
        List<Participant> people = people(name);
        Quorum quorum = quorum(name);
        List<Share> shares = SecretSplitter.split(
                fresh.secret(),
                quorum.m(),
                people.size(),
                stage.setting().splits().random());
        try {
            Split split = shares.getFirst().split();
            new PaperShares(stage, step.key(), id, split)
                    .write(shares, people, fresh, step.custody().orElse(""));
            return Escrow.terms(split, quorum.roles());
        } finally {
            shares.forEach(Share::close);
        }
    }

    private Quorum quorum(String name) {
        return stage.script().cast().quorum(name);
    }

    private List<Participant> people(String name) {
        Quorum quorum = quorum(name);
        List<Participant> people = stage.setting().roster().people().stream()
                .filter(quorum::admits)
                .toList();
        if (people.size() < quorum.m()) {
            throw StepFailed.hard(Problem.of("ceremony.escrow_too_few", key.label(), quorum.m(), people.size()));
        }
        return people;
    }

    /// As soon as the token has it.
    void forget() {
        made.ifPresent(MadeKey::close);
        made = Optional.empty();
    }

    @Override
    public void close() {
        forget();
    }
}
