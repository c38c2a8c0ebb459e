package org.quorate.hsm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.quorate.base.Json;
import org.quorate.base.Texts;

/// Whether a token is to be trusted with a key, told by attacking it. There are modules on which a key that may
/// not leave can be wrapped, and others that forget what an unwrapped key may not do, and all of them report the
/// attributes that were asked for.
///
/// Everything is done on scratch objects of the session, never on the token, and works in a session without login
/// where the token lets one hold objects ([ScratchKeys]). What must be refused is [Attacks]; what a ceremony must
/// know and can live with is [Limits].
public final class Admission {

    public enum Verdict {
        PASSED,
        FAILED,
        /// The token did not let the attack come about, so that it shows nothing.
        NOT_TRIED,
        /// No reason to refuse the token, and a limit that whoever writes a script for it must know.
        NOTED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param name a stable name; its text stands in the bundle under `hsm.admission.<name>`
    /// @param detail what the token answered
    public record Finding(String name, Verdict verdict, String detail) {
        /// It is no reason to refuse the token.
        public boolean passed() {
            return verdict == Verdict.PASSED || verdict == Verdict.NOTED;
        }

        public String text() {
            return Texts.get("hsm.admission." + name);
        }

        public Json.Obj toJson() {
            return Json.obj()
                    .put("name", name)
                    .put("verdict", verdict.wire())
                    .put("detail", detail)
                    .build();
        }
    }

    /// @param login whose session it was: `none`, `user` or `so`
    public record Result(String login, List<Finding> findings) {
        public Result {
            findings = List.copyOf(findings);
        }

        public boolean admitted() {
            return findings.stream().allMatch(Finding::passed);
        }

        public List<Finding> of(Verdict verdict) {
            return findings.stream()
                    .filter(finding -> finding.verdict() == verdict)
                    .toList();
        }

        /// With one finding more, made outside of a session.
        public Result with(Finding more) {
            var all = new ArrayList<>(findings);
            all.add(more);
            return new Result(login, all);
        }

        public Json.Obj toJson() {
            return Json.obj()
                    .put("login", login)
                    .put("admitted", admitted())
                    .put(
                            "findings",
                            Json.array(findings.stream().map(Finding::toJson).toList()))
                    .build();
        }
    }

    private Admission() {}

    /// Runs every attack and looks for every limit; the scratch objects are gone afterwards, also where one was broken
    /// off.
    public static Result run(TokenSession session, String login) {
        var findings = new ArrayList<Finding>();
        try (var keys = new ScratchKeys(session, !login.equals("none"))) {
            findings.addAll(new Attacks(session, keys).findings());
            findings.addAll(new Limits(session, keys, login).findings());
        }
        return new Result(login, findings);
    }

    /// Whether the serial, by which a ceremony knows the token, is its own among those that are there.
    public static Finding serial(TokenInfo token, List<TokenInfo> present) {
        long same = present.stream()
                .filter(other -> other.serial().equals(token.serial()))
                .count();
        String name = "serial_is_unique";
        if (token.serial().isEmpty()) {
            return new Finding(name, Verdict.NOTED, "the token has no serial");
        }
        return same > 1
                ? new Finding(name, Verdict.NOTED, same + " tokens have the serial " + token.serial())
                : new Finding(name, Verdict.PASSED, token.serial());
    }
}
