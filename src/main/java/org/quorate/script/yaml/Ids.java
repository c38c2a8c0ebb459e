package org.quorate.script.yaml;

import java.util.regex.Pattern;
import org.quorate.script.Place;
import org.quorate.script.Rule;

/// The two forms of a name: ids of scripts, acts and steps are read by people and have hyphens; names of roles,
/// quorums, tokens, keys, parameters and entered values become keys of the ledger's JSON and have underscores.
final class Ids {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final int MAX = 48;

    private Ids() {}

    static void checkId(String id, Place place, Findings findings) {
        check(id, ID, "lower-case letters, digits and hyphens, such as generate-root", place, findings);
    }

    static void checkName(String name, Place place, Findings findings) {
        check(name, NAME, "lower-case letters, digits and underscores, such as security_officer", place, findings);
    }

    private static void check(String text, Pattern form, String words, Place place, Findings findings) {
        if (!text.isEmpty() && (text.length() > MAX || !form.matcher(text).matches())) {
            findings.add(Rule.BAD_ID, place, text, words, MAX);
        }
    }
}
