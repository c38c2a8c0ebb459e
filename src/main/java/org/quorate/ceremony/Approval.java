package org.quorate.ceremony;

import java.util.List;
import org.quorate.base.Json;
import org.quorate.quorum.Participant;

/// A statement that a quorum has signed.
///
/// @param cosigns sequence numbers of the approvals
record Approval(Json.Obj act, List<Long> cosigns, List<Participant> people) {
    Approval {
        cosigns = List.copyOf(cosigns);
        people = List.copyOf(people);
    }

    /// The data of the intent that this approves.
    Json.Obj intent() {
        return act.with("quorum", Json.integers(cosigns));
    }
}
