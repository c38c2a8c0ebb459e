package org.quorate.ledger;

import java.util.Arrays;
import java.util.Optional;
import org.quorate.base.Digest;

/// A row as it stands in a ledger file, whatever that is worth.
public record LedgerRow(long seq, byte[] leaf, byte[] body) {

    /// What the leaf of this body is, whatever leaf stands beside it.
    public Digest digest() {
        return Proofs.leafOf(body);
    }

    /// Whether the leaf beside the body is that of the body.
    public boolean leafFits() {
        return Arrays.equals(leaf, digest().bytes());
    }

    /// Empty where the body is not an entry.
    public Optional<Entry> entry() {
        try {
            return Optional.of(EntryCodec.decode(body));
        } catch (BrokenEntryException e) {
            return Optional.empty();
        }
    }

    /// Byte for byte, which is more than the same leaf: an edited body may stand beside the leaf it had before.
    public boolean same(LedgerRow other) {
        return seq == other.seq && Arrays.equals(leaf, other.leaf) && Arrays.equals(body, other.body);
    }
}
