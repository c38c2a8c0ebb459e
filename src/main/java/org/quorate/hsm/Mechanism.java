package org.quorate.hsm;

import java.util.Set;
import java.util.TreeSet;
import org.quorate.base.Json;

/// One line of C_GetMechanismList with its info.
///
/// @param name such as `CKM_ECDSA`, or `CKM_0x…` where the number is not a standard one
/// @param flags such as `CKF_SIGN`
public record Mechanism(String name, long minKeySize, long maxKeySize, Set<String> flags) {
    public Mechanism {
        flags = Set.copyOf(flags);
    }

    public Json.Obj toJson() {
        return Json.obj()
                .put("name", name)
                .put("min", minKeySize)
                .put("max", maxKeySize)
                .put("flags", Json.strings(new TreeSet<>(flags)))
                .build();
    }
}
