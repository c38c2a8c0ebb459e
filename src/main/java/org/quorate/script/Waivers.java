package org.quorate.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a script waives of what lint finds. A waiver that waives nothing is an error: it tells reviewers of a danger
/// that is not there, and would hide one that comes later.
final class Waivers {
    private Waivers() {}

    static List<Finding> applied(Script script, Places places, List<Finding> found) {
        var rest = new ArrayList<>(found);
        var waived = new ArrayList<Finding>();
        for (int i = 0; i < script.waivers().size(); i++) {
            Waiver waiver = script.waivers().get(i);
            Place place = places.waivers().get(i);
            Optional<Rule> rule = Rule.ofId(waiver.rule());
            if (rule.isEmpty() || !rule.get().waivable()) {
                waived.add(Rule.WAIVER_NOT_ALLOWED.at(places.file(), place, waiver.rule()));
                continue;
            }
            List<Finding> these = rest.stream()
                    .filter(finding -> finding.rule().equals(waiver.rule())
                            && finding.place().of().equals(waiver.at()))
                    .toList();
            if (these.isEmpty()) {
                waived.add(Rule.WAIVES_NOTHING.at(places.file(), place, waiver.rule(), waiver.at()));
            }
            rest.removeAll(these);
            these.forEach(finding -> waived.add(finding.waived(waiver.reason())));
        }
        waived.addAll(rest);
        return waived;
    }
}
