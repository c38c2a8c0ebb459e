package org.quorate.app.procedures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.quorate.base.Texts;
import org.quorate.ceremony.Site;
import org.quorate.hsm.VendorProfile;
import org.quorate.hsm.vendor.VendorProfiles;
import org.quorate.script.Script;

/// What the document says of the site, the people and the procedures.
final class Body {
    private static final int MINUTES_OF_AN_HOUR = 60;

    private final Library library;
    private final Optional<Site> site;
    private final String program;
    private final Coverage coverage;

    Body(Library library, Optional<Site> site, String program) {
        this.library = library;
        this.site = site;
        this.program = program;
        this.coverage = new Coverage(library);
    }

    List<String> gaps() {
        return coverage.practices().stream()
                .flatMap(practice -> practice.answers().stream()
                        .filter(Coverage.Answer::isGap)
                        .map(answer -> practice.name() + ": " + answer.text()))
                .toList();
    }

    Map<String, String> values() {
        var values = new TreeMap<String, String>();
        values.put("program", program);
        values.put("profile", profile());
        values.put("inScope", answers(coverage.scope()));
        values.put("roles", roles());
        values.put("audience", audience());
        values.put("procedureTable", table());
        values.put(
                "procedures",
                library.scripts().stream()
                        .map(script -> ProcedureText.of(script, site))
                        .collect(Collectors.joining("\n")));
        values.put("siteText", siteText());
        values.put("dependencies", Markdown.bullets(dependencies()));
        values.put("retentions", grouped(script -> script.document().retention()));
        values.put("bestPracticeSummary", practicesInShort());
        values.put("bestPractices", practices());
        values.put("implements", grouped(script -> script.document().implementsPolicy()));
        values.put("standards", String.join("\n", coverage.standards()));
        values.put("upstream", Markdown.bullets(upstream()));
        values.put("consumers", consumers());
        values.put("relatedArtifacts", relatedArtifacts());
        values.put("policies", policies());
        values.put("effort", effort());
        return values;
    }

    private String profile() {
        return site.map(place -> Texts.get("app.procedures.profile", Markdown.plain(place.name())))
                .orElseGet(() -> Texts.get("app.procedures.profile.none"));
    }

    private static String answers(List<Coverage.Answer> answers) {
        return Markdown.bullets(answers.stream()
                .map(answer -> answer.text() + ": " + answer.words())
                .toList());
    }

    private static final class RoleUse {
        private final Set<String> duties = new LinkedHashSet<>();
        private final Set<String> procedures = new LinkedHashSet<>();
    }

    /// By title, since scripts may call one role by different names.
    private Map<String, RoleUse> roleUses() {
        var uses = new TreeMap<String, RoleUse>();
        for (Script script : library.scripts()) {
            script.cast().roles().values().forEach(role -> {
                RoleUse use = uses.computeIfAbsent(role.title(), fresh -> new RoleUse());
                use.duties.add(role.duty());
                use.procedures.add("`" + script.id() + "` (" + role.count() + ")");
            });
        }
        return uses;
    }

    private String roles() {
        return roleUses().entrySet().stream()
                .map(role -> Markdown.row(
                        Markdown.plain(role.getKey()),
                        Markdown.plain(String.join(" ", role.getValue().duties)),
                        String.join(", ", role.getValue().procedures)))
                .collect(Collectors.joining("\n"));
    }

    private String audience() {
        return Markdown.bullets(
                roleUses().keySet().stream().map(Markdown::plain).toList());
    }

    private String table() {
        return library.scripts().stream()
                .map(script -> Markdown.row(
                        Markdown.link(script.title()),
                        "`" + script.id() + "` " + Markdown.plain(script.version()),
                        String.valueOf(Library.minutes(script)),
                        String.valueOf(script.cast().roles().values().stream()
                                .mapToInt(Script.RoleSpec::count)
                                .sum()),
                        approvals(script)))
                .collect(Collectors.joining("\n"));
    }

