package org.quorate.quorum;

import java.util.List;
import org.quorate.base.Json;

/// At least `m` distinct persons, each holding one of `roles`.
public record Quorum(int m, List<String> roles) {
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
        return Json.obj().put("m", m).put("roles", Json.strings(roles)).build();
    }
}
