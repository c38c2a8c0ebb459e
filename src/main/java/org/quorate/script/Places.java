package org.quorate.script;

import java.util.List;
import java.util.Map;

/// Where the parts of a script stand in its file. Kept beside the script and not in it, so that two files which say the
/// same are the same script.
///
/// @param file as findings name it
/// @param waivers in their order
public record Places(
        String file,
        Map<String, Place> steps,
        Map<String, Place> roles,
        Map<String, Place> quorums,
        Map<String, Place> tokens,
        Map<String, Place> keys,
        List<Place> waivers) {
    public Places {
        steps = Map.copyOf(steps);
        roles = Map.copyOf(roles);
        quorums = Map.copyOf(quorums);
        tokens = Map.copyOf(tokens);
        keys = Map.copyOf(keys);
        waivers = List.copyOf(waivers);
    }

    public Place step(String id) {
        return steps.getOrDefault(id, Place.START).named(id);
    }

    public Place role(String name) {
        return roles.getOrDefault(name, Place.START).named(name);
    }

    public Place quorum(String name) {
        return quorums.getOrDefault(name, Place.START).named(name);
    }

    public Place key(String name) {
        return keys.getOrDefault(name, Place.START).named(name);
    }
}
