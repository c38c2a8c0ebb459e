package org.quorate.app.procedures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program;
import org.quorate.app.Program.Ended;
import org.quorate.base.Json;
import org.quorate.ceremony.Site;

/// The procedures written from the shipped scripts, held against every criterion of the form they must have.
class ProceduresTest {
    private static final Path SCRIPTS = Path.of("ceremony-scripts");
    private static final String DAY = "2026-11-22";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static String document = "";

    @BeforeAll
    static void write() throws IOException {
        Path home = Files.createDirectory(shared.resolve("site"));
        var site = new Site(
                "Vault A",
                "Example Trust Services",
                "Berlin",
                Site.Mode.LIVE,
                new Site.Machinery(
                        Map.of("hsm", Site.ModuleAt.of("/usr/lib/libhsm.so")),
                        Map.of("primary", new Site.TokenAt("hsm", "A|100", "primary", "Model 7", Optional.of("4153"))),
                        Optional.empty()));
        Files.writeString(home.resolve("site.json"), site.toJson().text());
        Path out = shared.resolve("vault-a.hsm-procedures.md");
        Ended ended = Program.run("procedures", "-o", out, "--home", home, "--date", DAY);
        assertThat(ended.code()).as(ended.err()).isZero();
        document = Files.readString(out);
    }

    // ---- the criteria, one by one ----

    /// One criterion of the form, and how it is checked.
    private record Criterion(String name, Consumer<String> check) {}

    private static Criterion has(String name, String... parts) {
        return new Criterion(name, text -> assertThat(text).contains(parts));
    }

    /// In this section every one of these stands at the beginning of a line.
    private static Criterion lists(String name, String heading, String... lines) {
        return new Criterion(
                name,
                _ -> assertThat(section(heading).lines())
                        .satisfies(found -> Arrays.stream(lines)
                                .forEach(wanted ->
                                        assertThat(found).as(wanted).anyMatch(line -> line.startsWith(wanted)))));
    }

    private static Criterion field(String name, String form) {
        return new Criterion(
                "front matter: " + name, _ -> assertThat(front(name)).matches(form));
    }

    private static final String TEXT = "\".{10,}\"";
    private static final String LIST = "\\[\".+\"]";
    private static final String TIME = "\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"";

    private static final List<Criterion> FRONT = List.of(
            field("version", "\"\\d+\\.\\d+\\.\\d+\""),
            field("documentId", "\"hsm-procedures-example-trust-services-vault-a\""),
            field("createdDate", TIME),
            field("lastModified", TIME),
            field("nextReviewDate", "\"\\d{4}-\\d\\d-\\d\\d\""),
            field("documentOwner", TEXT),
            field("classification", "\"(Public|Internal|Confidential|Restricted)\""),
            field("retentionPeriod", TEXT),
            field("primaryAuthor", "\"To be filled in by .+: lead author, name and role\""),
            field("contributors", LIST),
            field("reviewers", LIST),
            field("approvers", LIST),
            field("reviewStatus", "\"Draft\""),
            field("approvalDate", "\"To be filled in by .+: the day of formal approval\""),
            field("executiveSummary", ".*\\\\n\\\\n.*\\\\n\\\\n.*"),
            field("businessContext", TEXT),
            field("scope", ".*Out of scope: .*"),
            field("applicability", TEXT),
            field("relatedDocuments", LIST),
            new Criterion(
                    "front matter: fields in order",
                    text -> assertThat(text.substring(0, text.indexOf("\n---\n", 4))
                                    .lines()
                                    .filter(line -> line.matches("[a-zA-Z]+: .*"))
                                    .map(line -> line.substring(0, line.indexOf(':'))))
                            .containsExactly(
                                    "version",
                                    "documentId",
                                    "createdDate",
                                    "lastModified",
                                    "nextReviewDate",
                                    "documentOwner",
                                    "classification",
                                    "retentionPeriod",
                                    "primaryAuthor",
                                    "contributors",
                                    "reviewers",
                                    "approvers",
                                    "reviewStatus",
                                    "approvalDate",
                                    "executiveSummary",
                                    "businessContext",
                                    "scope",
                                    "applicability",
                                    "relatedDocuments")));

