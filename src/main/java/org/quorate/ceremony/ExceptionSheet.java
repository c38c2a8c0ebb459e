package org.quorate.ceremony;

import org.quorate.base.Json;

/// The three questions of an exception, and who stands for the answers.
///
/// @param decidedBy person id
/// @param witnessedBy person id
public record ExceptionSheet(String expected, String happened, String decided, String decidedBy, String witnessedBy) {
    public ExceptionSheet {
        if (expected.isBlank() || happened.isBlank() || decided.isBlank()) {
            throw new IllegalArgumentException(
                    "an exception says what was expected, what happened and what was decided");
        }
    }

    Json.Builder toJson() {
        return Json.obj()
                .put("expected", expected)
                .put("happened", happened)
                .put("decided", decided)
                .put("decided_by", decidedBy)
                .put("witnessed_by", witnessedBy);
    }
}
