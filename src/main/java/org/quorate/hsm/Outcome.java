package org.quorate.hsm;

import java.util.function.Function;
import org.quorate.base.Problem;

/// What came of a call to an HSM.
public sealed interface Outcome<T> {

    record Done<T>(T value) implements Outcome<T> {}

    /// The module answered, and the answer is no.
    ///
    /// @param function the PKCS#11 function that refused, such as `C_Login`
    /// @param rv the name of the return value, such as `CKR_PIN_INCORRECT`
    record Refused<T>(String function, String rv) implements Outcome<T> {}

    /// Nobody knows: the module host was lost, or its deadline passed. The act may have happened.
    record Unknown<T>(String function, String why) implements Outcome<T> {}

    default <R> Outcome<R> map(Function<T, R> change) {
        return switch (this) {
            case Done<T>(var value) -> new Done<>(change.apply(value));
            case Refused<T>(var function, var rv) -> new Refused<>(function, rv);
            case Unknown<T>(var function, var why) -> new Unknown<>(function, why);
        };
    }

    default <R> Outcome<R> then(Function<T, Outcome<R>> next) {
        return switch (this) {
            case Done<T>(var value) -> next.apply(value);
            case Refused<T>(var function, var rv) -> new Refused<>(function, rv);
            case Unknown<T>(var function, var why) -> new Unknown<>(function, why);
        };
    }

    /// The value, or the matching problem as an exception: for reads, where a *no* ends what the caller is doing.
    default T orThrow() {
        return switch (this) {
            case Done<T>(var value) -> value;
            case Refused<T>(var function, var rv) ->
                throw Refusals.of(function, rv).asException();
            case Unknown<T>(var function, var why) ->
                throw Problem.of("hsm.no_answer", function).withTechnical(why).asException();
        };
    }

    /// `done`, or the name of the return value, or `unknown`: what the ledger keeps as `rv`.
    default String rv() {
        return switch (this) {
            case Done<T> d -> "CKR_OK";
            case Refused<T> r -> r.rv();
            case Unknown<T> u -> "unknown";
        };
    }
}
