package org.quorate.script.yaml;

import java.util.List;
import java.util.Optional;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.PinKind;
import org.quorate.script.Step;
import org.quorate.script.Step.CheckConnection.Connection;
import org.quorate.script.Step.SignQuorumFile.Format;
import org.quorate.script.yaml.StepForm.FieldForm;
import org.quorate.script.yaml.StepForm.FieldType;

/// Every kind of step with its fields. The names are those of the record components of [Step] in snake_case; a test
/// holds the two together.
final class StepForms {
    static final List<StepForm> ALL = List.of(
            new StepForm(
                    "confirm",
                    List.of(need("statement", FieldType.TEXT), may("enter", FieldType.INPUTS)),
                    (head, v) -> new Step.Confirm(head, v.text("statement"), v.inputs())),
            new StepForm(
                    "decide",
                    List.of(
                            may("question", FieldType.TEXT),
                            may("result_of", FieldType.STEP),
                            need("paths", FieldType.PATHS)),
                    (head, v) ->
                            new Step.Decide(head, v.optionalText("question"), v.optionalText("result_of"), v.paths())),
            new StepForm("read_script_digest", List.of(), (head, v) -> new Step.ReadScriptDigest(head)),
            new StepForm("roll_call", List.of(), (head, v) -> new Step.RollCall(head)),
            new StepForm(
                    "check_clock",
                    List.of(need("max_offset_seconds", FieldType.SECONDS)),
                    (head, v) -> new Step.CheckClock(head, v.integer("max_offset_seconds"))),
            new StepForm("check_workstation", List.of(), (head, v) -> new Step.CheckWorkstation(head)),
            new StepForm(
                    "identify_token",
                    List.of(need("token", FieldType.TOKEN)),
                    (head, v) -> new Step.IdentifyToken(head, v.text("token"))),
            new StepForm(
                    "check_connection",
                    List.of(need("token", FieldType.TOKEN), need("expect", FieldType.CONNECTION)),
                    (head, v) -> new Step.CheckConnection(
                            head,
                            v.text("token"),
                            Connection.ofWire(v.text("expect")).orElseThrow())),
            new StepForm(
                    "identify_key",
                    List.of(need("key", FieldType.KEY), need("token", FieldType.TOKEN)),
                    (head, v) -> new Step.IdentifyKey(head, v.text("key"), v.text("token"))),
            new StepForm(
                    "run_vendor_command",
                    List.of(
                            need("token", FieldType.TOKEN),
                            need("command", FieldType.TEXT),
                            may("quorum", FieldType.QUORUM),
                            may("people_read", FieldType.TEXT)),
                    (head, v) -> new Step.RunVendorCommand(
                            head,
                            v.text("token"),
                            v.text("command"),
                            v.optionalText("quorum"),
                            v.optionalText("people_read"))),
            new StepForm(
                    "check_health",
                    List.of(need("token", FieldType.TOKEN), need("calls", FieldType.CALLS)),
                    (head, v) -> new Step.CheckHealth(head, v.text("token"), v.integer("calls"))),
            new StepForm(
                    "match_audit_log",
                    List.of(
                            need("token", FieldType.TOKEN),
                            need("file", FieldType.FILE),
                            need("tolerance_seconds", FieldType.SECONDS)),
                    (head, v) -> new Step.MatchAuditLog(
                            head, v.text("token"), v.text("file"), v.integer("tolerance_seconds"))),
            new StepForm("inspect_custody", List.of(), (head, v) -> new Step.InspectCustody(head)),
            new StepForm(
                    "admit_token",
                    List.of(need("token", FieldType.TOKEN)),
                    (head, v) -> new Step.AdmitToken(head, v.text("token"))),
            new StepForm(
                    "initialise_token",
                    List.of(
                            need("token", FieldType.TOKEN),
                            need("label", FieldType.LABEL),
                            need("quorum", FieldType.QUORUM),
                            need("so_pin_by", FieldType.PIN_HOLDER),
                            need("user_pin_by", FieldType.PIN_HOLDER)),
                    (head, v) -> new Step.InitialiseToken(
                            head,
                            v.text("token"),
                            v.text("label"),
                            v.text("quorum"),
                            v.holder("so_pin_by"),
                            v.holder("user_pin_by"))),
            new StepForm(
                    "generate_key_pair",
                    List.of(
                            need("key", FieldType.KEY),
                            need("token", FieldType.TOKEN),
                            need("quorum", FieldType.QUORUM)),
                    (head, v) -> new Step.GenerateKeyPair(head, v.text("key"), v.text("token"), v.text("quorum"))),
            new StepForm(
                    "generate_secret_key",
                    List.of(
                            need("key", FieldType.KEY),
                            need("token", FieldType.TOKEN),
                            need("quorum", FieldType.QUORUM)),
                    (head, v) -> new Step.GenerateSecretKey(head, v.text("key"), v.text("token"), v.text("quorum"))),
            new StepForm(
                    "import_trusted_key",
                    List.of(
                            need("key", FieldType.KEY),
                            need("from", FieldType.TOKEN),
                            need("to", FieldType.TOKEN),
                            need("quorum", FieldType.QUORUM)),
                    (head, v) -> new Step.ImportTrustedKey(
                            head, v.text("key"), v.text("from"), v.text("to"), v.text("quorum"))),
            new StepForm(
                    "read_fingerprint",
                    List.of(need("key", FieldType.KEY), need("token", FieldType.TOKEN)),
                    (head, v) -> new Step.ReadFingerprint(head, v.text("key"), v.text("token"))),
            new StepForm(
                    "test_signature",
                    List.of(
                            need("key", FieldType.KEY),
                            need("token", FieldType.TOKEN),
                            may("since", FieldType.STEP),
                            may("within_minutes", FieldType.MINUTES)),
                    (head, v) -> new Step.TestSignature(
                            head,
                            v.text("key"),
                            v.text("token"),
                            v.optionalText("since"),
                            v.optionalInteger("within_minutes"))),
            new StepForm(
                    "issue_root_certificate",
                    List.of(
                            need("key", FieldType.KEY),
                            need("token", FieldType.TOKEN),
                            need("subject", FieldType.DISTINGUISHED_NAME),
                            need("years", FieldType.YEARS),
                            need("quorum", FieldType.QUORUM)),
                    (head, v) -> new Step.IssueRootCertificate(
                            head,
                            v.text("key"),
                            v.text("token"),
                            v.text("subject"),
                            v.integer("years"),
                            v.text("quorum"))),
            CertificateForms.REQUEST,
            CertificateForms.CERTIFICATE,
            CertificateForms.TAKEN,
            CertificateForms.CRL,
            CertificateForms.JAR,
            new StepForm(
                    "transfer_key",
                    List.of(
                            need("key", FieldType.KEY),
                            need("under", FieldType.KEY),
                            need("from", FieldType.TOKEN),
                            need("to", FieldType.TOKEN),
                            need("quorum", FieldType.QUORUM)),
                    (head, v) -> new Step.TransferKey(
                            head, v.text("key"), v.text("under"), v.text("from"), v.text("to"), v.text("quorum"))),
            new StepForm(
                    "import_key",
                    List.of(
                            need("key", FieldType.KEY),
                            need("under", FieldType.KEY),
                            need("token", FieldType.TOKEN),
                            need("file", FieldType.FILE),
                            may("public_file", FieldType.FILE),
                            need("quorum", FieldType.QUORUM)),
                    (head, v) -> new Step.ImportKey(
                            head,
                            v.text("key"),
                            v.text("under"),
                            v.text("token"),
                            v.text("file"),
                            v.optionalText("public_file"),
                            v.text("quorum"))),
            new StepForm(
                    "hand_out_public_key",
                    List.of(need("key", FieldType.KEY), need("token", FieldType.TOKEN), need("file", FieldType.FILE)),
                    (head, v) -> new Step.HandOutPublicKey(head, v.text("key"), v.text("token"), v.text("file"))),
            new StepForm(
                    "sign_quorum_file",
                    List.of(
                            need("file", FieldType.FILE),
                            need("out", FieldType.FILE),
                            need("quorum", FieldType.QUORUM),
                            need("format", FieldType.FILE_FORMAT),
                            may("within_minutes", FieldType.MINUTES)),
                    (head, v) -> new Step.SignQuorumFile(
                            head,
                            v.text("file"),
                            v.text("out"),
                            v.text("quorum"),
                            Format.ofWire(v.text("format")).orElseThrow(),
                            v.optionalInteger("within_minutes"))),
            new StepForm(
                    "make_data_keys",
                    List.of(
                            need("spec", FieldType.SPEC),
                            need("count", FieldType.COUNT),
                            need("under", FieldType.KEY),
                            need("token", FieldType.TOKEN),
                            need("file", FieldType.FILE),
                            need("quorum", FieldType.QUORUM)),
                    (head, v) -> new Step.MakeDataKeys(
                            head,
                            (KeySpec.Aes) KeySpec.parse(v.text("spec")).orElseThrow(),
                            v.integer("count"),
                            v.text("under"),
                            v.text("token"),
                            v.text("file"),
                            v.text("quorum"))),
            new StepForm(
                    "check_data_keys",
                    List.of(
                            need("under", FieldType.KEY),
                            need("token", FieldType.TOKEN),
                            need("file", FieldType.FILE),
                            may("since", FieldType.STEP),
                            may("within_minutes", FieldType.MINUTES)),
                    (head, v) -> new Step.CheckDataKeys(
                            head,
                            v.text("under"),
                            v.text("token"),
                            v.text("file"),
                            v.optionalText("since"),
                            v.optionalInteger("within_minutes"))),
            new StepForm(
                    "rewrap_data_keys",
                    List.of(
                            need("from", FieldType.KEY),
                            need("to", FieldType.KEY),
                            need("token", FieldType.TOKEN),
                            need("file", FieldType.FILE),
                            need("quorum", FieldType.QUORUM)),
                    (head, v) -> new Step.RewrapDataKeys(
                            head, v.text("from"), v.text("to"), v.text("token"), v.text("file"), v.text("quorum"))),
            new StepForm(
                    "escrow_key",
                    List.of(
                            need("key", FieldType.KEY),
                            need("token", FieldType.TOKEN),
                            may("cards", FieldType.QUORUM),
                            may("paper", FieldType.QUORUM),
                            may("custody", FieldType.TEXT),
                            need("quorum", FieldType.QUORUM)),
                    (head, v) -> new Step.EscrowKey(
                            head,
                            v.text("key"),
                            v.text("token"),
                            v.optionalText("cards"),
                            v.optionalText("paper"),
                            v.optionalText("custody"),
                            v.text("quorum"))),
            new StepForm(
                    "identify_escrow",
                    List.of(need("key", FieldType.KEY)),
                    (head, v) -> new Step.IdentifyEscrow(head, v.text("key"))),
            new StepForm(
                    "recover_key",
                    List.of(
                            need("key", FieldType.KEY),
                            need("token", FieldType.TOKEN),
                            need("from", FieldType.SHARE_FORM),
                            need("quorum", FieldType.QUORUM)),
                    (head, v) -> new Step.RecoverKey(
                            head,
                            v.text("key"),
                            v.text("token"),
                            Step.EscrowKey.Form.ofWire(v.text("from")).orElseThrow(),
                            v.text("quorum"))),
            new StepForm(
                    "zeroise_token",
                    List.of(
                            need("token", FieldType.TOKEN),
                            need("quorum", FieldType.QUORUM),
                            need("so_pin_by", FieldType.ROLE),
                            need("user_pin_by", FieldType.ROLE)),
                    (head, v) -> new Step.ZeroiseToken(
                            head, v.text("token"), v.text("quorum"), v.text("so_pin_by"), v.text("user_pin_by"))),
            new StepForm(
                    "forbid_extraction",
                    List.of(
                            need("key", FieldType.KEY),
                            need("token", FieldType.TOKEN),
                            need("quorum", FieldType.QUORUM)),
                    (head, v) -> new Step.ForbidExtraction(head, v.text("key"), v.text("token"), v.text("quorum"))),
            new StepForm(
                    "destroy_key",
                    List.of(
                            need("key", FieldType.KEY),
                            need("tokens", FieldType.TOKENS),
                            need("quorum", FieldType.QUORUM)),
                    (head, v) -> new Step.DestroyKey(head, v.text("key"), v.texts("tokens"), v.text("quorum"))),
            new StepForm(
                    "change_pin",
                    List.of(
                            need("token", FieldType.TOKEN),
                            need("pin", FieldType.PIN),
                            need("quorum", FieldType.QUORUM),
                            may("split", FieldType.QUORUM)),
                    (head, v) -> new Step.ChangePin(
                            head,
                            v.text("token"),
                            PinKind.ofWire(v.text("pin")).orElseThrow(),
                            v.text("quorum"),
                            v.optionalText("split"))),
            new StepForm(
                    "enrol_card",
                    List.of(
                            need("roles", FieldType.ROLES),
                            need("quorum", FieldType.QUORUM),
                            may("photo", FieldType.FILE)),
                    (head, v) -> new Step.EnrolCard(head, v.texts("roles"), v.text("quorum"), v.optionalText("photo"))),
            new StepForm(
                    "check_roster",
                    List.of(need("role", FieldType.ROLE), need("group", FieldType.TEXT), need("file", FieldType.FILE)),
                    (head, v) -> new Step.CheckRoster(head, v.text("role"), v.text("group"), v.text("file"))),
            new StepForm(
                    "retire_card",
                    List.of(need("role", FieldType.ROLE), need("quorum", FieldType.QUORUM)),
                    (head, v) -> new Step.RetireCard(head, v.text("role"), v.text("quorum"))),
            new StepForm(
                    "restore_security_domain",
                    List.of(
                            need("file", FieldType.FILE),
                            need("exchange", FieldType.FILE),
                            need("out", FieldType.FILE),
                            need("quorum", FieldType.QUORUM)),
                    (head, v) -> new Step.RestoreSecurityDomain(
                            head, v.text("file"), v.text("exchange"), v.text("out"), v.text("quorum"))),
            new StepForm(
                    "change_card_pin",
                    List.of(need("role", FieldType.ROLE)),
                    (head, v) -> new Step.ChangeCardPin(head, v.text("role"))),
            new StepForm(
                    "unblock_card",
                    List.of(need("role", FieldType.ROLE)),
                    (head, v) -> new Step.UnblockCard(head, v.text("role"))),
            new StepForm(
                    "break_glass",
                    List.of(
                            need("quorum", FieldType.QUORUM),
                            need("review_within_days", FieldType.REVIEW_DAYS),
                            need("reviewed_by", FieldType.ROLE)),
                    (head, v) -> new Step.BreakGlass(
                            head, v.text("quorum"), v.integer("review_within_days"), v.text("reviewed_by"))),
            new StepForm(
                    "review_break_glass",
                    List.of(need("quorum", FieldType.QUORUM)),
                    (head, v) -> new Step.ReviewBreakGlass(head, v.text("quorum"))),
            new StepForm("compare_founding", List.of(), (head, v) -> new Step.CompareFounding(head)),
            new StepForm("copy_ledger", List.of(), (head, v) -> new Step.CopyLedger(head)),
            new StepForm(
                    "review_evidence",
                    List.of(need("days", FieldType.DAYS)),
                    (head, v) -> new Step.ReviewEvidence(head, v.integer("days"))),
            new StepForm(
                    "correct_entries",
                    List.of(need("quorum", FieldType.QUORUM)),
                    (head, v) -> new Step.CorrectEntries(head, v.text("quorum"))),
            new StepForm("read_exceptions", List.of(), (head, v) -> new Step.ReadExceptions(head)),
            new StepForm("close_ceremony", List.of(), (head, v) -> new Step.CloseCeremony(head)));

    private StepForms() {}

    static Optional<StepForm> of(String kind) {
        return ALL.stream().filter(form -> form.kind().equals(kind)).findFirst();
    }

    static List<String> kinds() {
        return ALL.stream().map(StepForm::kind).toList();
    }

    static FieldForm need(String name, FieldType type) {
        return new FieldForm(name, type, true);
    }

    static FieldForm may(String name, FieldType type) {
        return new FieldForm(name, type, false);
    }
}
