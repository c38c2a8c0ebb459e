package org.quorate.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.script.Fact.Admitted;
import org.quorate.script.Fact.Away;
import org.quorate.script.Fact.Ceremony;
import org.quorate.script.Fact.Certified;
import org.quorate.script.Fact.Copied;
import org.quorate.script.Fact.Escrowed;
import org.quorate.script.Fact.Extractable;
import org.quorate.script.Fact.FingerprintRead;
import org.quorate.script.Fact.Found;
import org.quorate.script.Fact.Holds;
import org.quorate.script.Fact.Identified;
import org.quorate.script.Fact.Initialised;
import org.quorate.script.Fact.Made;
import org.quorate.script.Fact.Opened;
import org.quorate.script.Fact.Performed;
import org.quorate.script.Fact.Signed;
import org.quorate.script.Fact.Trusts;
import org.quorate.script.Step.EscrowKey.Form;

/// What each kind of step needs and establishes, for one script.
final class StateModel {
    private final Script script;
    private final Script.Cast cast;

    StateModel(Script script) {
        this.script = script;
        this.cast = script.cast();
    }

    /// What is true before the first step: tokens in service have their PINs.
    List<Fact> before() {
        var facts = new ArrayList<Fact>();
        cast.tokens().forEach((name, token) -> {
            if (token.state() == Script.TokenSpec.State.IN_SERVICE) {
                facts.add(new Initialised(name));
            }
        });
        return facts;
    }

