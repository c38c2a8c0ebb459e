package org.quorate.app.procedures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quorate.app.procedures.Earlier.Version;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.ceremony.Site;
import org.quorate.script.Script;
import org.quorate.script.Script.DocumentControl;

/// Document control: who owns, writes, reviews and approves, which version this is, and what changed.
final class Control {
    /// From open to strict; what else a script says is taken for stricter than all of them.
    private static final List<String> CLASSES = List.of("Public", "Internal", "Confidential", "Restricted");

    private final Library library;
    private final Optional<Site> site;
    private final Told told;
    private final Optional<Earlier> earlier;
    private final Changes changes;
    private final String owner;

    Control(Library library, Optional<Site> site, Told told, Optional<Earlier> earlier) {
        this.library = library;
        this.site = site;
        this.told = told;
        this.earlier = earlier;
        this.changes = Changes.between(earlier, library, Procedures.digest(site));
        this.owner = library.owner();
    }

    Version version() {
        return earlier.map(Earlier::version).map(changes::after).orElse(Version.FIRST);
    }

    private String organisation() {
        return site.map(Site::organisation).orElseGet(() -> Texts.get("app.procedures.organisation"));
    }

    private String siteName() {
        return site.map(place -> Texts.get("app.procedures.site.at", place.name(), place.place()))
                .orElseGet(() -> Texts.get("app.procedures.site.unnamed"));
    }

    /// What nobody and nothing says yet, with who has to.
    private String fill(String what) {
        return Texts.get("app.procedures.fill", owner, what);
    }

    private List<String> all(Function<DocumentControl, Stream<String>> of) {
        return library.scripts().stream()
                .map(Script::document)
                .flatMap(of)
                .distinct()
                .sorted()
                .toList();
    }

    private List<String> reviewers() {
        return all(document -> document.reviewers().stream());
    }

    private List<String> approvers() {
        return all(document -> document.approvers().stream());
    }

    private List<String> owners() {
        return all(document -> Stream.of(document.owner()));
    }

    private List<String> contributors() {
        return owners().stream()
                .map(name -> Texts.get(
                        "app.procedures.contributor",
                        name,
                        library.where(script -> script.document().owner().equals(name)).stream()
                                .map(Script::id)
                                .collect(Collectors.joining(", "))))
                .toList();
    }

    private String classification() {
        return library.scripts().stream()
                .map(script -> script.document().classification())
                .max(java.util.Comparator.<String>comparingInt(
                                name -> CLASSES.contains(name) ? CLASSES.indexOf(name) : CLASSES.size())
                        .thenComparing(java.util.Comparator.naturalOrder()))
                .orElseThrow();
    }

    private String retention() {
        return Texts.get(
                "app.procedures.retention", String.join("; ", all(document -> Stream.of(document.retention()))));
    }

    private String nextReview() {
        return all(document -> Stream.of(document.nextReview())).getFirst();
    }

    private boolean overdue() {
        return nextReview().compareTo(UtcTime.format(told.when()).substring(0, 10)) < 0;
    }

    private String author() {
        return told.author().orElseGet(() -> fill(Texts.get("app.procedures.open.author")));
    }

    private String status() {
        return Texts.get(told.approved().isPresent() ? "app.procedures.approved" : "app.procedures.draft");
    }

    private String approval() {
        return told.approved()
                .orElseGet(() -> Texts.get(
                        "app.procedures.fill",
                        String.join(", ", approvers()),
                        Texts.get("app.procedures.open.approval")));
    }

    private String id() {
        return told.id()
                .orElseGet(() -> "hsm-procedures-"
                        + site.map(place -> slug(place.organisation() + " " + place.name()))
                                .orElse("library"));
    }

