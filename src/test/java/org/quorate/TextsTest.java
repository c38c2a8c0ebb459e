package org.quorate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.quorate.base.Texts;

/// Holds over every word that people are shown, and over every place in the sources that asks for one.
class TextsTest {
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern KEY = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)+");
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    /// They put a prefix before every key, and would make all keys look used.
    private static final Set<String> GENERAL = Set.of("Problem.java", "Texts.java", "CommandTexts.java");

    private static final Path LAUNCHER = Sources.ROOT.resolve("quorate");

    @Test
    void keys_areOfOneForm_andGivenOnce() {
        List<String> keys = Sources.read(Sources.TEXTS)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("=", 2)[0].strip())
                .toList();

        assertThat(keys).doesNotHaveDuplicates();
        assertThat(keys).allMatch(key -> KEY.matcher(key).matches());
        // The launcher reads the file line by line, without Java's rules for it.
        assertThat(Texts.keys()).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void texts_haveNoExclamationMarksAndNoSpaceAtTheirEnds() {
        assertThat(wrong(text -> text.contains("!"))).isEmpty();
        assertThat(wrong(text -> !text.equals(text.strip()) || text.contains("  ")))
                .isEmpty();
        assertThat(wrong(String::isEmpty)).isEmpty();
        // An apostrophe is one character here, and would be shown as two.
        assertThat(wrong(text -> text.contains("''"))).isEmpty();
        assertThat(Sources.read(Sources.TEXTS).lines().filter(line -> !line.equals(line.stripTrailing())))
                .isEmpty();
    }

    private static Set<String> wrong(Predicate<String> isWrong) {
        return Texts.keys().stream()
                .filter(key -> isWrong.test(template(key)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The text with its places left as they are.
    private static String template(String key) {
        return Texts.get(
                key, IntStream.range(0, 10).mapToObj(i -> "{" + i + "}").toArray());
    }

    @Test
    void problems_haveAllThreeLines() {
        Set<String> incomplete = Texts.keys().stream()
                .filter(key -> key.startsWith("problem."))
                .map(key -> key.substring(0, key.lastIndexOf('.')))
                .filter(problem -> !Stream.of(".what", ".cause", ".next").allMatch(line -> Texts.has(problem + line)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(incomplete).isEmpty();
        assertThat(Texts.keys())
                .filteredOn(key -> key.startsWith("problem."))
                .allMatch(key -> key.matches("problem\\..+\\.(what|cause|next)"));
    }

    /// A text with a place for which no value is given would fail when it is shown for the first time, which for a
    /// problem may be in a ceremony.
    @Test
    void everyPlace_isGivenAValue() {
        var unfilled = new ArrayList<String>();
        for (Path file : Sources.java()) {
            String source = Sources.read(file);
            Pattern.compile("(Texts\\s*\\.get|Problem\\s*\\.of)\\(\\s*\"([^\"]+)\"\\s*(?=[,)])")
                    .matcher(source)
                    .results()
                    .filter(call -> values(source, call.end()) < places(call.group(1), call.group(2)))
                    .forEach(call -> unfilled.add(file.getFileName() + ": " + call.group(2)));
        }

        assertThat(unfilled).isEmpty();
    }

    /// How many values a text needs; 0 where it does not exist, which is another test's matter.
    private static int places(String call, String name) {
        Stream<String> keys = call.startsWith("Texts")
                ? Stream.of(name)
                : Stream.of(".what", ".cause", ".next").map(line -> "problem." + name + line);
        return keys.filter(Texts::has)
                .flatMap(key -> PLACE.matcher(template(key)).results())
                .mapToInt(place -> Integer.parseInt(place.group(1)) + 1)
                .max()
                .orElse(0);
    }

    /// How many arguments follow from `at` to the end of the call; many where an array is handed on as it is.
    private static int values(String source, int at) {
        int depth = 0;
        int commas = 0;
        int i = at;
        for (; depth > 0 || source.charAt(i) != ')'; i++) {
            char c = source.charAt(i);
            if (c == '"') {
                i = endOfLiteral(source, i);
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            } else if (c == ',' && depth == 0) {
                commas++;
            }
        }
        return commas == 1 && source.substring(at, i).matches("\\W*values\\W*") ? Integer.MAX_VALUE : commas;
    }

    private static int endOfLiteral(String source, int start) {
        int i = start + 1;
        while (source.charAt(i) != '"') {
            i += source.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    @Test
    void everyKeyThatTheSourcesName_exists() {
        Pattern texts = Pattern.compile("Texts\\s*\\.(?:get|has)\\(\\s*\"([^\"]+)\"\\s*(\\+?)");
        Pattern problems = Pattern.compile("Problem\\s*\\.of\\(\\s*\"([^\"]+)\"\\s*(\\+?)");
        Pattern launcher = Pattern.compile("\\bfail ([a-z_]+\\.[a-z_.]+)()");
        Pattern sayings = Pattern.compile("\\bsay ([a-z_]+\\.[a-z_.]+)()");
        var missing = new ArrayList<String>();

        for (Path file : Sources.java()) {
            String source = Sources.read(file);
            missing(source, texts, Texts.keys()).forEach(key -> missing.add(file.getFileName() + ": " + key));
            missing(source, problems, problems()).forEach(id -> missing.add(file.getFileName() + ": problem " + id));
        }
        missing(Sources.read(LAUNCHER), launcher, problems()).forEach(id -> missing.add("quorate: problem " + id));
        missing(Sources.read(LAUNCHER), sayings, Texts.keys()).forEach(key -> missing.add("quorate: " + key));

        assertThat(missing).isEmpty();
    }

    private static List<String> missing(String source, Pattern pattern, Set<String> known) {
        return pattern.matcher(source)
                .results()
                .filter(named -> !isKnown(named, known))
                .map(named -> named.group(1))
                .toList();
    }

    /// A key that is put together, as in `"ui.mode." + mode`, must at least begin as some key does.
    private static boolean isKnown(MatchResult named, Set<String> known) {
        String name = named.group(1);
        return named.group(2).isEmpty() ? known.contains(name) : known.stream().anyMatch(key -> key.startsWith(name));
    }

    /// Every key stands in the sources, whole or up to a dot where it is put together. Those of commands are asked for
    /// by picocli; `HelpTest` sees to them.
    @Test
    void everyKey_isUsed() {
        Set<String> literals = literals();
        Set<String> prefixes = literals.stream()
                .filter(literal -> literal.endsWith(".") && literal.length() > 3)
                .collect(Collectors.toSet());
        Predicate<String> isNamed =
                name -> literals.contains(name) || prefixes.stream().anyMatch(name::startsWith);

        Set<String> unused = new TreeSet<>();
        problems().stream().filter(isNamed.negate()).forEach(problem -> unused.add("problem." + problem));
        Texts.keys().stream()
                .filter(key -> !key.startsWith("problem.") && !key.startsWith("command."))
                .filter(isNamed.negate())
                .forEach(unused::add);

        assertThat(unused).isEmpty();
    }

    private static Set<String> literals() {
        var literals = new HashSet<String>();
        for (Path file : Sources.java()) {
            if (!GENERAL.contains(file.getFileName().toString())) {
                LITERAL.matcher(Sources.read(file)).results().forEach(literal -> literals.add(literal.group(1)));
            }
        }
        KEY.matcher(Sources.read(LAUNCHER)).results().forEach(word -> literals.add(word.group()));
        return literals;
    }

    private static Set<String> problems() {
        return Texts.keys().stream()
                .filter(key -> key.startsWith("problem."))
                .map(key -> key.substring("problem.".length(), key.lastIndexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
