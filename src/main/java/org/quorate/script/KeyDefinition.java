package org.quorate.script;

import java.util.Optional;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.Template;

/// A key that the script speaks of by name.
///
/// @param label CKA_LABEL on every token
/// @param years cryptoperiod: how long the key is used, from its generation on
/// @param copyable why the key may still be copied under a trusted wrapping key when the ceremony is over; empty for
/// a key that must not
public record KeyDefinition(
        String label, KeySpec spec, KeyPurpose purpose, Optional<Integer> years, Optional<String> copyable) {

    public KeyDefinition(String label, KeySpec spec, KeyPurpose purpose, Optional<Integer> years) {
        this(label, spec, purpose, years, Optional.empty());
    }

    /// What a copy gets on the token where it arrives: from one of a copyable key it can go on.
    public Template copy() {
        return copyable.isPresent() ? purpose.generated(spec, label) : purpose.copy(label);
    }
}
