package org.quorate.app.procedures;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.hsm.VendorProfile;
import org.quorate.hsm.vendor.VendorProfiles;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Roles;
import org.quorate.script.Script;
import org.quorate.script.Step;

/// What of the library answers each part of the scope, each good practice and each standard. What is asked for stands
/// in
/// `coverage.json`; which scripts answer is found by what they do, so that a script that is added or withdrawn shows
/// here.
final class Coverage {
    private static final Json.Obj ASKED = load();
    private static final String YEARS = "seven_years";

    /// Rules that every script must keep which they are about.
    private static final Set<String> FOR_ALL = Set.of("every_act_by_two", "keys_by_two", YEARS);

    private static final int TWO = 2;
    private static final int THREE = 3;

    private final Library library;

    Coverage(Library library) {
        this.library = library;
    }

    /// One thing that is asked for, and what answers it.
    ///
    /// @param scripts those that do it
    /// @param console what the program does in every ceremony; empty where it is for scripts
    /// @param gap why there is nothing; empty where there is something
    record Answer(String text, List<Script> scripts, String console, String note, String gap) {
        boolean isGap() {
            return scripts.isEmpty() && console.isEmpty();
        }

        String words() {
            var parts = new ArrayList<String>();
            if (!scripts.isEmpty()) {
                parts.add(Texts.get("app.procedures.by_scripts", names(scripts)));
            }
            if (!console.isEmpty()) {
                parts.add(Texts.get("app.procedures.by_console", console));
            }
            if (isGap()) {
                return Texts.get("app.procedures.gap", gap.isEmpty() ? Texts.get("app.procedures.gap.nothing") : gap);
            }
            if (!note.isEmpty()) {
                parts.add(Texts.get("app.procedures.note", note));
            }
            return String.join(" ", parts);
        }
    }

    record Practice(String name, List<Answer> answers) {
        long gaps() {
            return answers.stream().filter(Answer::isGap).count();
        }
    }

    static String names(List<Script> scripts) {
        return scripts.stream().map(script -> "`" + script.id() + "`").collect(Collectors.joining(", "));
    }

    List<Practice> practices() {
        return ASKED.objects("practices").stream()
                .map(practice -> new Practice(
                        practice.string("name"),
                        practice.objects("clauses").stream().map(this::answer).toList()))
                .toList();
    }

    List<Answer> scope() {
        return ASKED.objects("scope").stream().map(this::answer).toList();
    }

    private Answer answer(Json.Obj asked) {
        List<Script> does = library.doing(strings(asked, "steps"), strings(asked, "names"));
        List<Script> keeps = asked.optionalString("rule").map(this::keeping).orElse(List.of());
        return new Answer(
                asked.string("text"),
                library.where(script -> does.contains(script) || keeps.contains(script)),
                asked.optionalString("console").orElse(""),
                asked.optionalString("note").or(() -> exceptions(asked)).orElse(""),
                asked.optionalString("gap").orElse(""));
    }

    private static List<String> strings(Json.Obj asked, String name) {
        return asked.has(name) ? asked.strings(name) : List.of();
    }

    private List<Script> keeping(String rule) {
        return library.where(concerns(rule)).stream().filter(keeps(rule)).toList();
    }

    /// Scripts that a rule is about and that do not keep it are named, not passed over.
    private Optional<String> exceptions(Json.Obj asked) {
        String rule = asked.optionalString("rule").orElse("");
        if (!FOR_ALL.contains(rule)) {
            return Optional.empty();
        }
        List<Script> others = library.where(concerns(rule).and(keeps(rule).negate()));
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(Texts.get(
                        "app.procedures.not_by",
                        others.stream()
                                .map(script -> rule.equals(YEARS)
                                        ? "`" + script.id() + "` ("
                                                + Markdown.plain(
                                                        script.document().retention()) + ")"
                                        : "`" + script.id() + "`")
                                .collect(Collectors.joining(", "))));
    }

    private static Predicate<Script> concerns(String rule) {
        return switch (rule) {
            case "every_act_by_two" -> script -> !Library.quorums(script).isEmpty();
            case "keys_by_two" ->
                script -> script.steps()
                        .anyMatch(step -> step instanceof Step.GenerateKeyPair
                                || step instanceof Step.GenerateSecretKey
                                || step instanceof Step.TransferKey
                                || step instanceof Step.RecoverKey);
            default -> _ -> true;
        };
    }

    private static Predicate<Script> keeps(String rule) {
        return switch (rule) {
            case "every_act_by_two", "keys_by_two" ->
                script -> Library.quorums(script).stream().allMatch(quorum -> quorum.m() >= TWO);
            case "three_of_more" ->
                script -> Library.quorums(script).stream().anyMatch(quorum -> isThreeOfMore(quorum, script));
            case "separate_roles" ->
                script -> script.cast()
                        .roles()
                        .keySet()
                        .containsAll(List.of(Roles.SECURITY_OFFICER, Roles.USER_PIN_HOLDER));
            case YEARS -> script -> script.document().retention().startsWith("Seven years");
            case "video" -> script -> says(script, "video recording");
            case "seals" -> script -> says(script, "seal number") || says(script, "seal was");
            default -> throw new IllegalStateException("no rule " + rule);
        };
    }

    private static boolean isThreeOfMore(Quorum quorum, Script script) {
        return quorum.m() >= THREE && Library.people(quorum, script) > quorum.m();
    }

    private static boolean says(Script script, String words) {
        return text(script).contains(words);
    }

    private static String text(Script script) {
        return new String(script.source(), StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    }

    // ---- standards ----

    /// Each group of standards with what names or does each of them.
    List<String> standards() {
        var lines = new ArrayList<String>();
        for (Json.Obj group : ASKED.objects("standards")) {
            lines.add("**" + group.string("name") + "**:");
            lines.add("");
            group.objects("items").forEach(item -> lines.add("- " + item.string("text") + ": " + namedBy(item)));
            lines.add("");
        }
        return lines;
    }

    private String namedBy(Json.Obj item) {
        List<String> words = strings(item, "find");
        List<Script> does = library.doing(strings(item, "steps"), strings(item, "names"));
        List<Script> scripts =
                library.where(script -> does.contains(script) || words.stream().anyMatch(word -> says(script, word)));
        List<String> profiles = VendorProfiles.ALL.stream()
                .map(VendorProfile::title)
                .filter(title -> words.stream().anyMatch(title::contains))
                .toList();
        var parts = new ArrayList<String>();
        if (!scripts.isEmpty()) {
            parts.add(Texts.get("app.procedures.by_scripts", names(scripts)));
        }
        if (!profiles.isEmpty()) {
            parts.add(Texts.get("app.procedures.by_profiles", String.join(", ", profiles)));
        }
        return parts.isEmpty() ? Texts.get("app.procedures.no_script") : String.join(" ", parts);
    }

    private static Json.Obj load() {
        try (InputStream in = Coverage.class.getResourceAsStream("coverage.json")) {
            if (in == null) {
                throw new IllegalStateException("coverage.json is missing from this build");
            }
            return Json.parseObject(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("coverage.json cannot be read", e);
        }
    }
}
