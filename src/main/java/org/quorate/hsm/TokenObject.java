package org.quorate.hsm;

import java.util.Optional;
import org.quorate.base.Json;

/// An object found on a token; the handle is good for the life of the module host only.
///
/// @param id empty where the object has no CKA_ID of 16 bytes
public record TokenObject(long handle, ObjectClass kind, String label, Optional<KeyId> id, boolean onToken) {

    public Json.Obj toJson() {
        return Json.obj()
                .put("class", kind.cko())
                .put("label", label)
                .put("cka_id", id.map(KeyId::hex))
                .build();
    }
}
