package org.quorate.script;

import java.util.Optional;
import org.quorate.base.Digest;

/// Where the parts of a script come from: a folder has them by name, a ledger by digest. Whoever asks compares the
/// digest, so a source need not be believed.
@FunctionalInterface
public interface Parts {
    /// For a script that stands alone.
    Parts NONE = (file, digest) -> Optional.empty();

    Optional<byte[]> find(String file, Digest digest);
}
