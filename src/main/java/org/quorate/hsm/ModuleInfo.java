package org.quorate.hsm;

import org.quorate.base.Digest;
import org.quorate.base.Json;

/// The library that speaks for the HSM (C_GetInfo), and the digest of its file.
public record ModuleInfo(
        String path, Digest digest, String cryptoki, String manufacturer, String description, String version) {

    public Json.Obj toJson() {
        return Json.obj()
                .put("path", path)
                .put("sha256", digest.hex())
                .put("cryptoki", cryptoki)
                .put("manufacturer", manufacturer)
                .put("description", description)
                .put("version", version)
                .build();
    }
}
