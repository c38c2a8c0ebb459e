package org.quorate.quorum;

import org.quorate.base.Json;

/// What cards sign: the words as the officer reads them, and the exact act as it will be done.
///
/// @param act the data of the later intent, without its `quorum`
public record Statement(String text, Json.Obj act, Quorum need) {
    public Json.Obj toJson() {
        return Json.obj()
                .put("text", text)
                .put("act", act)
                .put("need", need.toJson())
                .build();
    }

    public static Statement fromJson(Json.Obj data) {
        return new Statement(data.string("text"), data.object("act"), Quorum.fromJson(data.object("need")));
    }
}
