package org.quorate.ceremony;

import org.quorate.base.Json;
import org.quorate.ledger.Checkpoint;

/// Signs the head with the console's key. Entries are appended by one thread only, so the head that is signed is the
/// one before the checkpoint's own entry.
final class Checkpoints {
    private Checkpoints() {}

    static Json.Obj next(Setting setting) {
        String note = Checkpoint.of(setting.equipment().ledger())
                .sign(setting.console().checkpoints());
        return Json.obj().put("note", note).build();
    }
}