    private static final List<Criterion> SECTIONS = List.of(
            has("name", "\n# Name: hsm-procedures\n"),
            new Criterion(
                    "sections in order",
                    text -> assertThat(headings(text, "## "))
                            .containsExactly(
                                    "Executive Summary",
                                    "Purpose & Scope",
                                    "Document Information",
                                    "Best Practices",
                                    "Quality Criteria",
                                    "Common Pitfalls & How to Avoid",
                                    "Related Standards & Frameworks",
                                    "Integration Points",
                                    "Review & Approval Process",
                                    "Maintenance & Lifecycle",
                                    "Templates & Examples",
                                    "Governance & Compliance",
                                    "Metrics & Success Criteria",
                                    "Metadata Tags")),
            new Criterion(
                    "parts of sections in order",
                    text -> assertThat(headings(text, "### "))
                            .containsExactly(
                                    "Strategic Importance",
                                    "Primary Purpose",
                                    "Scope",
                                    "Target Audience",
                                    "Document Control",
                                    "Main Content Sections",
                                    "Upstream Dependencies (Required Inputs)",
                                    "Downstream Consumers (Who Uses This)",
                                    "Related Artifacts",
                                    "Review Workflow",
                                    "Approval Requirements",
                                    "Update Frequency",
                                    "Version Control Standards",
                                    "Change Log",
                                    "Archival & Retention",
                                    "Ownership & Accountability",
                                    "Template Access",
                                    "Example Artifacts",
                                    "Quick-Start Checklist",
                                    "Regulatory Considerations",
                                    "Audit Requirements",
                                    "Policy Alignment",
                                    "Artifact Quality Metrics",
                                    "Usage Metrics",
                                    "Continuous Improvement")),
            new Criterion(
                    "no section is empty",
                    text -> assertThat(Pattern.compile("(?m)^(#+) .*\\n\\n?(?=^#|\\z)")
                                    .matcher(text)
                                    .results())
                            .allMatch(empty -> empty.group().startsWith("#")
                                    && isParent(empty.group().strip()))),
            new Criterion(
                    "executive summary of two to three paragraphs",
                    _ -> assertThat(section("Executive Summary")
                                    .split("### ")[0]
                                    .strip()
                                    .split("\n\n"))
                            .hasSize(3)),
            lists(
                    "strategic importance",
                    "Strategic Importance",
                    "- **Strategic Alignment**",
                    "- **Standardization**",
                    "- **Risk Management**",
                    "- **Stakeholder Communication**",
                    "- **Knowledge Management**",
                    "- **Compliance**",
                    "- **Continuous Improvement**"),
            new Criterion(
                    "in scope: fifteen, each answered or a gap",
                    _ -> assertThat(between(section("Scope"), "**In Scope**:", "**Out of Scope**:"))
                            .hasSize(15)
                            .allMatch(ProceduresTest::isAnswered)),
            new Criterion(
                    "out of scope: five",
                    _ -> assertThat(between(section("Scope"), "**Out of Scope**:", "\0"))
                            .hasSize(5)),
            lists(
                    "target audience",
                    "Target Audience",
                    "**Primary Audience**",
                    "- Crypto Officers",
                    "- HSM Administrators",
                    "- Security Engineers",
                    "**Secondary Audience**",
                    "- PKI Administrators",
                    "- DevOps Engineers",
                    "- Compliance Officers"),
            lists(
                    "document information",
                    "Document Information",
                    "**Format**: Markdown",
                    "**File Pattern**: `*.hsm-procedures.md`",
                    "**Naming Convention**: `vault-a.hsm-procedures.md`",
                    "**Template Location**: ",
                    "**Storage & Access**: ",
                    "**Classification**: Internal",
                    "**Retention**: the longest of: Seven years;"),
            lists(
                    "document control",
                    "Document Control",
                    "**Version Information**:",
                    "| `version` | 1.0.0 |",
                    "| `documentId` |",
                    "| `createdDate` |",
                    "| `lastModified` |",
                    "| `nextReviewDate` |",
                    "| `documentOwner` |",
                    "| `classification` |",
                    "| `retentionPeriod` |",
                    "**Authorship & Review**:",
                    "| `primaryAuthor` |",
                    "| `contributors` |",
                    "| `reviewers` |",
                    "| `approvers` |",
                    "| `reviewStatus` | Draft |",
                    "| `approvalDate` |",
                    "**Document Purpose**:",
                    "| `executiveSummary` |",
                    "| `businessContext` |",
                    "| `scope` |",
                    "| `applicability` |",
                    "| `relatedDocuments` |"),
            lists(
                    "core and supporting information",
                    "Main Content Sections",
                    "**Core Information**:",
                    "#### Roles and duties",
                    "#### Procedures",
                    "**Supporting Information**:",
                    "#### Background",
                    "#### Assumptions and constraints",
                    "#### Dependencies"));

