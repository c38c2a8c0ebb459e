package org.quorate.hsm.pkcs11;

import java.util.function.Supplier;
import org.quorate.hsm.Outcome;

/// From exceptions of the binding to the port's three outcomes.
final class Outcomes {
    private Outcomes() {}

    static <T> Outcome<T> of(Supplier<T> act) {
        try {
            return new Outcome.Done<>(act.get());
        } catch (CkException e) {
            return new Outcome.Refused<>(e.function(), e.rvName());
        } catch (UnknownOutcomeException e) {
            return new Outcome.Unknown<>(e.function(), e.why());
        }
    }

    /// For tidying up, where there is nothing to be done about a refusal.
    static void ignoring(Runnable act) {
        try {
            act.run();
        } catch (CkException | UnknownOutcomeException e) {
            return;
        }
    }
}
