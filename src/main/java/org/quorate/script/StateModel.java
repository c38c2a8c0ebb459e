package org.quorate.script;

import static org.quorate.script.Ready.admitted;
import static org.quorate.script.Ready.held;
import static org.quorate.script.Ready.identified;
import static org.quorate.script.Ready.initialised;
import static org.quorate.script.Ready.present;
import static org.quorate.script.Ready.reachable;
import static org.quorate.script.Ready.usable;

import java.util.ArrayList;
import java.util.List;
import org.quorate.hsm.KeyPurpose;
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
import org.quorate.script.Step.EscrowKey.Form;

/// What each kind of step needs and establishes, for one script.
final class StateModel {
    private final Script script;
    private final Script.Cast cast;
    private final KeyTravel travel;

    StateModel(Script script) {
        this.script = script;
        this.cast = script.cast();
        this.travel = new KeyTravel(script);
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
            case Step.Decide s ->
                s.resultOf().ifPresent(of -> effect.needs(Rule.RESULT_NOT_EARLIER, new Performed(of), id, of));
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
            case Step.ImportTrustedKey s -> travel.importTrusted(effect, s);
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
            case Step.TakeCertificate s -> {
                authority(effect, id, s.key(), s.token());
                effect.refuses(Rule.CERTIFICATE_TWICE, new Certified(s.key()), id, s.key())
                        .begins(new Certified(s.key()));
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
            case Step.TransferKey s -> travel.transfer(effect, s);
            case Step.ImportKey s -> {
                usable(effect, id, s.token());
                held(effect, id, s.under(), s.token());
                brings(effect, id, s.key(), s.token());
            }
            case Step.HandOutPublicKey s -> {
                usable(effect, id, s.key(), s.token());
                held(effect, id, s.key(), s.token());
            }
            case Step.MakeDataKeys s -> travel.envelopes(effect, id, s.under(), s.token());
            case Step.CheckDataKeys s -> {
                usable(effect, id, s.under(), s.token());
                held(effect, id, s.under(), s.token());
                s.since().ifPresent(since -> effect.needs(Rule.START_NOT_EARLIER, new Performed(since), id, since));
                effect.begins(new Opened(s.under(), s.token()));
            }
            case Step.RewrapDataKeys s -> {
                held(effect, id, s.from(), s.token());
                travel.envelopes(effect, id, s.to(), s.token());
            }
            case Step.EscrowKey s -> escrow(effect, s);
            case Step.IdentifyEscrow s -> KeyTravel.escrows(s.key()).forEach(effect::begins);
            case Step.RecoverKey s -> recover(effect, s);
            case Step.ZeroiseToken s -> zeroise(effect, s);
            case Step.ForbidExtraction s -> travel.forbidExtraction(effect, s);
            case Step.DestroyKey s -> travel.destroy(effect, s);
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
                    Step.CopyLedger _,
                    Step.ReviewBreakGlass _,
                    Step.SignQuorumFile _ -> {}
            case Step.CompareFounding _ -> effect.needs(Rule.QUORUM_BEFORE_ROLL_CALL, Ceremony.ROLL_CALLED, id);
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

    private void zeroise(Effect.Builder effect, Step.ZeroiseToken step) {
        String token = step.token();
        identified(effect, step.id(), token);
        initialised(effect, step.id(), token);
        cast.keys().keySet().forEach(key -> KeyTravel.gone(effect, key, token));
        effect.ends(new Initialised(token));
    }

    private KeyPurpose purpose(String key) {
        return cast.key(key).purpose();
    }
}
