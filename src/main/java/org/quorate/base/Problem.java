package org.quorate.base;

import java.util.List;
import java.util.Optional;

/// An error as people meet it: what happened, the likely cause, what to do next; the technical text is folded behind
/// it. Its words stand in the bundle under `problem.<id>.what`, `.cause` and `.next`.
public record Problem(String id, String what, String cause, String next, Optional<String> technical) {

    /// The problem `id` of the bundle, its `{0}`, `{1}` … filled from `values`.
    public static Problem of(String id, Object... values) {
        String key = "problem." + id;
        return new Problem(
                id,
                Texts.get(key + ".what", values),
                Texts.get(key + ".cause", values),
                Texts.get(key + ".next", values),
                Optional.empty());
    }

    public Problem withTechnical(String text) {
        return new Problem(id, what, cause, next, Optional.of(text));
    }

    public Problem withTechnical(Throwable cause) {
        return withTechnical(String.valueOf(cause));
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }

    public ProblemException causedBy(Throwable cause) {
        return new ProblemException(withTechnical(cause), cause);
    }

    public Json.Obj toJson() {
        Json.Builder json = Json.obj()
                .put("problem", id)
                .put("what", what)
                .put("cause", cause)
                .put("next", next);
        technical.ifPresent(t -> json.put("technical", t));
        return json.build();
    }

    /// As a terminal shows it: one line each.
    public List<String> lines() {
        return List.of(what, cause, next);
    }
}