    private static final List<Criterion> BODY = List.of(
            new Criterion("best practices: nineteen, each part answered or a gap", _ -> {
                String practices = section("Best Practices");
                assertThat(practices.lines().filter(line -> line.matches("\\*\\*.+\\*\\*:")))
                        .containsExactly(
                                "**FIPS Mode Always**:",
                                "**Dual Control**:",
                                "**M-of-N Authentication**:",
                                "**Partition Isolation**:",
                                "**Role Separation**:",
                                "**Credential Security**:",
                                "**Backup HSMs**:",
                                "**Firmware Updates**:",
                                "**Audit Logging**:",
                                "**Tamper Monitoring**:",
                                "**Network Segmentation**:",
                                "**Physical Security**:",
                                "**Key Lifecycle**:",
                                "**Entropy Monitoring**:",
                                "**Capacity Planning**:",
                                "**Disaster Recovery**:",
                                "**Cloud HSM Security**:",
                                "**Decommissioning**:",
                                "**Vendor Support**:");
                assertThat(practices.lines().filter(line -> line.startsWith("- ")))
                        .hasSizeGreaterThan(50)
                        .allMatch(ProceduresTest::isAnswered);
            }),
            lists(
                    "best practices: what the scripts do",
                    "Best Practices",
                    "- rotate quarterly: by `pin-rotation`",
                    "- Zeroize HSMs before decommissioning: by `decommissioning`",
                    "- Monitor HSM random number generator health: by `",
                    "- Maintain active support contracts: **Gap**"),
            has("best practices: who does not keep them", "Mind: not by `tls-key` (Two years after"),
            new Criterion(
                    "quality criteria: twelve, ticked or with who ticks them",
                    _ -> assertThat(section("Quality Criteria").lines().filter(line -> line.startsWith("- [")))
                            .hasSize(12)
                            .allMatch(line -> line.matches(
                                    "- \\[[x ]] ✓ \\*\\*(Completeness|Accuracy|Clarity|Consistency|Currency|"
                                            + "Traceability|Stakeholder Review|Technical Review|Compliance|Approval|Accessibility|"
                                            + "Metadata)\\*\\*: .{10,}"))),
            new Criterion("pitfalls: eight, each with its solution", _ -> {
                String pitfalls = section("Common Pitfalls & How to Avoid");
                assertThat(pitfalls.lines().filter(line -> line.startsWith("❌ **")))
                        .hasSize(8);
                assertThat(pitfalls.lines().filter(line -> line.startsWith("   ✓ *Solution*: ")))
                        .hasSize(8);
            }),
            new Criterion("standards: ten groups, each entry with what names it", _ -> {
                String standards = section("Related Standards & Frameworks");
                assertThat(standards.lines().filter(line -> line.matches("\\*\\*.+\\*\\*:")))
                        .hasSize(10);
                assertThat(standards.lines().filter(line -> line.startsWith("- ")))
                        .hasSize(69)
                        .allMatch(line -> line.matches(".*: (by `|Known as |no script names it).*"));
            }),
            lists(
                    "standards: from the scripts",
                    "Related Standards & Frameworks",
                    "- Utimaco CryptoServer (HSM for payment and PKI): Known as a maker's profile: Utimaco",
                    "- NIST SP 800-57 (Recommendation for Key Management): by `data-key-rotation`",
                    "- HIPAA Security Rule 164.312(a)(2)(iv) (Encryption and Decryption): no script names it",
                    "| Certification practice statement, section 6.4.1 (activation data) | `pin-rotation`, `split-login` |",
                    "**Reference**: Consult HSM vendor documentation"),
            lists(
                    "upstream dependencies",
                    "Upstream Dependencies (Required Inputs)",
                    "- The script `hsm-health`",
                    "- The site profile"),
            lists(
                    "downstream consumers",
                    "Downstream Consumers (Who Uses This)",
                    "- Ceremonies",
                    "- Quarterly evidence reviews"),
            lists("related artifacts", "Related Artifacts", "- Key ceremony records", "- The risk register"));

