package org.quorate.script.approval;

import java.util.List;
import org.quorate.base.Texts;
import org.quorate.script.approval.ScriptApproval.Approver;

/// What the title page of a script says of its approval.
///
/// @param words in one sentence, with where that is known from
/// @param approvers those whose approval holds
public record OnPaper(String words, List<Approver> approvers) {
    public OnPaper {
        approvers = List.copyOf(approvers);
    }

    /// Where nothing is known.
    public static final OnPaper NONE = new OnPaper(Texts.get("approval.paper.none"), List.of());

    public static OnPaper of(Standing standing) {
        return standing.approval()
                .map(given -> new OnPaper(Texts.get("approval.paper.ledger", given.nextReview()), given.approvers()))
                .orElseGet(() -> new OnPaper(Texts.get("approval.paper.not", standing.words()), List.of()));
    }

    /// Whether it was withdrawn since, the file cannot say.
    public static OnPaper of(ApprovalFile file) {
        return new OnPaper(
                Texts.get("approval.paper.file", file.nextReview()),
                file.signatures().stream().map(ApprovalFile.Signed::approver).toList());
    }
}
