package org.quorate.script;

import java.util.List;
import org.quorate.script.Fact.Admitted;
import org.quorate.script.Fact.Away;
import org.quorate.script.Fact.Found;
import org.quorate.script.Fact.Holds;
import org.quorate.script.Fact.Identified;
import org.quorate.script.Fact.Initialised;
import org.quorate.script.Fact.Trusts;

/// What a token or a key must be before a step can work with it: the needs that many kinds of step share.
final class Ready {
    private Ready() {}

    static void reachable(Effect.Builder effect, String step, String token) {
        effect.refuses(Rule.TOKEN_AWAY, new Away(token), step, token);
    }

    static void identified(Effect.Builder effect, String step, String token) {
        reachable(effect, step, token);
        effect.needs(Rule.TOKEN_NOT_IDENTIFIED, new Identified(token), step, token);
    }

    static void admitted(Effect.Builder effect, String step, String token) {
        effect.needs(Rule.TOKEN_NOT_ADMITTED, new Admitted(token), step, token);
    }

    static void initialised(Effect.Builder effect, String step, String token) {
        effect.needs(Rule.TOKEN_NOT_INITIALISED, new Initialised(token), step, token);
    }

    static void usable(Effect.Builder effect, String step, String token) {
        identified(effect, step, token);
        admitted(effect, step, token);
        initialised(effect, step, token);
    }

    /// For what a key does that lies there: the ceremony that brought it has admitted the token.
    static void usable(Effect.Builder effect, String step, String key, String token) {
        identified(effect, step, token);
        effect.needsAny(Rule.TOKEN_NOT_ADMITTED, List.of(new Admitted(token), new Found(key, token)), step, token);
        initialised(effect, step, token);
    }

    static void held(Effect.Builder effect, String step, String key, String token) {
        effect.needs(Rule.KEY_NOT_ON_TOKEN, new Holds(key, token), step, key, token);
    }

    static List<Fact> present(String key, String token) {
        return List.of(new Holds(key, token), new Trusts(key, token));
    }
}
