package org.quorate.record;

import java.util.List;
import org.quorate.base.Digest;

/// Where proofs come from that an entry is in the tree of the record's checkpoint (RFC 9162 section 2.1.3).
@FunctionalInterface
public interface InclusionProofs {
    /// Nearest node first.
    List<Digest> of(long seq);
}
