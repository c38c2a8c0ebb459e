package org.quorate.record;

import java.util.Optional;
import org.quorate.base.Digest;

/// Bytes by their digest: the ledger's artefacts, or the files embedded in a record.
@FunctionalInterface
public interface Artefacts {
    Optional<byte[]> get(Digest hash);
}
