package org.quorate.ui.model;

import org.quorate.ceremony.Answer;
import org.quorate.ceremony.ExceptionSheet;

/// What people can say at any moment instead of an answer. It fits every question, which is why it stands apart from
/// them.
public sealed interface Interruption {

    record ExceptionToRecord(ExceptionSheet sheet) implements Interruption {}

    record Pause(String why) implements Interruption {}

    record Abort(String why) implements Interruption {}

    default <T> Answer<T> answer() {
        return switch (this) {
            case ExceptionToRecord(var sheet) -> new Answer.RecordException<>(sheet);
            case Pause(var why) -> new Answer.Pause<>(why);
            case Abort(var why) -> new Answer.Abort<>(why);
        };
    }
}
