package org.quorate.script;

import static org.quorate.script.Ready.held;
import static org.quorate.script.Ready.present;
import static org.quorate.script.Ready.usable;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.script.Fact.Copied;
import org.quorate.script.Fact.Escrowed;
import org.quorate.script.Fact.Extractable;
import org.quorate.script.Fact.FingerprintRead;
import org.quorate.script.Fact.Found;
import org.quorate.script.Fact.Holds;
import org.quorate.script.Fact.Opened;
import org.quorate.script.Fact.Signed;
import org.quorate.script.Fact.Trusts;
import org.quorate.script.Step.EscrowKey.Form;

/// How a key comes from one token to another, and how it ends: what must be there before, so that no copy is made that
/// nobody can prove and nothing is destroyed that is still needed.
final class KeyTravel {
    private final Script script;
    private final Script.Cast cast;

    KeyTravel(Script script) {
        this.script = script;
        this.cast = script.cast();
    }

    void importTrusted(Effect.Builder effect, Step.ImportTrustedKey step) {
        usable(effect, step.id(), step.from());
        usable(effect, step.id(), step.to());
        held(effect, step.id(), step.key(), step.from());
        effect.needs(
                        Rule.IMPORT_BEFORE_FINGERPRINT,
                        new FingerprintRead(step.key(), step.from()),
                        step.id(),
                        step.key(),
                        step.from())
                .refuses(Rule.KEY_ALREADY_ON_TOKEN, new Trusts(step.key(), step.to()), step.id(), step.key(), step.to())
                .begins(new Trusts(step.key(), step.to()));
    }

    void transfer(Effect.Builder effect, Step.TransferKey step) {
        String key = step.key();
        String under = step.under();
        usable(effect, step.id(), step.from());
        usable(effect, step.id(), step.to());
        held(effect, step.id(), key, step.from());
        Fact carrier =
                purpose(under) == KeyPurpose.TRANSPORT ? new Trusts(under, step.from()) : new Holds(under, step.from());
        effect.needs(Rule.CARRIER_NOT_READY, carrier, step.id(), under, step.from())
                .needs(Rule.CARRIER_NOT_READY, new Holds(under, step.to()), step.id(), under, step.to())
                .refuses(Rule.KEY_ALREADY_ON_TOKEN, new Holds(key, step.to()), step.id(), key, step.to())
                .begins(new Holds(key, step.to()))
                .begins(new Copied(key, step.to()));
        if (cast.key(key).copyable().isPresent()) {
            effect.begins(new Extractable(key, step.to()));
        }
        if (purpose(key).wantsBackup()) {
            effect.needsWhen(
                    new Holds(key, step.from()),
                    Rule.EXTRACTION_ALREADY_FORBIDDEN,
                    new Extractable(key, step.from()),
                    step.id(),
                    key,
                    step.from());
        }
    }

    void forbidExtraction(Effect.Builder effect, Step.ForbidExtraction step) {
        String key = step.key();
        String token = step.token();
        usable(effect, step.id(), token);
        held(effect, step.id(), key, token);
        // The copy of a pair must have signed; that of a secret key was compared by its check value when it came or was
        // found.
        boolean pair = cast.key(key).spec() instanceof KeySpec.Pair;
        List<Fact> copies = elsewhere(
                token,
                other -> pair
                        ? List.of(new Signed(key, other))
                        : List.of(new Copied(key, other), new Found(key, other)));
        List<Fact> carriers = cast.keys().entrySet().stream()
                .filter(entry -> entry.getValue().purpose() == KeyPurpose.WRAPPING)
                .map(Map.Entry::getKey)
                .<Fact>map(carrier -> new Holds(carrier, token))
                .toList();
        effect.needsAny(Rule.EXTRACTION_FORBIDDEN_EARLY, copies, step.id(), key)
                .needsAny(Rule.REFUSAL_PROVES_NOTHING, carriers, step.id(), key, token)
                .ends(new Extractable(key, token));
    }

    void destroy(Effect.Builder effect, Step.DestroyKey step) {
        String key = step.key();
        for (String token : step.tokens()) {
            usable(effect, step.id(), token);
            effect.needsAny(Rule.KEY_NOT_ON_TOKEN, present(key, token), step.id(), key, token);
            gone(effect, key, token);
        }
        script.steps().forEach(other -> {
            if (other instanceof Step.RewrapDataKeys moved && moved.from().equals(key)) {
                effect.needsAny(
                        Rule.ENVELOPES_NOT_OPENED,
                        cast.tokens().keySet().stream()
                                .<Fact>map(token -> new Opened(moved.to(), token))
                                .toList(),
                        step.id(),
                        key,
                        moved.to());
            }
            if (other instanceof Step.TransferKey carried
                    && carried.under().equals(key)
                    && purpose(carried.key()) == KeyPurpose.CERTIFICATE_AUTHORITY) {
                effect.needs(
                        Rule.CARRIER_DESTROYED_EARLY,
                        new Signed(carried.key(), carried.to()),
                        step.id(),
                        key,
                        carried.key(),
                        carried.to());
            }
        });
    }

    static void gone(Effect.Builder effect, String key, String token) {
        effect.ends(new Holds(key, token))
                .ends(new Found(key, token))
                .ends(new Trusts(key, token))
                .ends(new Copied(key, token))
                .ends(new Extractable(key, token));
    }

    /// New envelopes: whoever loses the only key that opens them loses everything that they hold.
    void envelopes(Effect.Builder effect, String step, String under, String token) {
        usable(effect, step, under, token);
        held(effect, step, under, token);
        effect.needsAny(
                Rule.ENVELOPES_WITHOUT_BACKUP,
                Stream.concat(
                                escrows(under).stream(),
                                elsewhere(token, other -> List.of(new Copied(under, other), new Found(under, other)))
                                        .stream())
                        .toList(),
                step,
                under,
                token);
    }

    private List<Fact> elsewhere(String token, Function<String, List<Fact>> facts) {
        return cast.tokens().keySet().stream()
                .filter(other -> !other.equals(token))
                .flatMap(other -> facts.apply(other).stream())
                .toList();
    }

    static List<Fact> escrows(String key) {
        return Stream.of(Form.values())
                .<Fact>map(form -> new Escrowed(key, form))
                .toList();
    }

    private KeyPurpose purpose(String key) {
        return cast.key(key).purpose();
    }
}
