package org.quorate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.quorate.ledger.Rule;

/// Holds over every page that people read: what it points at exists, and what it names is so.
class DocsTest {
    private static final Path DOCS = Sources.ROOT.resolve("docs");

    /// The place of a link or a picture.
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    private static final Pattern TEST = Pattern.compile("\\b([A-Z][A-Za-z0-9]*Test)\\b");
    private static final Pattern VERSION = Pattern.compile("<artifactId>quorate</artifactId>\\s*<version>([^<]+)<");

    @Test
    void links_ofEveryPage_leadSomewhere() {
        var lost = new ArrayList<String>();
        for (Path page : pages()) {
            for (String link : found(LINK, Sources.read(page))) {
                if (!link.contains("://") && !leadsSomewhere(page, link)) {
                    lost.add(Sources.ROOT.relativize(page) + " -> " + link);
                }
            }
        }

        assertThat(lost).isEmpty();
    }

    @Test
    void tests_thatPagesName_exist() {
        List<String> tests = files(Sources.ROOT.resolve("src/test"), ".java").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .toList();
        var missing = new ArrayList<String>();
        for (Path page : pages()) {
            found(TEST, Sources.read(page)).stream()
                    .filter(name -> !tests.contains(name))
                    .forEach(name -> missing.add(Sources.ROOT.relativize(page) + " -> " + name));
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void library_namesEveryShippedScript() {
        String library = Sources.read(Sources.ROOT.resolve("docs/library.md"));

        Path shipped = Sources.ROOT.resolve("ceremony-scripts");
        assertThat(files(shipped, ".yaml"))
                .isNotEmpty()
                .allSatisfy(
                        file -> assertThat(library).contains("(../ceremony-scripts/" + shipped.relativize(file) + ")"));
    }

    @Test
    void changelog_hasTheVersionThatIsBuilt() {
        String version =
                found(VERSION, Sources.read(Sources.ROOT.resolve("pom.xml"))).getFirst();

        assertThat(Sources.read(DOCS.resolve("changelog.md")).lines()).contains("## " + version);
    }

    @Test
    void decisions_areAllListed_andSayWhatConfirmsThem() {
        String list = Sources.read(DOCS.resolve("decisions/README.md"));

        assertThat(files(DOCS.resolve("decisions"), ".md"))
                .filteredOn(file -> !file.endsWith("README.md"))
                .isNotEmpty()
                .allSatisfy(file -> {
                    assertThat(list).contains("(" + file.getFileName() + ")");
                    assertThat(Sources.read(file)).contains("**Context.**", "**Decision.**", "**Consequences.**");
                    assertThat(Sources.read(file)).contains("**Confirmation.**");
                });
    }

    @Test
    void rulesOfTheLedger_areThoseOfTheProgram() {
        List<String> expected = Arrays.stream(Rule.values())
                .map(rule -> "| `" + rule.wire() + "` | " + rule.sentence() + " |")
                .toList();
        String page = Sources.read(DOCS.resolve("ledger-format.md"));

        assertThat(page.substring(page.indexOf("## Rules")).lines().filter(line -> line.startsWith("| `")))
                .as("paste this into ledger-format.md:%n%s%n", String.join("\n", expected))
                .containsExactlyElementsOf(expected);
    }

    private static List<Path> pages() {
        return Stream.concat(Stream.of(Sources.ROOT.resolve("README.md")), files(DOCS, ".md").stream())
                .toList();
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return target.startsWith(Sources.ROOT)
                && Files.exists(target)
                && (parts.length == 1 || headings(target).contains(parts[1]));
    }

    /// As the usual viewers name the headings of a page.
    private static List<String> headings(Path page) {
        return Sources.read(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toList());
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