    Effect effect(Step step) {
        String id = step.id();
        var effect = new Effect.Builder().refuses(Rule.CLOSE_NOT_LAST, Ceremony.CLOSED, id);
        if (Sensitivity.quorum(step).isPresent()) {
            effect.needs(Rule.QUORUM_BEFORE_ROLL_CALL, Ceremony.ROLL_CALLED, id);
        }
        if (Sensitivity.quorum(step).isPresent() && !(step instanceof Step.BreakGlass)) {
            GlassRules.breaks(script)
                    .findFirst()
                    .ifPresent(glass -> effect.needs(Rule.BREAK_GLASS_LATE, Ceremony.GLASS_BROKEN, id, glass.id()));
        }
        if (Sensitivity.irreversible(step)) {
            effect.needs(Rule.IRREVERSIBLE_BEFORE_DIGEST, Ceremony.DIGEST_READ, id);
        }
        if (!(step instanceof Step.ReadExceptions)) {
            effect.ends(Ceremony.EXCEPTIONS_READ);
        }
        switch (step) {
            case Step.Confirm _ -> {}
            case Step.ReadScriptDigest _ -> effect.begins(Ceremony.DIGEST_READ);
            case Step.RollCall _ -> effect.begins(Ceremony.ROLL_CALLED);
            case Step.CheckClock _ -> effect.begins(Ceremony.CLOCK_CHECKED);
            case Step.CheckWorkstation _ -> effect.begins(Ceremony.WORKSTATION_CHECKED);
            case Step.IdentifyToken s -> {
                reachable(effect, id, s.token());
                effect.begins(new Identified(s.token()));
            }
            case Step.CheckConnection s -> connection(effect, s);
            case Step.IdentifyKey s -> {
                identified(effect, id, s.token());
                initialised(effect, id, s.token());
                effect.refuses(Rule.KEY_ALREADY_ON_TOKEN, new Holds(s.key(), s.token()), id, s.key(), s.token())
                        .begins(new Holds(s.key(), s.token()))
                        .begins(new Found(s.key(), s.token()));
                if (cast.key(s.key()).copyable().isPresent()) {
                    effect.begins(new Extractable(s.key(), s.token()));
                }
            }
            case Step.AdmitToken s -> {
                identified(effect, id, s.token());
                effect.begins(new Admitted(s.token()));
            }
            case Step.RunVendorCommand s -> identified(effect, id, s.token());
            // The log may come from an HSM that is away; only who it is must be known.
            case Step.MatchAuditLog s ->
                effect.needs(Rule.TOKEN_NOT_IDENTIFIED, new Identified(s.token()), id, s.token());
            case Step.CheckHealth s -> usable(effect, id, s.token());
            case Step.InitialiseToken s -> initialise(effect, s);
            case Step.GenerateKeyPair s -> generate(effect, id, s.key(), s.token());
            case Step.GenerateSecretKey s -> generate(effect, id, s.key(), s.token());
            case Step.ImportTrustedKey s -> importTrusted(effect, s);
            case Step.ReadFingerprint s -> {
                usable(effect, id, s.key(), s.token());
                effect.needsAny(Rule.KEY_NOT_ON_TOKEN, present(s.key(), s.token()), id, s.key(), s.token())
                        .begins(new FingerprintRead(s.key(), s.token()));
            }
            case Step.TestSignature s -> {
                usable(effect, id, s.key(), s.token());
                held(effect, id, s.key(), s.token());
                s.since().ifPresent(since -> effect.needs(Rule.START_NOT_EARLIER, new Performed(since), id, since));
                effect.begins(new Signed(s.key(), s.token()));
            }
            case Step.IssueRootCertificate s -> certify(effect, s);
            case Step.MakeCertificateRequest s -> {
                usable(effect, id, s.key(), s.token());
                held(effect, id, s.key(), s.token());
                effect.begins(new Made(s.file()));
            }
            case Step.IssueCertificate s -> {
                authority(effect, id, s.key(), s.token());
                effect.begins(new Made(s.file()));
            }
            case Step.IssueCrl s -> authority(effect, id, s.key(), s.token());
            case Step.SignJar s -> {
                usable(effect, id, s.key(), s.token());
                held(effect, id, s.key(), s.token());
                // A key that was made in this ceremony can have no certificate but one that was issued in it.
                effect.needsAny(
                        Rule.CERTIFICATE_NOT_ISSUED,
                        List.of(new Made(s.certificate()), new Found(s.key(), s.token())),
                        id,
                        s.certificate(),
                        s.key());
            }
            case Step.TransferKey s -> transfer(effect, s);
            case Step.ImportKey s -> {
                usable(effect, id, s.token());
                held(effect, id, s.under(), s.token());
                brings(effect, id, s.key(), s.token());
            }
            case Step.HandOutPublicKey s -> {
                usable(effect, id, s.key(), s.token());
                held(effect, id, s.key(), s.token());
            }
            case Step.MakeDataKeys s -> envelopes(effect, id, s.under(), s.token());
            case Step.CheckDataKeys s -> {
                usable(effect, id, s.under(), s.token());
                held(effect, id, s.under(), s.token());
                s.since().ifPresent(since -> effect.needs(Rule.START_NOT_EARLIER, new Performed(since), id, since));
                effect.begins(new Opened(s.under(), s.token()));
            }
            case Step.RewrapDataKeys s -> {
                held(effect, id, s.from(), s.token());
                envelopes(effect, id, s.to(), s.token());
            }
            case Step.EscrowKey s -> escrow(effect, s);
            case Step.IdentifyEscrow s -> escrows(s.key()).forEach(effect::begins);
            case Step.RecoverKey s -> recover(effect, s);
            case Step.ZeroiseToken s -> zeroise(effect, s);
            case Step.ForbidExtraction s -> forbidExtraction(effect, s);
            case Step.DestroyKey s -> destroy(effect, s);
            case Step.ChangePin s -> {
                identified(effect, id, s.token());
                initialised(effect, id, s.token());
            }
            // Cards and corrections are the ledger's own, and what a signed file is for happens at another HSM: the
            // world
            // of tokens and keys is as before.
            case Step.BreakGlass _ ->
                effect.refuses(Rule.BREAK_GLASS_TWICE, Ceremony.GLASS_BROKEN, id)
                        .begins(Ceremony.GLASS_BROKEN);
            case Step.EnrolCard _,
                    Step.RetireCard _,
                    Step.CheckRoster _,
                    Step.RestoreSecurityDomain _,
                    Step.InspectCustody _,
                    Step.ChangeCardPin _,
                    Step.UnblockCard _,
                    Step.CorrectEntries _,
                    Step.ReviewBreakGlass _,
                    Step.SignQuorumFile _ -> {}
            case Step.ReviewEvidence _ -> effect.needs(Rule.REVIEW_BEFORE_ROLL_CALL, Ceremony.ROLL_CALLED, id);
            case Step.ReadExceptions _ -> effect.begins(Ceremony.EXCEPTIONS_READ);
            case Step.CloseCeremony _ ->
                effect.needs(Rule.EXCEPTIONS_NOT_READ, Ceremony.EXCEPTIONS_READ, id)
                        .begins(Ceremony.CLOSED);
        }
        return effect.begins(new Performed(id)).build();
    }

    private static void connection(Effect.Builder effect, Step.CheckConnection step) {
        effect.needs(Rule.TOKEN_NOT_IDENTIFIED, new Identified(step.token()), step.id(), step.token());
        switch (step.expect()) {
            case ABSENT -> effect.begins(new Away(step.token()));
            case PRESENT ->
                effect.needs(Rule.TOKEN_NOT_AWAY, new Away(step.token()), step.id(), step.token())
                        .ends(new Away(step.token()));
        }
    }

    private void initialise(Effect.Builder effect, Step.InitialiseToken step) {
        identified(effect, step.id(), step.token());
        admitted(effect, step.id(), step.token());
        effect.refuses(Rule.TOKEN_ALREADY_INITIALISED, new Initialised(step.token()), step.id(), step.token())
                .begins(new Initialised(step.token()));
    }

    private void generate(Effect.Builder effect, String step, String key, String token) {
        usable(effect, step, token);
        brings(effect, step, key, token);
    }

    private void brings(Effect.Builder effect, String step, String key, String token) {
        effect.refuses(Rule.KEY_ALREADY_ON_TOKEN, new Holds(key, token), step, key, token)
                .begins(new Holds(key, token));
        if (purpose(key).wantsBackup()) {
            effect.begins(new Extractable(key, token));
        }
    }

