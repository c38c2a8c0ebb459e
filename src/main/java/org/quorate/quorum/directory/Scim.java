package org.quorate.quorum.directory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.ForeignJson;
import org.quorate.base.JsonException;
import org.quorate.base.Problem;

/// A ListResponse of groups, and of users where it has them: a member is called as the user of that id is, or as the
/// group shows them.
record Scim(DirectoryReader into) {
    void read(String text) {
        try {
            ForeignJson answer = ForeignJson.parse(text);
            List<ForeignJson> resources = answer.has("Resources") ? answer.objects("Resources") : List.of(answer);
            var users = new HashMap<String, String>();
            for (ForeignJson user : resources) {
                name(user).ifPresent(name -> user.optionalString("id").ifPresent(id -> users.put(id, name)));
            }
            resources.stream().filter(one -> one.has("members")).forEach(group -> group(group, users));
        } catch (JsonException e) {
            throw Problem.of("quorum.directory.no_scim", String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    private void group(ForeignJson group, Map<String, String> users) {
        String name = group.string("displayName");
        into.group(name, name);
        for (ForeignJson member : group.objects("members")) {
            String id = member.optionalString("value").orElse("");
            String called = Optional.ofNullable(users.get(id))
                    .or(() -> member.optionalString("display"))
                    .orElseThrow(() ->
                            Problem.of("quorum.directory.member_unknown", id).asException());
            into.member(name, called, name + ", " + id);
        }
    }

    private static Optional<String> name(ForeignJson user) {
        return user.optionalString("displayName")
                .or(() -> user.has("name") ? user.object("name").optionalString("formatted") : Optional.empty())
                .or(() -> user.optionalString("userName"));
    }
}