    private static final List<Criterion> LIFE = List.of(
            lists(
                    "review workflow: eight steps",
                    "Review Workflow",
                    "1. **Author Self-Review**",
                    "2. **Peer Review**",
                    "3. **Stakeholder Review**",
                    "4. **Architecture Review**",
                    "5. **Security Review**",
                    "6. **Compliance Review**",
                    "7. **Legal Review**",
                    "8. **Final Approval**: Chair of the policy authority"),
            lists(
                    "approval requirements",
                    "Approval Requirements",
                    "- Primary Approver: Chair of the policy authority",
                    "- Secondary Approver: ",
                    "- Governance Approval: ",
                    "**Approval Evidence**:"),
            lists(
                    "update frequency",
                    "Update Frequency",
                    "**Regular Reviews**: next on 2027-11-30",
                    "**Event-Triggered Updates**"),
            lists("version control", "Version Control Standards", "- **MAJOR**", "- **MINOR**", "- **PATCH**"),
            lists(
                    "change log",
                    "Change Log",
                    "| version | date | authors | what changed and why | impact | approver |",
                    "| 1.0.0 | 2026-11-22 | "),
            lists("archival", "Archival & Retention", "**Retention Period**: the longest of", "**Archival Process**:"),
            lists(
                    "ownership",
                    "Ownership & Accountability",
                    "**Document Owner**: ",
                    "**Responsibilities**:",
                    "- Archive superseded versions"),
            lists(
                    "template access",
                    "Template Access",
                    "**Primary Template**",
                    "**Alternative Formats**",
                    "**Template Version**"),
            lists("examples", "Example Artifacts", "**Reference Examples**", "**Annotated Guidance**"),
            new Criterion(
                    "checklist: twenty-one points",
                    _ -> assertThat(section("Quick-Start Checklist")
                                    .lines()
                                    .filter(line -> line.matches("- \\[[x ]] .+")))
                            .hasSize(21)),
            lists(
                    "regulatory considerations",
                    "Regulatory Considerations",
                    "- SOC 2: ",
                    "- ISO 27001: ",
                    "- GDPR/Privacy: ",
                    "- Industry-Specific: "),
            lists(
                    "audit",
                    "Audit Requirements",
                    "- Internal audits",
                    "- External audits",
                    "- Regulatory",
                    "- Customer",
                    "**Audit Preparation**:"),
            lists("policy alignment", "Policy Alignment", "- Certification practice statement, section 6.1.1"),
            lists(
                    "quality metrics",
                    "Artifact Quality Metrics",
                    "- **Completeness Score**: 100 %",
                    "- **Review Cycle Time**",
                    "- **Defect Rate**",
                    "- **Stakeholder Satisfaction**"),
            lists(
                    "usage metrics",
                    "Usage Metrics",
                    "- **Access Frequency**",
                    "- **Update Frequency**",
                    "- **Downstream Impact**"),
            lists("continuous improvement", "Continuous Improvement", "- Gather feedback"),
            lists(
                    "metadata tags",
                    "Metadata Tags",
                    "**Phase**: Operations",
                    "**Category**: ",
                    "**Typical Producers**: ",
                    "**Typical Consumers**: ",
                    "**Effort Estimate**: ",
                    "**Complexity Level**: High",
                    "**Business Criticality**: Mission Critical",
                    "**Change Frequency**: Regular",
                    "*Last Updated: 2026-11-22T00:00:00.000Z - Version 1.0.0*"),
            new Criterion(
                    "nothing of the form is left open",
                    text -> assertThat(text)
                            .doesNotContain(
                                    "{{", "{phase}", "{artifact_name}", "[List ", "[Define ", "[Roles/", "[Typical")),
            new Criterion("every link leads to a heading", ProceduresTest::linksLead));

