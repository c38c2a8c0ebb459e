package org.quorate.ceremony;

import org.quorate.script.Step;

/// Every kind of step and who performs it. A performer returns in one line what was done.
final class Performers {

    String perform(Step step, Stage stage) {
        return switch (step) {
            case Step.Confirm s -> OpeningActs.confirm(s, stage);
            case Step.Decide s -> DecisionActs.decide(s, stage);
            case Step.ReadScriptDigest s -> OpeningActs.readScriptDigest(stage);
            case Step.RollCall s -> OpeningActs.rollCall(stage);
            case Step.CheckClock s -> OpeningActs.checkClock(s, stage);
            case Step.CheckWorkstation s -> OpeningActs.checkWorkstation(stage);
            case Step.IdentifyToken s -> TokenActs.identify(s, stage);
            case Step.CheckConnection s -> TokenActs.checkConnection(s, stage);
            case Step.IdentifyKey s -> OriginActs.identify(s, stage);
            case Step.RunVendorCommand s -> VendorActs.run(s, stage);
            case Step.CheckHealth s -> HealthActs.check(s, stage);
            case Step.MatchAuditLog s -> AuditActs.match(s, stage);
            case Step.InspectCustody s -> CustodyActs.inspect(stage);
            case Step.AdmitToken s -> TokenActs.admit(s, stage);
            case Step.InitialiseToken s -> TokenActs.initialise(s, stage);
            case Step.GenerateKeyPair s -> KeyActs.generatePair(s, stage);
            case Step.GenerateSecretKey s -> KeyActs.generateSecretKey(s, stage);
            case Step.ImportTrustedKey s -> KeyActs.importTrusted(s, stage);
            case Step.ReadFingerprint s -> KeyActs.readFingerprint(s, stage);
            case Step.TestSignature s -> SignatureActs.test(s, stage);
            case Step.IssueRootCertificate s -> SignatureActs.issueRootCertificate(s, stage);
            case Step.MakeCertificateRequest s -> RequestActs.make(s, stage);
            case Step.IssueCertificate s -> IssuingActs.issue(s, stage);
            case Step.TakeCertificate s -> CertificateTaking.take(s, stage);
            case Step.IssueCrl s -> RevocationActs.issue(s, stage);
            case Step.SignJar s -> JarActs.sign(s, stage);
            case Step.TransferKey s -> BackupActs.transfer(s, stage);
            case Step.ImportKey s -> ImportActs.importKey(s, stage);
            case Step.HandOutPublicKey s -> ImportActs.handOut(s, stage);
            case Step.SignQuorumFile s -> FileSigning.sign(s, stage);
            case Step.MakeDataKeys s -> EnvelopeActs.make(s, stage);
            case Step.CheckDataKeys s -> EnvelopeActs.check(s, stage);
            case Step.RewrapDataKeys s -> EnvelopeActs.rewrap(s, stage);
            case Step.EscrowKey s -> EscrowActs.escrow(s, stage);
            case Step.IdentifyEscrow s -> EscrowActs.identify(s, stage);
            case Step.RecoverKey s -> RecoveryActs.recover(s, stage);
            case Step.ZeroiseToken s -> ZeroiseActs.zeroise(s, stage);
            case Step.ForbidExtraction s -> BackupActs.forbidExtraction(s, stage);
            case Step.DestroyKey s -> BackupActs.destroy(s, stage);
            case Step.ChangePin s -> TokenActs.changePin(s, stage);
            case Step.EnrolCard s -> PeopleActs.enrol(s, stage);
            case Step.RestoreSecurityDomain s -> SecurityDomainActs.restore(s, stage);
            case Step.CheckRoster s -> RosterActs.check(s, stage);
            case Step.RetireCard s -> PeopleActs.retire(s, stage);
            case Step.ChangeCardPin s -> CardPins.change(s, stage);
            case Step.UnblockCard s -> CardPins.unblock(s, stage);
            case Step.BreakGlass s -> BreakGlassActs.breakGlass(s, stage);
            case Step.ReviewBreakGlass s -> BreakGlassActs.review(s, stage);
            case Step.CompareFounding s -> FoundingActs.compare(stage);
            case Step.CopyLedger s -> FoundingActs.copy(stage);
            case Step.ReviewEvidence s -> ReviewActs.review(s, stage);
            case Step.CorrectEntries s -> CorrectionActs.correct(s, stage);
            case Step.ReadExceptions s -> ClosingActs.readExceptions(stage);
            case Step.CloseCeremony s -> ClosingActs.close(stage);
        };
    }
}