    /// The shares are its backup, so that it need not leave the token.
    private void escrow(Effect.Builder effect, Step.EscrowKey step) {
        usable(effect, step.id(), step.token());
        effect.refuses(
                Rule.KEY_ALREADY_ON_TOKEN, new Holds(step.key(), step.token()), step.id(), step.key(), step.token());
        for (Form form : Form.values()) {
            effect.refuses(Rule.ESCROW_TWICE, new Escrowed(step.key(), form), step.id(), step.key());
            step.holders(form).ifPresent(quorum -> effect.begins(new Escrowed(step.key(), form)));
        }
        effect.begins(new Holds(step.key(), step.token()));
    }

    private static List<Fact> escrows(String key) {
        return Stream.of(Form.values())
                .<Fact>map(form -> new Escrowed(key, form))
                .toList();
    }

    private void recover(Effect.Builder effect, Step.RecoverKey step) {
        usable(effect, step.id(), step.token());
        effect.needs(
                        Rule.RECOVERY_WITHOUT_ESCROW,
                        new Escrowed(step.key(), step.from()),
                        step.id(),
                        step.key(),
                        step.from().wire())
                .refuses(
                        Rule.KEY_ALREADY_ON_TOKEN,
                        new Holds(step.key(), step.token()),
                        step.id(),
                        step.key(),
                        step.token())
                .begins(new Holds(step.key(), step.token()))
                .begins(new Copied(step.key(), step.token()));
    }

    private void importTrusted(Effect.Builder effect, Step.ImportTrustedKey step) {
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

    private void certify(Effect.Builder effect, Step.IssueRootCertificate step) {
        String key = step.key();
        String token = step.token();
        usable(effect, step.id(), token);
        held(effect, step.id(), key, token);
        effect.needs(Rule.CERTIFICATE_BEFORE_FINGERPRINT, new FingerprintRead(key, token), step.id(), key, token)
                .needs(Rule.CERTIFICATE_BEFORE_TEST, new Signed(key, token), step.id(), key, token)
                .refuses(Rule.CERTIFICATE_TWICE, new Certified(key), step.id(), key)
                .begins(new Certified(key));
    }

    /// Officers must know whose name they put under a certificate or a list.
    private static void authority(Effect.Builder effect, String step, String key, String token) {
        usable(effect, step, key, token);
        held(effect, step, key, token);
        effect.needs(Rule.ISSUER_BEFORE_FINGERPRINT, new FingerprintRead(key, token), step, key, token);
    }

    private void transfer(Effect.Builder effect, Step.TransferKey step) {
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

    /// New envelopes: whoever loses the only key that opens them loses everything that they hold.
    private void envelopes(Effect.Builder effect, String step, String under, String token) {
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

    private void zeroise(Effect.Builder effect, Step.ZeroiseToken step) {
        String token = step.token();
        identified(effect, step.id(), token);
        initialised(effect, step.id(), token);
        cast.keys().keySet().forEach(key -> gone(effect, key, token));
        effect.ends(new Initialised(token));
    }

    private static void gone(Effect.Builder effect, String key, String token) {
        effect.ends(new Holds(key, token))
                .ends(new Found(key, token))
                .ends(new Trusts(key, token))
                .ends(new Copied(key, token))
                .ends(new Extractable(key, token));
    }

    private void forbidExtraction(Effect.Builder effect, Step.ForbidExtraction step) {
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

    private void destroy(Effect.Builder effect, Step.DestroyKey step) {
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

    private KeyPurpose purpose(String key) {
        return cast.key(key).purpose();
    }

    private static void reachable(Effect.Builder effect, String step, String token) {
        effect.refuses(Rule.TOKEN_AWAY, new Away(token), step, token);
    }

    private static void identified(Effect.Builder effect, String step, String token) {
        reachable(effect, step, token);
        effect.needs(Rule.TOKEN_NOT_IDENTIFIED, new Identified(token), step, token);
    }

    private static void admitted(Effect.Builder effect, String step, String token) {
        effect.needs(Rule.TOKEN_NOT_ADMITTED, new Admitted(token), step, token);
    }

    private static void initialised(Effect.Builder effect, String step, String token) {
        effect.needs(Rule.TOKEN_NOT_INITIALISED, new Initialised(token), step, token);
    }

    private static void usable(Effect.Builder effect, String step, String token) {
        identified(effect, step, token);
        admitted(effect, step, token);
        initialised(effect, step, token);
    }

    /// For what a key does that lies there: the ceremony that brought it has admitted the token.
    private static void usable(Effect.Builder effect, String step, String key, String token) {
        identified(effect, step, token);
        effect.needsAny(Rule.TOKEN_NOT_ADMITTED, List.of(new Admitted(token), new Found(key, token)), step, token);
        initialised(effect, step, token);
    }

    private static void held(Effect.Builder effect, String step, String key, String token) {
        effect.needs(Rule.KEY_NOT_ON_TOKEN, new Holds(key, token), step, key, token);
    }

    private static List<Fact> present(String key, String token) {
        return List.of(new Holds(key, token), new Trusts(key, token));
    }
}