    static String slug(String text) {
        return text.toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    private String now() {
        return UtcTime.format(told.when());
    }

    private String created() {
        return earlier.map(Earlier::created).orElseGet(this::now);
    }

    private List<String> summary() {
        return List.of(
                Texts.get(
                        "app.procedures.summary.what",
                        organisation(),
                        siteName(),
                        library.scripts().size()),
                Texts.get("app.procedures.summary.who"),
                Texts.get("app.procedures.summary.how"));
    }

    private List<String> related() {
        var related = new ArrayList<String>();
        library.scripts()
                .forEach(script -> related.add(Texts.get(
                        "app.procedures.related",
                        script.id(),
                        script.version(),
                        script.digest().hex())));
        return related;
    }

    private String log() {
        var rows = new ArrayList<>(earlier.map(Earlier::log).orElse(List.of()));
        rows.add(Markdown.row(
                version().toString(),
                now().substring(0, 10),
                Markdown.plain(author()),
                changes.summary() + " "
                        + told.why()
                                .map(Markdown::plain)
                                .orElseGet(() -> changes.first()
                                        ? Texts.get("app.procedures.why.first")
                                        : Markdown.plain(fill(Texts.get("app.procedures.open.why")))),
                Markdown.plain(impact()),
                Markdown.plain(told.approved().isPresent() ? String.join(", ", approvers()) : approval())));
        return String.join("\n", rows);
    }

    /// The roles of the procedures that are other ones now.
    private String impact() {
        var titles = new TreeSet<String>();
        Stream.concat(changes.added().stream(), changes.changed().stream())
                .flatMap(id -> library.byId(id).stream())
                .flatMap(script -> script.cast().roles().values().stream())
                .forEach(role -> titles.add(role.title()));
        String roles = titles.isEmpty() ? Texts.get("app.procedures.impact.none") : String.join(", ", titles);
        return Texts.get("app.procedures.impact", roles);
    }

    String completeness(String template) {
        long sections =
                template.lines().filter(line -> line.matches("#{2,4} .*")).count();
        return Texts.get("app.procedures.completeness", sections);
    }

    // ---- the places of the template ----

    Map<String, String> values() {
        var values = new TreeMap<String, String>();
        single().forEach((name, value) -> values.put(name, Markdown.yaml(value)));
        lists().forEach((name, value) -> values.put(name, Markdown.yaml(value)));
        texts().forEach((name, value) -> values.put(name, Markdown.plain(value)));
        values.put("executiveSummary", Markdown.yaml(String.join("\n\n", summary())));
        values.put(
                "executiveSummaryText", summary().stream().map(Markdown::plain).collect(Collectors.joining("\n\n")));
        values.put("versionTable", table(single(), VERSION_FIELDS));
        values.put(
                "authorTable",
                Markdown.row("`primaryAuthor`", Markdown.plain(author())) + "\n" + listTable() + "\n"
                        + table(single(), List.of("reviewStatus", "approvalDate")));
        values.put("changeLog", log());
        values.put("qualityCriteria", criteria());
        values.put("metadataTick", told.author().isPresent() && told.approved().isPresent() ? "x" : " ");
        return values;
    }

    private static final List<String> VERSION_FIELDS = List.of(
            "version",
            "documentId",
            "createdDate",
            "lastModified",
            "nextReviewDate",
            "documentOwner",
            "classification",
            "retentionPeriod");

    private Map<String, String> single() {
        var values = new TreeMap<String, String>();
        values.put("version", version().toString());
        values.put("documentId", id());
        values.put("createdDate", created());
        values.put("lastModified", now());
        values.put("nextReviewDate", nextReview());
        values.put("documentOwner", owner);
        values.put("classification", classification());
        values.put("retentionPeriod", retention());
        values.put("primaryAuthor", author());
        values.put("reviewStatus", status());
        values.put("approvalDate", approval());
        values.put("businessContext", Texts.get("app.procedures.context", organisation()));
        values.put("scope", Texts.get("app.procedures.scope", library.scripts().size()));
        values.put("applicability", Texts.get("app.procedures.applicability", siteName()));
        return values;
    }

    private Map<String, List<String>> lists() {
        return Map.of(
                "contributors", contributors(),
                "reviewers", reviewers(),
                "approvers", approvers(),
                "relatedDocuments", related());
    }

    /// Running text, in which the words of others are no markup.
    private Map<String, String> texts() {
        var values = new TreeMap<String, String>();
        values.put("organisation", organisation());
        values.put("site", siteName());
        values.put("scriptCount", String.valueOf(library.scripts().size()));
        values.put("versionText", version().toString());
        values.put("lastModifiedText", now());
        values.put("nextReviewText", overdue() ? Texts.get("app.procedures.overdue", nextReview()) : nextReview());
        values.put("documentOwnerText", owner);
        values.put("classificationText", classification());
        values.put("retentionText", retention());
        values.put("businessContextText", Texts.get("app.procedures.context", organisation()));
        values.put("applicabilityText", Texts.get("app.procedures.applicability", siteName()));
        values.put("primaryAuthorText", author());
        values.put("ownersText", String.join(", ", owners()));
        values.put("reviewersText", String.join(", ", reviewers()));
        values.put("approversText", String.join(", ", approvers()));
        values.put("reviewStatusText", status());
        values.put("approvalDateText", approval());
        values.put("primaryApprover", approvers().getFirst());
        values.put(
                "secondaryApprover",
                approvers().size() > 1
                        ? String.join(", ", approvers().subList(1, approvers().size()))
                        : fill(Texts.get("app.procedures.open.second")));
        values.put("governanceApproval", fill(Texts.get("app.procedures.open.governance")));
        values.put("storage", fill(Texts.get("app.procedures.open.storage")));
        return values;
    }

    private static String table(Map<String, String> values, List<String> names) {
        return names.stream()
                .map(name -> Markdown.row("`" + name + "`", Markdown.plain(values.getOrDefault(name, ""))))
                .collect(Collectors.joining("\n"));
    }

    private String listTable() {
        return Stream.of("contributors", "reviewers", "approvers")
                .map(name -> Markdown.row(
                        "`" + name + "`", Markdown.plain(String.join("; ", lists().getOrDefault(name, List.of())))))
                .collect(Collectors.joining("\n"));
    }

    /// What the program vouches for is ticked, with how; the rest says who ticks it.
    private String criteria() {
        boolean approved = told.approved().isPresent();
        return Stream.of(
                        criterion("completeness", true, ""),
                        criterion("accuracy", approved, String.join(", ", owners())),
                        criterion("clarity", approved, String.join(", ", reviewers())),
                        criterion("consistency", true, ""),
                        criterion("currency", !overdue(), nextReview()),
                        criterion("traceability", true, ""),
                        criterion("stakeholder", approved, String.join(", ", reviewers())),
                        criterion("technical", approved, String.join(", ", reviewers())),
                        criterion("compliance", approved, String.join(", ", reviewers())),
                        criterion("approval", approved, String.join(", ", approvers())),
                        criterion("accessibility", false, owner),
                        criterion("metadata", told.author().isPresent() && approved, owner))
                .collect(Collectors.joining("\n"));
    }

    private static String criterion(String name, boolean met, String who) {
        return (met ? "- [x] ✓ " : "- [ ] ✓ ")
                + Texts.get("app.procedures.criterion." + name + (met ? ".met" : ".open"), Markdown.plain(who));
    }
}
