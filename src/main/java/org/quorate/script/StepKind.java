package org.quorate.script;

/// The name by which a script, the ledger and the documents know each kind of step.
public final class StepKind {
    private StepKind() {}

    public static String of(Step step) {
        return switch (step) {
            case Step.Confirm s -> "confirm";
            case Step.Decide s -> "decide";
            case Step.ReadScriptDigest s -> "read_script_digest";
            case Step.RollCall s -> "roll_call";
            case Step.CheckClock s -> "check_clock";
            case Step.CheckWorkstation s -> "check_workstation";
            case Step.IdentifyToken s -> "identify_token";
            case Step.CheckConnection s -> "check_connection";
            case Step.IdentifyKey s -> "identify_key";
            case Step.RunVendorCommand s -> "run_vendor_command";
            case Step.CheckHealth s -> "check_health";
            case Step.MatchAuditLog s -> "match_audit_log";
            case Step.InspectCustody s -> "inspect_custody";
            case Step.AdmitToken s -> "admit_token";
            case Step.InitialiseToken s -> "initialise_token";
            case Step.GenerateKeyPair s -> "generate_key_pair";
            case Step.GenerateSecretKey s -> "generate_secret_key";
            case Step.ImportTrustedKey s -> "import_trusted_key";
            case Step.ReadFingerprint s -> "read_fingerprint";
            case Step.TestSignature s -> "test_signature";
            case Step.IssueRootCertificate s -> "issue_root_certificate";
            case Step.MakeCertificateRequest s -> "make_certificate_request";
            case Step.IssueCertificate s -> "issue_certificate";
            case Step.TakeCertificate s -> "take_certificate";
            case Step.IssueCrl s -> "issue_crl";
            case Step.SignJar s -> "sign_jar";
            case Step.TransferKey s -> "transfer_key";
            case Step.ImportKey s -> "import_key";
            case Step.HandOutPublicKey s -> "hand_out_public_key";
            case Step.SignQuorumFile s -> "sign_quorum_file";
            case Step.MakeDataKeys s -> "make_data_keys";
            case Step.CheckDataKeys s -> "check_data_keys";
            case Step.RewrapDataKeys s -> "rewrap_data_keys";
            case Step.EscrowKey s -> "escrow_key";
            case Step.IdentifyEscrow s -> "identify_escrow";
            case Step.RecoverKey s -> "recover_key";
            case Step.ZeroiseToken s -> "zeroise_token";
            case Step.ForbidExtraction s -> "forbid_extraction";
            case Step.DestroyKey s -> "destroy_key";
            case Step.ChangePin s -> "change_pin";
            case Step.EnrolCard s -> "enrol_card";
            case Step.RestoreSecurityDomain s -> "restore_security_domain";
            case Step.CheckRoster s -> "check_roster";
            case Step.RetireCard s -> "retire_card";
            case Step.ChangeCardPin s -> "change_card_pin";
            case Step.UnblockCard s -> "unblock_card";
            case Step.BreakGlass s -> "break_glass";
            case Step.ReviewBreakGlass s -> "review_break_glass";
            case Step.CompareFounding s -> "compare_founding";
            case Step.CopyLedger s -> "copy_ledger";
            case Step.ReviewEvidence s -> "review_evidence";
            case Step.CorrectEntries s -> "correct_entries";
            case Step.ReadExceptions s -> "read_exceptions";
            case Step.CloseCeremony s -> "close_ceremony";
        };
    }
}
