package org.quorate.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.site.ScriptFiles;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Digest;
import org.quorate.base.ProblemException;
import org.quorate.script.Heading;
import org.quorate.script.LintReport;
import org.quorate.script.Linter;
import org.quorate.script.Script;
import org.quorate.script.ScriptFormat;
import org.quorate.script.yaml.ScriptReader;
import org.quorate.ui.backstage.ScriptLibrary.Draft;
import org.quorate.ui.backstage.ScriptLibrary.Item;
import org.quorate.ui.backstage.ScriptLibrary.Opened;
import org.quorate.ui.backstage.ScriptName;
import org.quorate.ui.backstage.ScriptName.Shelf;

/// The library on real folders.
class SiteLibraryTest {
    private static final ScriptName OURS = new ScriptName(Shelf.OWN, false, "ours.yaml");
    private static final ScriptName HEALTH = new ScriptName(Shelf.SHIPPED, false, "hsm-health.yaml");

    private final ScriptFiles files = new ScriptFiles(
            new Linter(new ScriptReader()), Path.of("ceremony-scripts").toAbsolutePath());

    @TempDir
    private Path home;

    private SiteLibrary library;
    private Path scripts;

    @BeforeEach
    void site() {
        var folder = new SiteFolder(home);
        scripts = folder.scripts();
        library = new SiteLibrary(folder, files, () -> Instant.parse("2026-11-22T12:00:00Z"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Opened made(String text) {
        library.create(OURS, bytes(text), Optional.empty());
        return library.read(OURS);
    }

    private static void refused(String problem, ThrowingCallable call) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.problem().id()).isEqualTo(problem));
    }

    @Test
    void theEmptyCeremony_hasNothingThatLintFinds() {
        LintReport report = library.check(OURS, bytes(library.emptyCeremony()));

        assertThat(report.findings()).isEmpty();
        assertThat(report.usable()).isTrue();
    }

    @Test
    void items_areTheOwnScriptsAndTheShippedOnes_withTheirParts() throws IOException {
        made("title: 'Ours'\n");
        Files.writeString(scripts.resolve("Not A Name.yaml"), "title: x\n");

        List<Item> items = library.items();

        assertThat(items).first().isEqualTo(new Item(OURS, "Ours"));
        assertThat(items)
                .contains(
                        new Item(HEALTH, "Health and performance baseline of the HSMs"),
                        new Item(new ScriptName(Shelf.SHIPPED, true, "opening.yaml"), "Opening"));
        assertThat(items).filteredOn(item -> item.name().shelf() == Shelf.OWN).hasSize(1);
    }

    @Test
    void aScript_isSavedWhole_andNothingElseLiesThere() throws IOException {
        Opened opened = made("one");
        library.keepDraft(OURS, new Draft("two", opened.digest()));

        Digest saved = library.save(OURS, bytes("two"), opened.digest());

        assertThat(saved).isEqualTo(Digest.of(bytes("two")));
        assertThat(scripts.resolve("ours.yaml")).hasContent("two");
        assertThat(library.read(OURS).draft()).isEmpty();
        try (var there = Files.walk(scripts)) {
            assertThat(there.filter(Files::isRegularFile)).containsExactly(scripts.resolve("ours.yaml"));
        }
    }

    @Test
    void aFileThatWasChangedOrRemovedSince_isLeftAlone() throws IOException {
        Opened opened = made("one");
        Files.writeString(scripts.resolve("ours.yaml"), "theirs");

        refused("author.changed", () -> library.save(OURS, bytes("mine"), opened.digest()));
        assertThat(scripts.resolve("ours.yaml")).hasContent("theirs");

        Files.delete(scripts.resolve("ours.yaml"));
        refused("author.changed", () -> library.save(OURS, bytes("mine"), opened.digest()));
        assertThat(scripts.resolve("ours.yaml")).doesNotExist();
    }

    /// A file that no lint would read is seen in the list, and neither opened nor written.
    @Test
    void aScriptThatIsTooLong_isNamed_andTheOthersAreThere() throws IOException {
        Opened opened = made("title: Ours\n");
        Path file = scripts.resolve("long.yaml");
        Files.writeString(file, "title: Long\n" + "#".repeat(ScriptFormat.MAX_BYTES));
        var name = new ScriptName(Shelf.OWN, false, "long.yaml");
        byte[] text = Files.readAllBytes(file);
        String edited = new String(text, StandardCharsets.UTF_8);

        assertThat(library.items()).contains(new Item(name, "Long"), new Item(OURS, "Ours"));
        refused("author.too_long", () -> library.read(name));
        refused("author.too_long", () -> library.save(OURS, text, opened.digest()));
        refused("author.too_long", () -> library.keepDraft(OURS, new Draft(edited, opened.digest())));
        refused(
                "author.too_long",
                () -> library.create(new ScriptName(Shelf.OWN, false, "new.yaml"), text, Optional.empty()));
        assertThat(scripts.resolve("ours.yaml")).hasContent("title: Ours\n");
        assertThat(scripts.resolve("new.yaml")).doesNotExist();
    }

    @Test
    void aScriptOfTheGreatestLength_isKept_alsoAsADraft() {
        Opened opened = made("title: Ours\n");
        String most = "#".repeat(ScriptFormat.MAX_BYTES);

        library.keepDraft(OURS, new Draft(most, opened.digest()));
        assertThat(library.read(OURS).draft()).map(Draft::text).hasValue(most);
        Digest saved = library.save(OURS, bytes(most), opened.digest());
        assertThat(library.read(OURS).digest()).isEqualTo(saved);
    }

