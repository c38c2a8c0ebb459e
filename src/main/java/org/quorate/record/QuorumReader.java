package org.quorate.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.ledger.EntryType;
import org.quorate.record.QuorumFacts.Enforced;

/// Reads which quorums were asked for, in the order in which they first were.
final class QuorumReader {
    private final Story story;

    QuorumReader(Story story) {
        this.story = story;
    }

    private record Asked(int m, List<String> roles, Enforced by) {}

    List<QuorumFacts> quorums() {
        Map<Asked, Integer> statements = new LinkedHashMap<>();
        story.of(EntryType.STATEMENT)
                .map(statement -> asked(statement.data()))
                .forEach(asked -> statements.merge(asked, 1, Integer::sum));
        return statements.entrySet().stream()
                .map(one -> new QuorumFacts(
                        one.getKey().m(),
                        one.getKey().roles().stream().map(story::role).toList(),
                        present(one.getKey().roles()),
                        one.getValue(),
                        one.getKey().by()))
                .toList();
    }

    private static Asked asked(Json.Obj statement) {
        Json.Obj need = statement.object("need");
        return new Asked(
                Math.toIntExact(need.integer("m")), need.strings("roles"), enforced(statement.object("act"), need));
    }

    static Enforced enforced(Json.Obj act, Json.Obj need) {
        if (ofTheHsm(act)) {
            return Enforced.HSM;
        }
        return opensShares(act, need) ? Enforced.SPLIT_SECRET : Enforced.CONSOLE;
    }

    /// The cards sign a file by which another HSM keeps its quorum, or the profile of the maker says that the HSM asks
    /// for one of its own before it obeys this command.
    private static boolean ofTheHsm(Json.Obj act) {
        return act.optionalString("op").equals(Optional.of("sign_file"))
                || act.optionalObject("template")
                        .flatMap(template -> template.optionalString("quorum_by"))
                        .equals(Optional.of("hsm"));
    }

    /// What is signed together with the opening of shares names the generation that comes after them, for the same
    /// people as those who sign.
    private static boolean opensShares(Json.Obj act, Json.Obj need) {
        return act.optionalObject("template")
                .filter(template -> template.has("generation")
                        && template.has("roles")
                        && template.strings("roles").equals(need.strings("roles")))
                .isPresent();
    }

    private int present(List<String> roles) {
        return Math.toIntExact(story.of(EntryType.PARTICIPANT)
                .map(entry -> entry.data())
                .filter(data -> data.string("event").equals("arrived")
                        && data.strings("roles").stream().anyMatch(roles::contains))
                .map(data -> data.string("person"))
                .distinct()
                .count());
    }
}
