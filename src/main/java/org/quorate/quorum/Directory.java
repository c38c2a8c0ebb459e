package org.quorate.quorum;

import java.text.Normalizer;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Who belongs to which group, as an identity provider said at one time.
///
/// @param groups the members' names by the name of their group
public record Directory(Map<String, Set<String>> groups) {
    public Directory {
        var copied = new TreeMap<String, Set<String>>();
        groups.forEach((group, members) -> copied.put(group, Set.copyOf(members)));
        groups = Collections.unmodifiableMap(copied);
    }

    /// People are compared by name, since a card knows no account: letter case, widths and runs of blanks say nothing.
    public static boolean same(String name, String other) {
        return folded(name).equals(folded(other));
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .strip()
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }

    /// How the holders of `role` and the members of `group` agree; one that is not there has no members.
    public Check check(Roster roster, String role, String group) {
        Set<String> members = groups.getOrDefault(group, Set.of());
        Set<String> holders =
                roster.holding(role).stream().map(Participant::name).collect(Collectors.toSet());
        return new Check(members.size(), without(members, holders), without(holders, members));
    }

    private static Set<String> without(Set<String> names, Set<String> others) {
        var left = new TreeSet<String>();
        for (String name : names) {
            if (others.stream().noneMatch(other -> same(name, other))) {
                left.add(name);
            }
        }
        return left;
    }

    /// @param members how many the group has
    /// @param noCard members of the group of whom no card counts in this role
    /// @param noMember holders of a card that counts in this role who are not in the group
    public record Check(int members, Set<String> noCard, Set<String> noMember) {
        public boolean agrees() {
            return noCard.isEmpty() && noMember.isEmpty();
        }
    }
}
