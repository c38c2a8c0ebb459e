package org.quorate.ceremony;

/// What comes back for a question. Besides answering, people can always stop, or put an exception on record and then
/// be asked the same question again.
public sealed interface Answer<T> {

    record Given<T>(T value) implements Answer<T> {}

    record RecordException<T>(ExceptionSheet sheet) implements Answer<T> {}

    /// The ceremony stops here and goes on later, at this very question.
    record Pause<T>(String why) implements Answer<T> {}

    /// The ceremony ends unfinished, for good.
    record Abort<T>(String why) implements Answer<T> {}
}
