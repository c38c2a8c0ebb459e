package org.quorate.quorum;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;

/// Approvals of one statement so far, in order. A value: adding one makes another, and one that counts somebody twice,
/// or somebody the roster does not know as such, cannot be made.
public record Tally(Quorum quorum, Roster roster, List<Participant> approved) {
    public Tally {
        approved = List.copyOf(approved);
        for (int i = 0; i < approved.size(); i++) {
            Participant participant = approved.get(i);
            List<Participant> before = approved.subList(0, i);
            boolean counts = quorum.admits(participant)
                    && roster.byPerson(participant.person()).equals(Optional.of(participant))
                    && before.stream().noneMatch(p -> p.person().equals(participant.person()));
            if (!counts) {
                throw new IllegalArgumentException(participant.name() + " does not count here");
            }
        }
    }

    public static Tally empty(Quorum quorum, Roster roster) {
        return new Tally(quorum, roster, List.of());
    }

    public boolean complete() {
        return approved.size() >= quorum.m();
    }

    public int missing() {
        return Math.max(0, quorum.m() - approved.size());
    }

    /// Those who could sign, signed or not.
    public List<Participant> eligible() {
        return roster.people().stream().filter(quorum::admits).toList();
    }

    /// Says whether the holder of `key` may approve now; asked before the card signs.
    public Admission admit(Digest key) {
        return judge(quorum, roster, approved, key);
    }

    /// The tally with this person's approval added.
    public Tally with(Participant participant) {
        var more = new ArrayList<>(approved);
        more.add(participant);
        return new Tally(quorum, roster, more);
    }

    private static Admission judge(Quorum quorum, Roster roster, List<Participant> approved, Digest key) {
        Optional<Participant> holder = roster.byKey(key);
        if (holder.isEmpty()) {
            return new Admission.NotOnRoster(key);
        }
        Participant participant = holder.get();
        if (approved.stream().anyMatch(p -> p.person().equals(participant.person()))) {
            return new Admission.AlreadyApproved(participant);
        }
        return quorum.admits(participant)
                ? new Admission.Admitted(participant)
                : new Admission.WrongRole(participant, quorum.roles());
    }

    /// Whether a card counts for a quorum, and if not, why.
    public sealed interface Admission {
        record Admitted(Participant participant) implements Admission {}

        record NotOnRoster(Digest key) implements Admission {}

        record AlreadyApproved(Participant participant) implements Admission {}

        record WrongRole(Participant participant, List<String> wanted) implements Admission {}
    }
}
