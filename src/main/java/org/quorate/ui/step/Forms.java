package org.quorate.ui.step;

import org.quorate.ceremony.Question;

/// One renderer for each kind of question; a new kind does not compile until it has one.
final class Forms {
    private Forms() {}

    static Form of(Question<?> question, Situation situation) {
        return switch (question) {
            case Question.Confirm q -> new ConfirmForm(q, situation);
            case Question.Enter q -> new EnterForm(q, situation);
            case Question.Compare q -> new CompareForm(q, situation);
            case Question.Choose q -> new ChooseForm(q, situation);
            case Question.EnterSecret q -> new SecretForm(q, situation);
            case Question.BringFile q -> FileForm.bring(q, situation);
            case Question.TakeFile q -> FileForm.take(q, situation);
            case Question.TakeSecret q -> FileForm.take(q, situation);
            case Question.EnterWords q -> new WordsForm(q, situation);
            case Question.SetCardPin q -> new CardPinForm(q, situation);
            case Question.PickCard q -> new PickForm(q, situation);
            case Question.PresentCard q -> new CardForm(q, situation);
            case Question.OpenShare q -> new CardForm(q, situation);
            case Question.Commit q -> new CommitForm(q, situation);
            case Question.Reconcile q -> new ReconcileForm(q, situation);
            case Question.Agree q -> new AgreeForm(q, situation);
            case Question.Closed q -> new ClosedForm(q, situation);
        };
    }
}