    @TestFactory
    Stream<DynamicTest> everyCriterion_isMet() {
        return Stream.of(FRONT, SECTIONS, BODY, LIFE)
                .flatMap(List::stream)
                .map(criterion -> DynamicTest.dynamicTest(
                        criterion.name(), () -> criterion.check().accept(document)));
    }

    // ---- what the data say ----

    @Test
    void everyScript_isAProcedure_withAllThatIsAskedOfOne() throws IOException {
        try (var files = Files.list(SCRIPTS)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                String id = file.getFileName().toString().replace(".yaml", "");
                String told = document.substring(document.indexOf("- **Script**: `" + id + "`"));
                told = told.substring(0, told.indexOf("\n##"));
                assertThat(told)
                        .as(id)
                        .contains(
                                "SHA-256 `"
                                        + org.quorate.base.Digest.of(Files.readAllBytes(file))
                                                .hex() + "`",
                                "- **Purpose**: ",
                                "- **Implements**: ",
                                "- **Owner**: ",
                                "- **Preconditions**: ",
                                "- **Roles**: ",
                                "- **Quorum**: ",
                                "- **Planned**: ",
                                "- **Evidence**: ",
                                "- **Records retained**: ");
                assertThat(told.lines().filter(line -> line.matches("\\| \\d+\\.\\d+ \\| .*")))
                        .as(id)
                        .hasSizeGreaterThan(5);
            }
        }
        assertThat(document)
                .contains("due every quarter and whenever a holder changes", "Primary HSM in service (serial A\\|100)");
        assertThat(section("Site")).contains("| primary | A\\|100 | Model 7 | hsm | 4153 |");
    }

    @Test
    void sameInput_givesTheSameBytes() {
        assertThat(write("--home", shared.resolve("site"))).isEqualTo(document.replace("vault-a.", "p."));
    }

    @Test
    void withoutAProfile_itSaysWhoHasToGiveOne() {
        String written = write("--scripts", SCRIPTS, "--home", shared.resolve("site"), "--author", "Ann, engineer");
        assertThat(written).contains("primaryAuthor: \"Ann, engineer\"");

        Path out = folder.resolve("none.hsm-procedures.md");
        Ended ended = Program.run("procedures", "-o", out, "--home", folder);

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.problem().getFirst()).startsWith("There is no site in ");
        assertThat(out).doesNotExist();
    }

    /// A changed script is another patch, a new one another minor, a withdrawn one another major version.
    @Test
    void scriptsThatChange_changeTheDocument_andItsVersion() throws IOException {
        Path own = copyOf("pin-rotation", "quorum-file");
        Path first = file("first", own);
        String before = Files.readString(own.resolve("quorum-file.yaml"));

        Files.writeString(
                own.resolve("quorum-file.yaml"),
                before.replace("title: Sign the challenge", "title: Sign what the HSM asks"));
        Path second = file("second", own, "--previous", first, "--why", "clearer words");
        assertThat(Files.readString(second))
                .contains("version: \"1.0.1\"", "| 1.0.0 | 2026-11-22 | ", "Changed: `quorum-file`. clearer words |")
                .contains("| 2.2 | Sign what the HSM asks |")
                .doesNotContain("Sign the challenge");
        assertThat(Files.readString(first)).contains("Sign the challenge");

        Files.copy(SCRIPTS.resolve("decommissioning.yaml"), own.resolve("decommissioning.yaml"));
        Path third = file("third", own, "--previous", second);
        assertThat(Files.readString(third))
                .contains(
                        "version: \"1.1.0\"",
                        "Added: `decommissioning`.",
                        "- Zeroize HSMs before decommissioning: by ");
        assertThat(Files.readString(second)).contains("- Zeroize HSMs before decommissioning: **Gap**");

        Files.delete(own.resolve("pin-rotation.yaml"));
        Path fourth = file("fourth", own, "--previous", third, "--approved", "2026-12-01", "--author", "Ann, engineer");
        assertThat(Files.readString(fourth))
                .contains("version: \"2.0.0\"", "Withdrawn: `pin-rotation`.", "- rotate quarterly: **Gap**")
                .contains("reviewStatus: \"Approved\"", "approvalDate: \"2026-12-01\"", "- [x] ✓ **Metadata**")
                .containsPattern("createdDate: \"2026-11-22T");
        assertThat(Files.readString(fourth).lines().filter(line -> line.matches("\\| \\d\\.\\d\\.\\d \\| .*")))
                .hasSize(4);
    }

    // ---- what is refused ----

    @Test
    void scriptThatDoesNotLint_isNamed_andNothingIsWritten() throws IOException {
        Path own = copyOf("pin-rotation", "quorum-file");
        Path broken = own.resolve("quorum-file.yaml");
        Files.writeString(broken, Files.readString(broken).replace("kind: sign_quorum_file", "kind: sign_quorum_pile"));
        Path out = folder.resolve("p.hsm-procedures.md");

        Ended ended = Program.run("procedures", "-o", out, "--scripts", own);

        assertThat(ended.code()).isOne();
        assertThat(ended.out()).contains(broken + ":", "[unknown-kind]", "Nothing was written.");
        assertThat(out).doesNotExist();
        Json.Obj json =
                Program.run("procedures", "-o", out, "--scripts", own, "--json").json();
        assertThat(json.bool("written")).isFalse();
        assertThat(json.objects("findings")).isNotEmpty();
    }

    @Test
    void badInput_isRefusedInWords() throws IOException {
        Path there = Files.writeString(folder.resolve("there.hsm-procedures.md"), "mine");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path twice = copyOf("quorum-file");
        Files.copy(twice.resolve("quorum-file.yaml"), twice.resolve("quorum-file-old.yaml"));
        Path out = folder.resolve("p.hsm-procedures.md");

        refused(3, "exists already", "-o", there);
        refused(3, "There are no scripts in", "-o", out, "--scripts", empty);
        refused(3, "There are no scripts in", "-o", out, "--scripts", folder.resolve("nowhere"));
        refused(3, "have the same id, quorum-file", "-o", out, "--scripts", twice);
        refused(3, "is no earlier version", "-o", out, "--previous", there);
        refused(3, "cannot be written", "-o", folder.resolve("no/p.hsm-procedures.md"));
        refused(2, "NAME.hsm-procedures.md", "-o", folder.resolve("procedures.md"));
        refused(2, "NAME.hsm-procedures.md", "-o", folder.resolve(".hsm-procedures.md"));
        refused(2, "is not a time", "-o", out, "--date", "yesterday");
        refused(2, "is not a time", "-o", out, "--approved", "soon");
        assertThat(there).hasContent("mine");
        assertThat(out).doesNotExist();
    }

    private static void refused(int code, String words, Object... arguments) {
        Ended ended = Program.run(
                Stream.concat(Stream.of("procedures"), Stream.of(arguments)).toArray());
        assertThat(ended.code()).as(words).isEqualTo(code);
        assertThat(ended.err()).contains(words);
    }

    /// Whoever writes a script writes no heading, link or column of the document.
    @Test
    void markupInAScript_isTextInTheDocument() throws IOException {
        Path own = copyOf("quorum-file");
        Path script = own.resolve("quorum-file.yaml");
        Files.writeString(
                script,
                Files.readString(script)
                        .replace("title: Sign the challenge", "title: \"a | b [c](http://d) <e> `f`\""));

        assertThat(Files.readString(file("p", own))).contains("| a \\| b \\[c\\](http://d) \\<e\\> \\`f\\` |");
    }

    // ---- help ----

    private Path copyOf(String... names) throws IOException {
        Path own = Files.createDirectory(folder.resolve("scripts"));
        for (String name : names) {
            Files.copy(SCRIPTS.resolve(name + ".yaml"), own.resolve(name + ".yaml"));
        }
        return own;
    }

    private Path file(String name, Path scripts, Object... more) {
        Path out = folder.resolve(name + ".hsm-procedures.md");
        Ended ended = Program.run(Stream.concat(
                        Stream.of(
                                "procedures",
                                "-o",
                                out,
                                "--scripts",
                                scripts,
                                "--date",
                                DAY,
                                "--home",
                                shared.resolve("site")),
                        Stream.of(more))
                .toArray());
        assertThat(ended.code()).as(ended.err() + ended.out()).isZero();
        return out;
    }

    private String write(Object... more) {
        Path out = folder.resolve("p.hsm-procedures.md");
        Ended ended = Program.run(Stream.concat(Stream.of("procedures", "-o", out, "--date", DAY), Stream.of(more))
                .toArray());
        assertThat(ended.code()).as(ended.err() + ended.out()).isZero();
        try {
            return Files.readString(out, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isAnswered(String line) {
        return line.contains(": by `") || line.contains(": By the console") || line.contains(": **Gap**: ");
    }

    private static boolean isParent(String heading) {
        return heading.matches("#{2,4} (Purpose & Scope|Related Standards & Frameworks|Integration Points|"
                + "Review & Approval Process|Maintenance & Lifecycle|Templates & Examples|Governance & Compliance|"
                + "Metrics & Success Criteria)");
    }

    private static String front(String name) {
        Matcher line = Pattern.compile("(?m)^" + name + ": (.*)$").matcher(document);
        assertThat(line.find()).as(name).isTrue();
        return line.group(1);
    }

    private static List<String> headings(String text, String mark) {
        return text.lines()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .toList();
    }

    /// From its heading to the next one of the same rank or a higher one.
    private static String section(String heading) {
        Matcher start =
                Pattern.compile("(?m)^(#+) " + Pattern.quote(heading) + "$").matcher(document);
        assertThat(start.find()).as(heading).isTrue();
        String rest = document.substring(start.end());
        Matcher end =
                Pattern.compile("(?m)^#{1," + start.group(1).length() + "} ").matcher(rest);
        return end.find() ? rest.substring(0, end.start()) : rest;
    }

    private static List<String> between(String text, String from, String to) {
        String rest = text.substring(text.indexOf(from));
        int end = rest.indexOf(to);
        return (end < 0 ? rest : rest.substring(0, end))
                .lines()
                .filter(line -> line.startsWith("- "))
                .toList();
    }

    private static void linksLead(String text) {
        List<String> anchors = text.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .replace("\\", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
        assertThat(Pattern.compile("]\\(#([^)]+)\\)").matcher(text).results().map(link -> link.group(1)))
                .isNotEmpty()
                .isSubsetOf(anchors);
    }
}