    private static String approvals(Script script) {
        return Library.quorums(script).stream()
                .map(quorum -> Texts.get("app.procedures.of", quorum.m(), Library.people(quorum, script)))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private String siteText() {
        if (site.isEmpty()) {
            return "- "
                    + Texts.get(
                            "app.procedures.fill",
                            Markdown.plain(library.owner()),
                            Texts.get("app.procedures.open.site"));
        }
        Site place = site.get();
        var lines = new ArrayList<String>();
        lines.add("- " + Texts.get("app.procedures.site.organisation", Markdown.plain(place.organisation())));
        lines.add("- "
                + Texts.get("app.procedures.site.place", Markdown.plain(place.name()), Markdown.plain(place.place())));
        lines.add("- " + Texts.get("app.procedures.site.mode." + place.mode().wire()));
        lines.add("- "
                + Texts.get(
                        "app.procedures.site.digest",
                        Procedures.digest(site).orElseThrow().hex()));
        lines.add("- "
                + Texts.get(
                        place.machinery().mirror().isPresent()
                                ? "app.procedures.site.mirror"
                                : "app.procedures.site.no_mirror"));
        lines.add("");
        lines.add(Texts.get("app.procedures.site.tokens"));
        lines.add("|---|---|---|---|---|");
        for (String role : place.roles()) {
            Site.TokenAt token = place.token(role);
            lines.add(Markdown.row(
                    Markdown.plain(role),
                    Markdown.plain(token.serial()),
                    Markdown.plain(token.model()),
                    Markdown.plain(token.module()),
                    token.certificateNumber()
                            .map(Markdown::plain)
                            .orElseGet(() -> Texts.get("app.procedures.site.no_certificate"))));
        }
        return String.join("\n", lines);
    }

    private List<String> dependencies() {
        var lines = new ArrayList<String>();
        lines.add(Texts.get("app.procedures.depends.program", program));
        lines.add(Texts.get("app.procedures.depends.scripts", library.scripts().size()));
        lines.add(Texts.get("app.procedures.depends.keys"));
        lines.add(Texts.get(
                "app.procedures.depends.profiles",
                VendorProfiles.ALL.stream().map(VendorProfile::title).collect(Collectors.joining(", "))));
        return lines;
    }

    /// Which procedures share what a script says of itself.
    private String grouped(Function<Script, String> by) {
        var groups = new TreeMap<String, List<Script>>();
        library.scripts()
                .forEach(script -> groups.computeIfAbsent(by.apply(script), fresh -> new ArrayList<>())
                        .add(script));
        return groups.entrySet().stream()
                .map(group -> Markdown.row(Markdown.plain(group.getKey()), Coverage.names(group.getValue())))
                .collect(Collectors.joining("\n"));
    }

    private String practicesInShort() {
        List<Coverage.Practice> practices = coverage.practices();
        return Texts.get(
                "app.procedures.practices",
                practices.size(),
                practices.stream().filter(practice -> practice.gaps() == 0).count(),
                practices.stream().mapToLong(Coverage.Practice::gaps).sum());
    }

    private String practices() {
        return coverage.practices().stream()
                .map(practice -> "**" + practice.name() + "**:\n\n" + answers(practice.answers()) + "\n")
                .collect(Collectors.joining("\n"));
    }

    private List<String> upstream() {
        var lines = new ArrayList<String>();
        library.scripts()
                .forEach(script -> lines.add(Texts.get(
                        "app.procedures.upstream.script",
                        script.id(),
                        Markdown.plain(script.version()),
                        Markdown.plain(String.join(", ", script.document().approvers())))));
        lines.add(Texts.get("app.procedures.upstream.site"));
        lines.add(Texts.get("app.procedures.upstream.vendor"));
        return lines;
    }

    private String consumers() {
        return roleUses().keySet().stream().map(Markdown::plain).collect(Collectors.joining(", "));
    }

    private String relatedArtifacts() {
        var lines = new LinkedHashMap<String, String>();
        List.of("records", "founding", "paper", "evidence", "library")
                .forEach(name -> lines.put(name, Texts.get("app.procedures.artifact." + name)));
        return Markdown.bullets(List.copyOf(lines.values()));
    }

    /// Everything that a script carries out, once.
    private String policies() {
        return Markdown.bullets(library.scripts().stream()
                .map(script -> script.document().implementsPolicy())
                .distinct()
                .sorted()
                .map(Markdown::plain)
                .toList());
    }

    private String effort() {
        int minutes = library.scripts().stream().mapToInt(Library::minutes).sum();
        return Texts.get("app.procedures.effort", (minutes + MINUTES_OF_AN_HOUR - 1) / MINUTES_OF_AN_HOUR);
    }
}
