package org.quorate.app.procedures;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quorate.base.Texts;
import org.quorate.ceremony.Site;
import org.quorate.quorum.Quorum;
import org.quorate.script.Script;
import org.quorate.script.Sensitivity;
import org.quorate.script.Step;

/// One script as a procedure: what for, what must be there, who does what, and what is kept.
final class ProcedureText {
    private final Script script;
    private final Optional<Site> site;
    private final List<String> lines = new ArrayList<>();

    private ProcedureText(Script script, Optional<Site> site) {
        this.script = script;
        this.site = site;
    }

    static String of(Script script, Optional<Site> site) {
        return new ProcedureText(script, site).text();
    }

    private String text() {
        lines.add("##### " + Markdown.plain(script.title()));
        lines.add("");
        fact(
                "script",
                "`" + script.id() + "`",
                Markdown.plain(script.version()),
                script.digest().hex());
        fact("purpose", purpose());
        fact("implements", Markdown.plain(script.document().implementsPolicy()));
        fact(
                "owner",
                Markdown.plain(script.document().owner()),
                Markdown.plain(script.document().nextReview()));
        fact("preconditions", preconditions());
        fact("roles", roles());
        fact("quorum", quorums());
        fact("minutes", Library.minutes(script));
        fact("evidence", evidence());
        fact(
                "retention",
                Markdown.plain(script.document().retention()),
                Markdown.plain(script.document().classification()));
        lines.add("");
        lines.add(Texts.get("app.procedures.steps"));
        lines.add("|---|---|---|---|---|---|");
        script.steps().forEach(this::step);
        lines.add("");
        return String.join("\n", lines);
    }

    private void fact(String name, Object... values) {
        lines.add("- " + Texts.get("app.procedures.fact." + name, values));
    }

    /// The first paragraph of the comment with which the file begins is where its author says what it is for.
    private String purpose() {
        String comment = new String(script.source(), StandardCharsets.UTF_8)
                .lines()
                .takeWhile(line -> line.startsWith("# "))
                .map(line -> line.substring(2).strip())
                .filter(line -> !line.startsWith("yaml-language-server"))
                .collect(Collectors.joining(" "));
        return Markdown.plain(comment.isEmpty() ? script.title() : comment);
    }

    private String preconditions() {
        var needed = new ArrayList<String>();
        needed.add(Texts.get("app.procedures.need.approved"));
        script.cast()
                .tokens()
                .forEach((name, token) -> needed.add(Texts.get(
                        "app.procedures.need.token." + token.state().name().toLowerCase(java.util.Locale.ROOT),
                        Markdown.plain(token.title()),
                        serial(name))));
        script.steps()
                .filter(Step.IdentifyKey.class::isInstance)
                .map(Step.IdentifyKey.class::cast)
                .map(step -> Texts.get(
                        "app.procedures.need.key",
                        Markdown.plain(script.cast().key(step.key()).label()),
                        Markdown.plain(script.cast().token(step.token()).title())))
                .distinct()
                .forEach(needed::add);
        brought().forEach(file -> needed.add(Texts.get("app.procedures.need.file", file)));
        return String.join("; ", needed);
    }

    private String serial(String role) {
        return site.map(Site::tokens)
                .flatMap(tokens -> Optional.ofNullable(tokens.get(role)))
                .map(token -> Texts.get("app.procedures.serial", Markdown.plain(token.serial())))
                .orElseGet(() -> Texts.get("app.procedures.serial.none"));
    }

    private String roles() {
        return script.cast().roles().values().stream()
                .map(role -> Texts.get("app.procedures.role", Markdown.plain(role.title()), role.count()))
                .collect(Collectors.joining(", "));
    }

    private String quorums() {
        if (script.cast().quorums().isEmpty()) {
            return Texts.get("app.procedures.quorum.none");
        }
        return script.cast().quorums().values().stream()
                .map(this::quorum)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private String quorum(Quorum quorum) {
        String titles = quorum.roles().stream()
                .map(role -> Markdown.plain(script.cast().role(role).title()))
                .collect(Collectors.joining(", "));
        return Texts.get("app.procedures.quorum", quorum.m(), Library.people(quorum, script), titles);
    }

    private String evidence() {
        var kept = new ArrayList<String>();
        kept.add(Texts.get("app.procedures.evidence.record"));
        handedOut().forEach(file -> kept.add("`" + Markdown.plain(file) + "`"));
        script.steps()
                .filter(Step.Confirm.class::isInstance)
                .map(Step.Confirm.class::cast)
                .flatMap(step -> step.enter().stream())
                .map(Step.Field::label)
                .distinct()
                .forEach(label -> kept.add(Markdown.plain(label)));
        return String.join("; ", kept);
    }

    private void step(Step step) {
        lines.add(Markdown.row(
                script.number(step),
                Markdown.plain(step.title()),
                title(step.head().by()),
                title(step.head().witnessedBy()),
                String.valueOf(step.head().minutes()),
                approval(step)));
    }

    private String approval(Step step) {
        return Stream.concat(
                        Sensitivity.quorum(step)
                                .map(name -> quorum(script.cast().quorum(name)))
                                .stream(),
                        Sensitivity.irreversible(step)
                                ? Stream.of(Texts.get("app.procedures.irreversible"))
                                : Stream.<String>empty())
                .collect(Collectors.joining("; "));
    }

    private String title(String role) {
        return Markdown.plain(script.cast().role(role).title());
    }

    private Set<String> handedOut() {
        var files = new LinkedHashSet<String>();
        script.steps().forEach(step -> {
            switch (step) {
                case Step.MakeCertificateRequest s -> files.add(s.file());
                case Step.IssueCertificate s -> files.add(s.file());
                case Step.IssueCrl s -> files.add(s.file());
                case Step.SignJar s -> files.add(s.out());
                case Step.SignQuorumFile s -> files.add(s.out());
                case Step.HandOutPublicKey s -> files.add(s.file());
                case Step.MakeDataKeys s -> files.add(s.file());
                case Step.RewrapDataKeys s -> files.add(s.file());
                default -> {}
            }
        });
        return files;
    }

    private Set<String> brought() {
        var files = new LinkedHashSet<String>();
        script.steps().forEach(step -> {
            switch (step) {
                case Step.IssueCertificate s -> files.add(s.request());
                case Step.SignJar s -> {
                    files.add(s.certificate());
                    files.add(s.file());
                }
                case Step.ImportKey s -> files.add(s.file());
                case Step.SignQuorumFile s -> files.add(s.file());
                case Step.CheckRoster s -> files.add(s.file());
                case Step.CheckDataKeys s -> files.add(s.file());
                case Step.RewrapDataKeys s -> files.add(s.file());
                case Step.EnrolCard s -> s.photo().ifPresent(files::add);
                default -> {}
            }
        });
        files.removeAll(madeBefore());
        return files;
    }

    /// What an earlier step of this very script hands out is brought from there.
    private Set<String> madeBefore() {
        return script.steps().anyMatch(Step.RewrapDataKeys.class::isInstance) ? Set.of() : handedOut();
    }
}
