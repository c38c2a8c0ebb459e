package org.quorate.app.procedures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.quorate.app.procedures.Earlier.Version;
import org.quorate.base.Digest;
import org.quorate.base.Texts;

/// What a version changes against the one before.
///
/// @param site whether the profile of the site is another one
record Changes(List<String> added, List<String> changed, List<String> withdrawn, boolean site, boolean first) {
    Changes {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        withdrawn = List.copyOf(withdrawn);
    }

    static Changes between(Optional<Earlier> earlier, Library now, Optional<Digest> site) {
        Map<String, Digest> before = earlier.map(Earlier::scripts).orElse(Map.of());
        Map<String, Digest> digests = now.digests();
        var added = new ArrayList<String>();
        var changed = new ArrayList<String>();
        digests.forEach((id, digest) -> {
            if (!before.containsKey(id)) {
                added.add(id);
            } else if (!digest.equals(before.get(id))) {
                changed.add(id);
            }
        });
        var withdrawn = new TreeSet<>(before.keySet());
        withdrawn.removeAll(digests.keySet());
        return new Changes(
                added,
                changed,
                List.copyOf(withdrawn),
                earlier.isPresent() && !earlier.flatMap(Earlier::site).equals(site),
                earlier.isEmpty());
    }

    Version after(Version before) {
        if (!withdrawn.isEmpty()) {
            return new Version(before.major() + 1, 0, 0);
        }
        return added.isEmpty()
                ? new Version(before.major(), before.minor(), before.patch() + 1)
                : new Version(before.major(), before.minor() + 1, 0);
    }

    String summary() {
        if (first) {
            return Texts.get("app.procedures.change.first", added.size());
        }
        var parts = new ArrayList<String>();
        part(parts, "added", added);
        part(parts, "changed", changed);
        part(parts, "withdrawn", withdrawn);
        if (site) {
            parts.add(Texts.get("app.procedures.change.site"));
        }
        return parts.isEmpty() ? Texts.get("app.procedures.change.none") : String.join(" ", parts);
    }

    private static void part(List<String> parts, String what, List<String> ids) {
        if (!ids.isEmpty()) {
            parts.add(Texts.get("app.procedures.change." + what, quoted(ids)));
        }
    }

    private static String quoted(List<String> ids) {
        return "`" + String.join("`, `", ids) + "`";
    }
}
