package org.quorate.script;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.quorate.hsm.KeyPurpose;

/// Which keys a step works on, and what these may be for.
final class KeyUse {
    private KeyUse() {}

    static List<String> of(Step step) {
        return switch (step) {
            case Step.GenerateKeyPair s -> List.of(s.key());
            case Step.GenerateSecretKey s -> List.of(s.key());
            case Step.ImportTrustedKey s -> List.of(s.key());
            case Step.ReadFingerprint s -> List.of(s.key());
            case Step.IdentifyKey s -> List.of(s.key());
            case Step.TestSignature s -> List.of(s.key());
            case Step.IssueRootCertificate s -> List.of(s.key());
            case Step.MakeCertificateRequest s -> List.of(s.key());
            case Step.IssueCertificate s -> List.of(s.key());
            case Step.TakeCertificate s -> List.of(s.key());
            case Step.IssueCrl s -> List.of(s.key());
            case Step.SignJar s -> List.of(s.key());
            case Step.ForbidExtraction s -> List.of(s.key());
            case Step.ImportKey s -> List.of(s.key());
            case Step.HandOutPublicKey s -> List.of(s.key());
            case Step.MakeDataKeys s -> List.of(s.under());
            case Step.CheckDataKeys s -> List.of(s.under());
            case Step.RewrapDataKeys s -> List.of(s.from(), s.to());
            case Step.EscrowKey s -> List.of(s.key());
            case Step.IdentifyEscrow s -> List.of(s.key());
            case Step.RecoverKey s -> List.of(s.key());
            // Any key can be destroyed; what can be transferred under what is the matter of wrong-carrier.
            case Step.DestroyKey _, Step.TransferKey _ -> List.of();
            case Step.Confirm _,
                    Step.Decide _,
                    Step.ReadScriptDigest _,
                    Step.RollCall _,
                    Step.CheckClock _,
                    Step.CheckWorkstation _,
                    Step.IdentifyToken _,
                    Step.CheckConnection _,
                    Step.RunVendorCommand _,
                    Step.CheckHealth _,
                    Step.MatchAuditLog _,
                    Step.InspectCustody _,
                    Step.AdmitToken _,
                    Step.InitialiseToken _,
                    Step.ZeroiseToken _,
                    Step.ChangePin _,
                    Step.SignQuorumFile _,
                    Step.EnrolCard _,
                    Step.RetireCard _,
                    Step.CheckRoster _,
                    Step.RestoreSecurityDomain _,
                    Step.ChangeCardPin _,
                    Step.UnblockCard _,
                    Step.BreakGlass _,
                    Step.ReviewBreakGlass _,
                    Step.CompareFounding _,
                    Step.CopyLedger _,
                    Step.ReviewEvidence _,
                    Step.CorrectEntries _,
                    Step.ReadExceptions _,
                    Step.CloseCeremony _ -> List.of();
        };
    }

    /// The purposes of keys that a step can work on.
    static Set<KeyPurpose> allowed(Step step) {
        return switch (step) {
            case Step.GenerateKeyPair _, Step.HandOutPublicKey _ ->
                Set.of(KeyPurpose.CERTIFICATE_AUTHORITY, KeyPurpose.TRANSPORT, KeyPurpose.SIGNING);
            case Step.ReadFingerprint _ -> EnumSet.complementOf(EnumSet.of(KeyPurpose.WRAPPING, KeyPurpose.UNWRAPPING));
            case Step.GenerateSecretKey _ ->
                Set.of(
                        KeyPurpose.WRAPPING,
                        KeyPurpose.DATA_ENCRYPTION,
                        KeyPurpose.KEY_ENCRYPTION,
                        KeyPurpose.MESSAGE_AUTHENTICATION);
            case Step.ImportTrustedKey _ -> Set.of(KeyPurpose.TRANSPORT);
            case Step.IdentifyKey _ -> EnumSet.allOf(KeyPurpose.class);
            case Step.TestSignature _, Step.MakeCertificateRequest _ ->
                Set.of(KeyPurpose.CERTIFICATE_AUTHORITY, KeyPurpose.SIGNING);
            case Step.SignJar _ -> Set.of(KeyPurpose.SIGNING);
            case Step.ForbidExtraction _, Step.ImportKey _ ->
                Set.of(
                        KeyPurpose.CERTIFICATE_AUTHORITY,
                        KeyPurpose.DATA_ENCRYPTION,
                        KeyPurpose.KEY_ENCRYPTION,
                        KeyPurpose.MESSAGE_AUTHENTICATION);
            case Step.EscrowKey _, Step.IdentifyEscrow _, Step.RecoverKey _ -> EscrowRules.PURPOSES;
            case Step.MakeDataKeys _, Step.CheckDataKeys _, Step.RewrapDataKeys _ -> Set.of(KeyPurpose.KEY_ENCRYPTION);
            default -> Set.of(KeyPurpose.CERTIFICATE_AUTHORITY);
        };
    }
}