    /// As on a full disk: the new text cannot be written down.
    @Test
    void whereTheNewTextCannotBeWritten_theOldFileStands() throws IOException {
        Opened opened = made("one");
        Files.createDirectory(scripts.resolve("ours.yaml.new"));

        refused("author.not_saved", () -> library.save(OURS, bytes("two"), opened.digest()));

        assertThat(scripts.resolve("ours.yaml")).hasContent("one");
    }

    @Test
    void whereNothingCanBeWritten_nothingIsMade_andItIsSaid() throws IOException {
        Files.writeString(scripts, "a file where the folder should be");

        refused("author.not_saved", () -> library.create(OURS, bytes("one"), Optional.empty()));
        refused("author.draft_not_kept", () -> library.keepDraft(OURS, new Draft("one", Digest.ZERO)));
        assertThat(library.items()).noneMatch(item -> item.name().shelf() == Shelf.OWN);
    }

    @Test
    void nothingIsOverwritten_byAScriptThatIsNew() {
        made("one");

        refused("author.exists", () -> library.create(OURS, bytes("two"), Optional.empty()));

        assertThat(scripts.resolve("ours.yaml")).hasContent("one");
    }

    @Test
    void links_areNeitherListedNorReadNorWrittenThrough() throws IOException {
        Path outside = home.resolve("outside.yaml");
        Files.writeString(outside, "theirs");
        Files.createDirectories(scripts);
        Files.createSymbolicLink(scripts.resolve("ours.yaml"), outside);

        assertThat(library.items()).noneMatch(item -> item.name().equals(OURS));
        refused("author.no_file", () -> library.read(OURS));
        refused("author.changed", () -> library.save(OURS, bytes("mine"), Digest.of(bytes("theirs"))));
        refused("author.exists", () -> library.create(OURS, bytes("mine"), Optional.empty()));
        assertThat(outside).hasContent("theirs");
    }

    @Test
    void whatIsShipped_isNotWritten() {
        Opened shipped = library.read(HEALTH);

        refused("author.shipped", () -> library.save(HEALTH, bytes("mine"), shipped.digest()));
        refused("author.shipped", () -> library.create(HEALTH, bytes("mine"), Optional.empty()));
        refused("author.shipped", () -> library.keepDraft(HEALTH, new Draft("mine", shipped.digest())));
    }

    @Test
    void aTextInAnotherEncoding_isNotOpened() throws IOException {
        made("one");
        Files.write(scripts.resolve("ours.yaml"), new byte[] {'a', (byte) 0xE4, 'b'});

        refused("author.not_utf8", () -> library.read(OURS));
    }

    @Test
    void aDraft_isKeptAsItWasWritten_withWhatItBeganWith() {
        Opened opened = made("one\n");
        String text = "two\r\n# \u202e three\n\n";

        library.keepDraft(OURS, new Draft("earlier", opened.digest()));
        library.keepDraft(OURS, new Draft(text, opened.digest()));

        assertThat(library.read(OURS).draft()).contains(new Draft(text, opened.digest()));
        library.dropDraft(OURS);
        assertThat(library.read(OURS).draft()).isEmpty();
    }

    @Test
    void aDraftOfTheSameText_isNone() {
        Opened opened = made("one\n");
        library.keepDraft(OURS, new Draft("one\n", opened.digest()));

        assertThat(library.read(OURS).draft()).isEmpty();
    }

    @Test
    void aCopyOfAShippedScript_takesItsPartsAlong_andIsSound_andIsOfferedWithoutABlemish() {
        String text = Heading.put(library.read(HEALTH).text(), "ours", "Our health");

        library.create(OURS, bytes(text), Optional.of(HEALTH));

        assertThat(scripts.resolve("parts/opening.yaml"))
                .hasSameBinaryContentAs(Path.of("ceremony-scripts/parts/opening.yaml"));
        assertThat(library.check(OURS, bytes(text)).findings()).isEmpty();
        assertThat(files.usableIn(scripts)).extracting(Script::id).containsExactly("ours");
    }

    @Test
    void aPartThatIsThere_staysAsItIs_andTheCopySaysSo() throws IOException {
        Files.createDirectories(scripts.resolve("parts"));
        Files.writeString(scripts.resolve("parts/opening.yaml"), "ours");
        String text = library.read(HEALTH).text();

        library.create(OURS, bytes(text), Optional.of(HEALTH));

        assertThat(scripts.resolve("parts/opening.yaml")).hasContent("ours");
        assertThat(library.check(OURS, bytes(text)).sound()).isFalse();
    }

    @Test
    void aScriptThatIsNotSound_isNotOffered_andASiteWithoutScriptsOffersNone() {
        assertThat(files.usableIn(scripts)).isEmpty();
        made("nonsense");
        assertThat(files.usableIn(scripts)).isEmpty();
    }

    @Test
    void thePaper_hasItsPages() {
        Script script =
                library.check(OURS, bytes(library.emptyCeremony())).script().orElseThrow();

        assertThat(library.paper(script))
                .hasSizeGreaterThan(1)
                .allSatisfy(page -> assertThat(page).startsWith(0x89, 'P', 'N', 'G'));
    }
}
