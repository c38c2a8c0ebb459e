package org.quorate.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
                Math.toIntExact(need.integer("m")),
                need.strings("roles"),
                opensShares(statement.object("act"), need) ? Enforced.SPLIT_SECRET : Enforced.CONSOLE);
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
