package org.quorate.script.difference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.script.Script;
import org.quorate.script.Sensitivity;
import org.quorate.script.Step;
import org.quorate.script.difference.Change.Kind;
import org.quorate.script.difference.Change.Part;
import org.quorate.script.difference.Change.Section;
import org.quorate.script.difference.Outline.Element;

/// Everything that differs between two scripts, what is sensitive first.
///
/// @param changes none where the two files are the same, byte by byte
public record ScriptDifference(String oldVersion, String newVersion, List<Change> changes) {
    public ScriptDifference {
        changes = List.copyOf(changes);
    }

    public static ScriptDifference between(Script before, Script after) {
        var changes = new ArrayList<Change>();
        Outline old = Outline.of(before);
        Outline fresh = Outline.of(after);
        fresh.elements().forEach((key, element) -> {
            Optional<Element> was = Optional.ofNullable(old.elements().get(key));
            was.ifPresentOrElse(
                    other -> changes.addAll(fields(key, other, element, before, after)),
                    () -> changes.add(whole(Kind.ADDED, element, after)));
        });
        old.elements().forEach((key, element) -> {
            if (!fresh.elements().containsKey(key)) {
                changes.add(whole(Kind.REMOVED, element, before));
            }
        });
        changes.addAll(moved(before, after, fresh));
        if (changes.isEmpty() && !before.digest().equals(after.digest())) {
            changes.add(new Change(
                    Kind.CHANGED, new Part(Section.FORM, "", ""), "", Optional.empty(), Optional.empty(), false));
        }
        // A stable sort: within each half the order of the file stays.
        changes.sort(Comparator.comparing(change -> !change.sensitive()));
        return new ScriptDifference(before.version(), after.version(), changes);
    }

    public boolean none() {
        return changes.isEmpty();
    }

    public long sensitive() {
        return changes.stream().filter(Change::sensitive).count();
    }

    /// How many steps came, went, moved or changed.
    public int steps() {
        return (int) changes.stream()
                .filter(change -> change.part().section() == Section.STEP)
                .map(change -> change.part().name())
                .distinct()
                .count();
    }

    /// For people: how much differs, and then each change.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(summary());
        changes.forEach(change -> lines.add(change.words()));
        return lines;
    }

    public String summary() {
        return changes.isEmpty()
                ? Texts.get("diff.same")
                : Texts.get("diff.summary", oldVersion, newVersion, changes.size(), sensitive(), steps());
    }

    public Json.Obj toJson() {
        return Json.obj()
                .put("old_version", oldVersion)
                .put("new_version", newVersion)
                .put("same", none())
                .put("sensitive", sensitive())
                .put("steps", steps())
                .put("changes", Json.array(changes.stream().map(Change::toJson).toList()))
                .build();
    }

    private static Change whole(Kind kind, Element element, Script script) {
        Part part = element.part();
        boolean sensitive = switch (part.section()) {
            case STEP -> kind == Kind.REMOVED || weighs(script, part.name());
            case QUORUM, KEY, TOKEN, ROLE -> true;
            case ACT, HEADER, DOCUMENT, FORM -> false;
        };
        return new Change(kind, part, "", Optional.empty(), Optional.empty(), sensitive);
    }

    private static List<Change> fields(Outline.Key key, Element was, Element is, Script before, Script after) {
        var names = new LinkedHashSet<>(is.fields().keySet());
        names.addAll(was.fields().keySet());
        var changes = new ArrayList<Change>();
        for (String name : names) {
            Optional<String> old = Optional.ofNullable(was.fields().get(name));
            Optional<String> fresh = Optional.ofNullable(is.fields().get(name));
            if (!old.equals(fresh)) {
                boolean step =
                        key.section() == Section.STEP && (weighs(before, key.name()) || weighs(after, key.name()));
                changes.add(new Change(
                        Kind.CHANGED, is.part(), name, old, fresh, sensitive(key.section(), name, old, fresh, step)));
            }
        }
        return changes;
    }

    /// @param weighs whether it is a field of a step that changes an HSM, or who counts
    private static boolean sensitive(
            Section section, String field, Optional<String> before, Optional<String> after, boolean weighs) {
        return switch (section) {
            case QUORUM -> !field.equals("m") || less(before, after);
            case ROLE -> field.equals("count") && less(before, after);
            case KEY -> !field.equals("cryptoperiod_years") || before.isPresent();
            case TOKEN -> field.equals("state");
            case DOCUMENT -> field.equals("approved_by");
            case HEADER -> field.equals("id") || field.equals("kind");
            case STEP ->
                Set.of("kind", "by", "witnessed_by", "quorum").contains(field)
                        || (weighs && !Set.of("title", "say", "minutes").contains(field));
            case ACT, FORM -> false;
        };
    }

    private static boolean less(Optional<String> before, Optional<String> after) {
        return Integer.parseInt(after.orElse("0")) < Integer.parseInt(before.orElse("0"));
    }

    /// A step that a quorum approves, that cannot be undone, or that says which script this is.
    private static boolean weighs(Script script, String id) {
        return script.step(id)
                .filter(step -> Sensitivity.quorum(step).isPresent()
                        || Sensitivity.irreversible(step)
                        || step instanceof Step.ReadScriptDigest)
                .isPresent();
    }

    /// Steps that are in both and not in the same order, or in another act.
    private static List<Change> moved(Script before, Script after, Outline fresh) {
        List<String> old = both(before, after);
        List<String> now = both(after, before);
        Set<String> stayed = new HashSet<>(longestInOrder(old, now));
        var changes = new ArrayList<Change>();
        for (String id : now) {
            Step was = before.step(id).orElseThrow();
            Step is = after.step(id).orElseThrow();
            if (!stayed.contains(id)
                    || !before.actOf(was).id().equals(after.actOf(is).id())) {
                changes.add(new Change(
                        Kind.MOVED,
                        fresh.part(Section.STEP, id),
                        "",
                        Optional.of(before.number(was)),
                        Optional.of(after.number(is)),
                        weighs(after, id)));
            }
        }
        return changes;
    }

    private static List<String> both(Script one, Script other) {
        Set<String> ids = new HashSet<>(other.steps().map(Step::id).toList());
        return one.steps().map(Step::id).filter(ids::contains).toList();
    }

    /// What can stay where it is when the fewest steps move: the longest common subsequence.
    private static List<String> longestInOrder(List<String> one, List<String> two) {
        int[][] length = new int[one.size() + 1][two.size() + 1];
        for (int i = one.size() - 1; i >= 0; i--) {
            for (int j = two.size() - 1; j >= 0; j--) {
                length[i][j] = one.get(i).equals(two.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        var common = new ArrayList<String>();
        int i = 0;
        int j = 0;
        while (i < one.size() && j < two.size()) {
            if (one.get(i).equals(two.get(j))) {
                common.add(one.get(i));
                i++;
                j++;
            } else if (length[i + 1][j] >= length[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        return common;
    }
}
