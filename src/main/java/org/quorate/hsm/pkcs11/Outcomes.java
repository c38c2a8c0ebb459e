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

    /// A look at what was done. Where the token refuses it, what was done stays done, and nobody knows how well.
    static <T> T afterwards(String done, Supplier<T> look) {
        try {
            return look.get();
        } catch (CkException e) {
            throw new UnknownOutcomeException(
                    done, "it answered CKR_OK, but then " + e.function() + " answered " + e.rvName());
        } catch (UnknownOutcomeException e) {
            throw new UnknownOutcomeException(done, "it answered CKR_OK, but then " + e.function() + ": " + e.why());
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
