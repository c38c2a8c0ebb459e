package org.quorate.quorum;

import java.util.List;
import java.util.Optional;
import org.quorate.base.Json;

/// At least `m` distinct persons, each holding one of `roles`.
///
/// @param withinMinutes from the first approval to the last; empty where they may take their time
public record Quorum(int m, List<String> roles, Optional<Integer> withinMinutes) {
    public Quorum(int m, List<String> roles) {
        this(m, roles, Optional.empty());
    }

    public Quorum {
        roles = List.copyOf(roles);
        if (m < 1 || roles.isEmpty()) {
            throw new IllegalArgumentException("a quorum needs at least one person and one role");
        }
    }

    public boolean admits(Participant participant) {
        return roles.stream().anyMatch(participant::holds);
    }

    public Json.Obj toJson() {
        Json.Builder json = Json.obj().put("m", m).put("roles", Json.strings(roles));
        withinMinutes.ifPresent(minutes -> json.put("within_minutes", minutes));
        return json.build();
    }

    public static Quorum fromJson(Json.Obj json) {
        return new Quorum(
                Math.toIntExact(json.integer("m")),
                json.strings("roles"),
                json.has("within_minutes")
                        ? Optional.of(Math.toIntExact(json.integer("within_minutes")))
                        : Optional.empty());
    }
}
