package org.quorate.quorum.directory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.Problem;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/// A ListResponse of groups, and of users where it has them: a member is called as the user of that id is, or as the
/// group shows them. JSON is read by the reader of YAML 1.2, which contains it, because the ledger's own form of JSON
/// is too narrow for other people's.
record Scim(DirectoryReader into) {
    void read(String text) {
        Map<?, ?> answer = object(parsed(text), "");
        List<?> resources = answer.containsKey("Resources") ? list(answer, "Resources") : List.of(answer);
        var users = new HashMap<String, String>();
        for (Object resource : resources) {
            Map<?, ?> user = object(resource, "Resources");
            name(user).ifPresent(name -> string(user, "id").ifPresent(id -> users.put(id, name)));
        }
        for (Object resource : resources) {
            Map<?, ?> group = object(resource, "Resources");
            if (group.containsKey("members")) {
                group(group, users);
            }
        }
    }

    private static Object parsed(String text) {
        try {
            var settings = LoadSettings.builder()
                    .setSchema(new JsonSchema())
                    .setAllowDuplicateKeys(false)
                    .setMaxAliasesForCollections(0)
                    .build();
            return Optional.ofNullable(new Load(settings).loadFromString(text))
                    .orElseThrow(
                            () -> Problem.of("quorum.directory.no_scim", "").asException());
        } catch (YamlEngineException | StackOverflowError e) {
            throw Problem.of("quorum.directory.no_scim", "").causedBy(e);
        }
    }

    private void group(Map<?, ?> group, Map<String, String> users) {
        String name = string(group, "displayName")
                .orElseThrow(() ->
                        Problem.of("quorum.directory.no_scim", "displayName").asException());
        into.group(name, name);
        for (Object one : list(group, "members")) {
            Map<?, ?> member = object(one, "members");
            String id = string(member, "value").orElse("");
            String called = Optional.ofNullable(users.get(id))
                    .or(() -> string(member, "display"))
                    .orElseThrow(() ->
                            Problem.of("quorum.directory.member_unknown", id).asException());
            into.member(name, called, name + ", " + id);
        }
    }

    private static Optional<String> name(Map<?, ?> user) {
        return string(user, "displayName")
                .or(() -> Optional.ofNullable(user.get("name"))
                        .flatMap(name -> string(object(name, "name"), "formatted")))
                .or(() -> string(user, "userName"));
    }

    private static Optional<String> string(Map<?, ?> object, String key) {
        return Optional.ofNullable(object.get(key))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private static List<?> list(Map<?, ?> object, String key) {
        if (object.get(key) instanceof List<?> list) {
            return list;
        }
        throw Problem.of("quorum.directory.no_scim", key).asException();
    }

    private static Map<?, ?> object(Object value, String key) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw Problem.of("quorum.directory.no_scim", key).asException();
    }
}
