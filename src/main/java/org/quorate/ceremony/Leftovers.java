package org.quorate.ceremony;

import java.util.List;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.Operation;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;

/// What earlier attempts of a step left on a token: whole keys that a later check refused, or the orphaned half of a
/// pair. A new attempt first destroys it, with a quorum of its own.
final class Leftovers {
    private Leftovers() {}

    static void clear(Stage stage, String role, String quorum, PinKind login) {
        List<String> ids = stage.ceremony().attempts(stage.step().id()).stream()
                .filter(run -> run.end().isPresent())
                .flatMap(run -> run.of(EntryType.INTENT))
                .map(Entry::data)
                .filter(data -> Operation.bringsAKey(data.string("op"))
                        && data.string("token_role").equals(role))
                .map(data -> data.string("cka_id"))
                .distinct()
                .toList();
        for (String hex : ids) {
            clear(stage, role, quorum, login, new KeyId(hex));
        }
    }

    private static void clear(Stage stage, String role, String quorum, PinKind login, KeyId id) {
        boolean begun = stage.run()
                .of(EntryType.INTENT)
                .anyMatch(intent -> intent.data().string("op").equals(Operation.DESTROY.wire())
                        && intent.data().string("cka_id").equals(id.hex()));
        int found = stage.withLogin(role, login, session -> session.find(id).size());
        if (found == 0 && !begun) {
            return;
        }
        TokenInfo token = stage.token(role).info();
        Approval approval = stage.approve(
                Operation.DESTROY,
                quorum,
                Texts.get("ceremony.statement.destroy_leftover", found, id.hex(), token.label(), token.serial()),
                () -> KeyActs.intent(Operation.DESTROY, role, "", id, stage)
                        .put("template", Json.obj().build())
                        .put("expect", Texts.get("ceremony.expect.destroy"))
                        .build());
        stage.withLogin(
                role,
                login,
                session -> stage.act(approval, Texts.get("ceremony.working.destroy"), () -> destroy(session, id)));
    }

    /// Destroys every object under this id; the first refusal ends it.
    static Outcome<Json.Obj> destroy(TokenSession session, KeyId id) {
        int destroyed = 0;
        for (TokenObject object : session.find(id)) {
            Outcome<TokenObject> outcome = session.destroy(object);
            if (!(outcome instanceof Outcome.Done<TokenObject>)) {
                return outcome.map(ignored -> Json.obj().build());
            }
            destroyed++;
        }
        return new Outcome.Done<>(Json.obj().put("destroyed", destroyed).build());
    }
}
