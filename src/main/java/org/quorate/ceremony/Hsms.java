package org.quorate.ceremony;

import java.util.List;
import java.util.Optional;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.IndependentWitness;

/// The modules of a site. Each is started when its first token is asked for, so that one HSM that is out of reach does
/// not keep the others from work.
public interface Hsms {

    /// The module through which the token with this role is reached.
    Hsm of(String tokenRole);

    /// The second opinion on the token with this role.
    IndependentWitness witness(String tokenRole);

    /// The cable of a practice HSM on a network; empty where people have a real one to pull.
    Optional<PracticeCable> cable(String tokenRole);

    interface PracticeCable {
        void pull();

        void plugIn();
    }

    /// What all of them were asked since the last time, as [Hsm#drainCallLog] tells it.
    List<String> drainCallLog();
}
