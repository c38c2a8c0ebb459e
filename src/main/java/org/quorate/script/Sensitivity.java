package org.quorate.script;

import java.util.Optional;

/// Which steps need officers, and which leave no way back.
public final class Sensitivity {
    private Sensitivity() {}

    /// The quorum that approves the step; empty for steps that change neither an HSM nor what the ledger
    /// counts on.
    public static Optional<String> quorum(Step step) {
        return switch (step) {
            case Step.InitialiseToken s -> Optional.of(s.quorum());
            case Step.GenerateKeyPair s -> Optional.of(s.quorum());
            case Step.GenerateSecretKey s -> Optional.of(s.quorum());
            case Step.ImportTrustedKey s -> Optional.of(s.quorum());
            case Step.IssueRootCertificate s -> Optional.of(s.quorum());
            case Step.MakeCertificateRequest s -> Optional.of(s.quorum());
            case Step.IssueCertificate s -> Optional.of(s.quorum());
            case Step.TakeCertificate s -> Optional.of(s.quorum());
            case Step.IssueCrl s -> Optional.of(s.quorum());
            case Step.SignJar s -> Optional.of(s.quorum());
            case Step.TransferKey s -> Optional.of(s.quorum());
            case Step.ImportKey s -> Optional.of(s.quorum());
            case Step.SignQuorumFile s -> Optional.of(s.quorum());
            case Step.MakeDataKeys s -> Optional.of(s.quorum());
            case Step.RewrapDataKeys s -> Optional.of(s.quorum());
            case Step.EscrowKey s -> Optional.of(s.quorum());
            case Step.RecoverKey s -> Optional.of(s.quorum());
            case Step.ZeroiseToken s -> Optional.of(s.quorum());
            case Step.ForbidExtraction s -> Optional.of(s.quorum());
            case Step.DestroyKey s -> Optional.of(s.quorum());
            case Step.ChangePin s -> Optional.of(s.quorum());
            case Step.EnrolCard s -> Optional.of(s.quorum());
            case Step.RestoreSecurityDomain s -> Optional.of(s.quorum());
            case Step.RetireCard s -> Optional.of(s.quorum());
            case Step.BreakGlass s -> Optional.of(s.quorum());
            case Step.ReviewBreakGlass s -> Optional.of(s.quorum());
            case Step.CorrectEntries s -> Optional.of(s.quorum());
            case Step.RunVendorCommand s -> s.quorum();
            case Step.Confirm _,
                    Step.Decide _,
                    Step.ReadScriptDigest _,
                    Step.RollCall _,
                    Step.CheckClock _,
                    Step.CheckWorkstation _,
                    Step.IdentifyToken _,
                    Step.CheckConnection _,
                    Step.IdentifyKey _,
                    Step.CheckRoster _,
                    Step.IdentifyEscrow _,
                    Step.CheckHealth _,
                    Step.MatchAuditLog _,
                    Step.InspectCustody _,
                    Step.AdmitToken _,
                    Step.HandOutPublicKey _,
                    Step.CheckDataKeys _,
                    Step.ReadFingerprint _,
                    Step.TestSignature _,
                    Step.ChangeCardPin _,
                    Step.UnblockCard _,
                    Step.CompareFounding _,
                    Step.CopyLedger _,
                    Step.ReviewEvidence _,
                    Step.ReadExceptions _,
                    Step.CloseCeremony _ -> Optional.empty();
        };
    }

    /// Whether what the step destroys or forbids can never be had back. Of a maker's command that changes something
    /// nobody here knows, so it counts as such.
    public static boolean irreversible(Step step) {
        return step instanceof Step.InitialiseToken
                || step instanceof Step.ZeroiseToken
                || step instanceof Step.ForbidExtraction
                || step instanceof Step.DestroyKey
                || (step instanceof Step.RunVendorCommand command
                        && command.quorum().isPresent());
    }
}
