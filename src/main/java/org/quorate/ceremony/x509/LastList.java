package org.quorate.ceremony.x509;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The list before the one that is about to be signed. An entry leaves when its certificate had ended before a list was
/// made that still has it (RFC 5280, section 3.3): whoever looks once after the end still finds it.
///
/// @param ends when certificates end, of those only whose entries may leave at all
public record LastList(RevocationList list, Map<BigInteger, Instant> ends) {
    public LastList {
        ends = Map.copyOf(ends);
    }

    /// What the next list has to have.
    public List<Revoked> staying() {
        return list.revoked().stream().filter(one -> !leaves(one)).toList();
    }

    /// What the next list need not have any more.
    public List<Revoked> leaving() {
        return list.revoked().stream().filter(this::leaves).toList();
    }

    private boolean leaves(Revoked one) {
        return Optional.ofNullable(ends.get(one.serial()))
                .filter(end -> list.from().isAfter(end))
                .isPresent();
    }
}
