package org.quorate.record;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.quorate.base.Texts;
import org.quorate.quorum.Quorum;
import org.quorate.script.Courses;
import org.quorate.script.Script;
import org.quorate.script.Step;
import org.quorate.script.StepKind;

/// What the console does in a step, in a sentence or two: the same words on paper beforehand and on screen.
public final class StepActs {
    private StepActs() {}

    /// When a step is performed that hangs on a decision.
    public static Optional<String> only(Step step, Script script) {
        return Courses.of(script)
                .branch(step)
                .map(branch -> Texts.get(
                        "step.decide.only",
                        script.number(branch.decision()),
                        branch.path().label()));
    }

    public static String does(Step step, Script.Cast cast) {
        String key = "step." + StepKind.of(step) + ".does";
        return switch (step) {
            case Step.Confirm s -> Texts.get(key);
            case Step.Decide s ->
                Texts.get(
                        s.question().isPresent() ? key : "step.decide.result.does",
                        s.paths().stream().map(Step.Decide.Path::label).collect(Collectors.joining(" / ")));
            case Step.ReadScriptDigest s -> Texts.get(key);
            case Step.RollCall s -> Texts.get(key);
            case Step.CheckClock s -> Texts.get(key, s.maxOffsetSeconds());
            case Step.CheckWorkstation s -> Texts.get(key);
            case Step.IdentifyToken s -> Texts.get(key, token(s.token(), cast));
            case Step.CheckConnection s -> Texts.get(key + "." + s.expect().wire(), token(s.token(), cast));
            case Step.IdentifyKey s -> Texts.get(key, label(s.key(), cast), token(s.token(), cast));
            case Step.AdmitToken s -> Texts.get(key, token(s.token(), cast));
            case Step.InitialiseToken s ->
                Texts.get(
                        key,
                        token(s.token(), cast),
                        quorum(s.quorum(), cast),
                        s.label(),
                        holder(s.soPinBy(), cast),
                        holder(s.userPinBy(), cast));
            case Step.MatchAuditLog s -> Texts.get(key, s.file(), token(s.token(), cast), s.toleranceSeconds());
            case Step.InspectCustody s -> Texts.get(key);
            case Step.CheckHealth s -> Texts.get(key, token(s.token(), cast), s.calls());
            case Step.RunVendorCommand s ->
                Texts.get(key, s.command(), token(s.token(), cast))
                        + s.quorum()
                                .map(name -> " " + Texts.get("step.run_vendor_command.quorum.does", quorum(name, cast)))
                                .orElse("")
                        + s.peopleRead()
                                .map(what -> " " + Texts.get("step.run_vendor_command.people_read.does", what))
                                .orElse("");
            case Step.GenerateKeyPair s ->
                Texts.get(key, label(s.key(), cast), token(s.token(), cast), quorum(s.quorum(), cast));
            case Step.GenerateSecretKey s ->
                Texts.get(key, label(s.key(), cast), token(s.token(), cast), quorum(s.quorum(), cast));
            case Step.ImportTrustedKey s ->
                Texts.get(
                        key,
                        label(s.key(), cast),
                        token(s.from(), cast),
                        token(s.to(), cast),
                        quorum(s.quorum(), cast));
            case Step.ReadFingerprint s -> Texts.get(key, label(s.key(), cast), token(s.token(), cast));
            case Step.TestSignature s ->
                Texts.get(key, label(s.key(), cast), token(s.token(), cast)) + since(s.since(), s.withinMinutes());
            case Step.IssueRootCertificate s ->
                Texts.get(
                        key,
                        label(s.key(), cast),
                        token(s.token(), cast),
                        quorum(s.quorum(), cast),
                        s.subject(),
                        s.years());
            case Step.MakeCertificateRequest s ->
                Texts.get(
                        key,
                        label(s.key(), cast),
                        token(s.token(), cast),
                        quorum(s.quorum(), cast),
                        s.subject() + names(s.names()),
                        Texts.get("step.profile." + s.profile().wire()),
                        s.file());
            case Step.IssueCertificate s ->
                Texts.get(
                        key,
                        s.request(),
                        label(s.key(), cast),
                        token(s.token(), cast),
                        quorum(s.quorum(), cast),
                        s.subject() + names(s.names()),
                        Texts.get("step.profile." + s.profile().wire()),
                        s.days(),
                        s.file());
            case Step.TakeCertificate s ->
                Texts.get(
                        key,
                        label(s.key(), cast),
                        token(s.token(), cast),
                        s.file(),
                        s.issuer(),
                        quorum(s.quorum(), cast));
            case Step.IssueCrl s ->
                Texts.get(
                        key,
                        label(s.key(), cast),
                        token(s.token(), cast),
                        quorum(s.quorum(), cast),
                        s.days(),
                        s.file());
            case Step.SignJar s ->
                Texts.get(
                        key,
                        s.file(),
                        label(s.key(), cast),
                        token(s.token(), cast),
                        quorum(s.quorum(), cast),
                        s.certificate(),
                        s.out());
            case Step.TransferKey s ->
                Texts.get(
                        cast.key(s.key()).copyable().isPresent() ? "step.transfer_key.copyable.does" : key,
                        label(s.key(), cast),
                        label(s.under(), cast),
                        token(s.from(), cast),
                        token(s.to(), cast),
                        quorum(s.quorum(), cast),
                        cast.key(s.key()).copyable().orElse(""));
            case Step.ImportKey s ->
                Texts.get(
                        key,
                        label(s.key(), cast),
                        label(s.under(), cast),
                        token(s.token(), cast),
                        quorum(s.quorum(), cast),
                        s.file());
            case Step.HandOutPublicKey s -> Texts.get(key, label(s.key(), cast), token(s.token(), cast), s.file());
            case Step.SignQuorumFile s ->
                Texts.get(
                                "step.sign_quorum_file." + s.format().wire() + ".does",
                                s.file(),
                                quorum(s.quorum(), cast),
                                s.out())
                        + s.withinMinutes()
                                .map(minutes -> " " + Texts.get("step.sign_quorum_file.within.does", minutes))
                                .orElse("");
            case Step.MakeDataKeys s ->
                Texts.get(
                        key,
                        s.count(),
                        s.spec().text(),
                        label(s.under(), cast),
                        token(s.token(), cast),
                        quorum(s.quorum(), cast),
                        s.file());
            case Step.CheckDataKeys s ->
                Texts.get(key, s.file(), label(s.under(), cast), token(s.token(), cast))
                        + since(s.since(), s.withinMinutes());
            case Step.RewrapDataKeys s ->
                Texts.get(
                        key,
                        s.file(),
                        label(s.from(), cast),
                        label(s.to(), cast),
                        token(s.token(), cast),
                        quorum(s.quorum(), cast));
            case Step.EscrowKey s ->
                Texts.get(key, label(s.key(), cast), token(s.token(), cast), quorum(s.quorum(), cast))
                        + s.cards()
                                .map(name -> " " + Texts.get("step.escrow_key.cards.does", quorum(name, cast)))
                                .orElse("")
                        + s.paper()
                                .map(name -> " "
                                        + Texts.get(
                                                "step.escrow_key.paper.does",
                                                quorum(name, cast),
                                                s.custody().orElse("")))
                                .orElse("");
            case Step.IdentifyEscrow s -> Texts.get(key, label(s.key(), cast));
            case Step.RecoverKey s ->
                Texts.get(
                        "step.recover_key." + s.from().wire() + ".does",
                        label(s.key(), cast),
                        token(s.token(), cast),
                        quorum(s.quorum(), cast));
            case Step.ZeroiseToken s ->
                Texts.get(
                        key,
                        token(s.token(), cast),
                        quorum(s.quorum(), cast),
                        role(s.soPinBy(), cast),
                        role(s.userPinBy(), cast));
            case Step.ForbidExtraction s ->
                Texts.get(key, label(s.key(), cast), token(s.token(), cast), quorum(s.quorum(), cast));
            case Step.DestroyKey s ->
                Texts.get(
                        key,
                        label(s.key(), cast),
                        String.join(
                                ", ",
                                s.tokens().stream()
                                        .map(token -> "\"" + token(token, cast) + "\"")
                                        .toList()),
                        quorum(s.quorum(), cast));
            case Step.ChangePin s ->
                Texts.get(key + "." + s.pin().wire(), token(s.token(), cast), quorum(s.quorum(), cast))
                        + s.split()
                                .map(split -> " " + Texts.get("step.change_pin.split", quorum(split, cast)))
                                .orElse("");
            case Step.EnrolCard s ->
                Texts.get(
                        key,
                        String.join(
                                ", ",
                                s.roles().stream().map(role -> role(role, cast)).toList()),
                        quorum(s.quorum(), cast));
            case Step.RestoreSecurityDomain s ->
                Texts.get(key, s.file(), s.exchange(), s.out(), quorum(s.quorum(), cast));
            case Step.CheckRoster s -> Texts.get(key, role(s.role(), cast), s.group(), s.file());
            case Step.RetireCard s -> Texts.get(key, role(s.role(), cast), quorum(s.quorum(), cast));
            case Step.ChangeCardPin s -> Texts.get(key, role(s.role(), cast));
            case Step.UnblockCard s -> Texts.get(key, role(s.role(), cast));
            case Step.BreakGlass s ->
                Texts.get(key, quorum(s.quorum(), cast), role(s.reviewedBy(), cast), s.reviewWithinDays());
            case Step.ReviewBreakGlass s -> Texts.get(key, quorum(s.quorum(), cast));
            case Step.CompareFounding s -> Texts.get(key);
            case Step.CopyLedger s -> Texts.get(key);
            case Step.ReviewEvidence s -> Texts.get(key, s.days());
            case Step.CorrectEntries s -> Texts.get(key, quorum(s.quorum(), cast));
            case Step.ReadExceptions s -> Texts.get(key);
            case Step.CloseCeremony s -> Texts.get(key);
        };
    }

    private static String names(Optional<List<String>> names) {
        return names.map(all -> " (" + String.join(", ", all) + ")").orElse("");
    }

    private static String holder(Step.PinHolder holder, Script.Cast cast) {
        return switch (holder) {
            case Step.PinHolder.Typist(var role) -> role(role, cast);
            case Step.PinHolder.Cards(var quorum) -> Texts.get("step.pin_shares", quorum(quorum, cast));
        };
    }

    private static String since(Optional<String> step, Optional<Integer> within) {
        return step.flatMap(since ->
                        within.map(minutes -> " " + Texts.get("step.test_signature.since.does", since, minutes)))
                .orElse("");
    }

    /// "2 of crypto officer".
    private static String quorum(String name, Script.Cast cast) {
        Quorum quorum = cast.quorum(name);
        return Texts.get(
                "step.quorum",
                quorum.m(),
                String.join(
                        ", ",
                        quorum.roles().stream().map(role -> role(role, cast)).toList()));
    }

    private static String role(String name, Script.Cast cast) {
        return cast.role(name).title();
    }

    private static String token(String name, Script.Cast cast) {
        return cast.token(name).title();
    }

    private static String label(String name, Script.Cast cast) {
        return cast.key(name).label();
    }
}
