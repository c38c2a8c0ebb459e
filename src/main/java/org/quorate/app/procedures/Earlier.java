package org.quorate.app.procedures;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.quorate.base.Digest;
import org.quorate.base.Problem;

/// The version before: which scripts it was written from, and its change log.
///
/// @param created when the first version was written, as it stands there
/// @param site digest of the site profile; empty where there was none
/// @param log the rows of its change log
public record Earlier(
        Version version, String created, Map<String, Digest> scripts, Optional<Digest> site, List<String> log) {
    private static final Pattern VERSION = Pattern.compile("(?m)^version: \"(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})\"$");
    private static final Pattern CREATED = Pattern.compile("(?m)^createdDate: \"([0-9TZ:.-]+)\"$");
    private static final Pattern SCRIPT =
            Pattern.compile("(?m)^- \\*\\*Script\\*\\*: `([a-z0-9-]+)`, .*SHA-256 `([0-9a-f]{64})`$");
    private static final Pattern SITE = Pattern.compile("(?m)^- \\*\\*Site profile\\*\\*: SHA-256 `([0-9a-f]{64})`$");
    private static final Pattern LOG = Pattern.compile("(?m)^\\| \\d+\\.\\d+\\.\\d+ \\| .* \\|$");

    public Earlier {
        scripts = Map.copyOf(scripts);
        log = List.copyOf(log);
    }

    /// MAJOR.MINOR.PATCH.
    public record Version(int major, int minor, int patch) {
        static final Version FIRST = new Version(1, 0, 0);

        @Override
        public String toString() {
            return major + "." + minor + "." + patch;
        }
    }

    /// @throws org.quorate.base.ProblemException where it is no document of this kind
    public static Earlier of(String name, String text) {
        MatchResult version = first(VERSION, text, name);
        var scripts = new TreeMap<String, Digest>();
        SCRIPT.matcher(text).results().forEach(row -> scripts.put(row.group(1), new Digest(row.group(2))));
        return new Earlier(
                new Version(
                        Integer.parseInt(version.group(1)),
                        Integer.parseInt(version.group(2)),
                        Integer.parseInt(version.group(3))),
                first(CREATED, text, name).group(1),
                scripts,
                SITE.matcher(text).results().findFirst().map(row -> new Digest(row.group(1))),
                LOG.matcher(text).results().map(MatchResult::group).toList());
    }

    private static MatchResult first(Pattern pattern, String text, String name) {
        return pattern.matcher(text)
                .results()
                .findFirst()
                .orElseThrow(() -> Problem.of("app.procedures.not_one", name).asException());
    }
}
