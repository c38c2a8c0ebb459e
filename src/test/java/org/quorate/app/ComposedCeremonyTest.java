package org.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program.Ended;
import org.quorate.script.PartFiles;

/// The whole script of `docs/script-format.md`, with its part, from the desk of its author to that of an auditor.
class ComposedCeremonyTest {
    @TempDir
    private Path folder;

    private Path script;
    private Path part;
    private String partText = "";

    @BeforeEach
    void write() throws IOException {
        partText = example("quorate-act/1");
        script = folder.resolve("desk/inspection.yaml");
        part = folder.resolve("desk/parts/seals.yaml");
        Files.createDirectories(part.getParent());
        Files.writeString(script, example("quorate-script/1"));
        Files.writeString(part, partText);
    }

    private static String example(String format) throws IOException {
        var matcher = Pattern.compile("```yaml\n(format: " + format + "\n.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/script-format.md")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private Ended hold(Path out, String... more) {
        var words = new ArrayList<Object>(
                List.of("rehearse", script, "--headless", "--home", folder.resolve("site"), "--out", out));
        words.addAll(List.of(more));
        return Program.run(words.toArray());
    }

    @Test
    void ceremony_isHeld_andVerifiedWithoutTheFilesItWasMadeOf() throws Exception {
        Path out = folder.resolve("out");
        Ended held = hold(out, "--decide", "judge-2=renew");
        assertThat(held.code()).as(held.err()).isZero();
        Files.delete(part);
        Files.delete(script);

        Ended verified = Program.run("verify", out);

        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(Program.python(Path.of("docs/verify/quorate_verify.py"), out.resolve("ledger.db"))
                        .code())
                .isZero();
        String record = pages(out.resolve("record.pdf"));
        assertThat(record)
                .contains("Waivers")
                .contains("The clock is compared with no second source.", "keeps days and no hours")
                .contains("SHA-256 of parts/seals.yaml")
                // The last path where nothing was said, and the one that was named.
                .contains("No, the list stays. Not taken: 3.3 Write a new list for the north safe.")
                .contains("Yes, the list is renewed. Every step is taken.");
        assertThat(embedded(out.resolve("record.pdf"), "part-seals.yaml")).isEqualTo(partText);
    }

    @Test
    void decisionThatTheScriptDoesNotHave_isUsedWrongly_andNothingIsHeld() {
        Path out = folder.resolve("out");

        assertThat(hold(out, "--decide", "judge-1=burn").err())
                .contains("no path burn at the step judge-1", "renew, keep");
        assertThat(hold(out, "--decide", "clock=renew").err()).contains("at a step clock", "judge-1, judge-2");
        for (List<String> wrong : List.of(
                List.of("--decide", "judge-1=burn"),
                List.of("--decide", "judge-1"),
                List.of("--decide", "judge-1="),
                List.of("--decide", "judge-1=keep", "--decide", "judge-1=renew"))) {
            assertThat(hold(out, wrong.toArray(new String[0])).code())
                    .as("%s", wrong)
                    .isEqualTo(2);
        }
        assertThat(Program.run("rehearse", script, "--decide", "judge-1=keep").code())
                .isEqualTo(2);
        assertThat(out).doesNotExist();
    }

    @Test
    void ceremony_isNotHeld_whenAPartIsAnotherThanTheScriptNames() throws IOException {
        Files.writeString(part, partText.replace("Every seal is whole", "Some seal is whole"));

        Ended held = hold(folder.resolve("out"));

        assertThat(held.code()).isEqualTo(3);
        assertThat(held.err()).contains("part-digest-differs", PartFiles.digest(partText), "nobody approved this file");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void part_isNoLink() throws IOException {
        Path elsewhere = Files.move(part, folder.resolve("elsewhere.yaml"));
        Files.createSymbolicLink(part, elsewhere);

        assertThat(Program.run("lint", script).out()).contains("[part-missing]");
    }

    @Test
    void lint_ofAPart_saysWhatToPaste_andNobodyHoldsACeremonyByIt() {
        Ended lint = Program.run("lint", part);

        assertThat(lint.code()).isZero();
        assertThat(lint.out()).contains("- use: {file: seals.yaml, digest: \"" + PartFiles.digest(partText) + "\"}");
        assertThat(Program.run(
                                "rehearse",
                                part,
                                "--headless",
                                "--home",
                                folder.resolve("site"),
                                "--out",
                                folder.resolve("out"))
                        .err())
                .contains("is a part of scripts and no script");
    }

    @Test
    void paper_showsPathsAndWaivers_andWhereAnActComesFrom() throws Exception {
        Path paper = folder.resolve("paper.pdf");
        assertThat(Program.run("print", script, "-o", paper).code()).isZero();

        assertThat(pages(paper))
                .contains("Waivers", "The workstation is not looked at.", "Nothing is done with an HSM.")
                .contains("This act stands in the file parts/seals.yaml, SHA-256")
                .contains("Does the north safe need a new list?", "____ Yes, the list is renewed")
                .contains("Only where this is decided in step 4.2: Yes, the list is renewed")
                .contains("planned for 1 h 12 min");
        assertThat(embedded(paper, "part-seals.yaml")).isEqualTo(partText);
    }

    /// In one line, since lines break where the page ends.
    private static String pages(Path pdf) throws Exception {
        Process process = new ProcessBuilder("pdftotext", pdf.toString(), "-")
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    }

    private static String embedded(Path pdf, String name) throws IOException {
        try (var document = Loader.loadPDF(Files.readAllBytes(pdf))) {
            byte[] bytes = new PDDocumentNameDictionary(document.getDocumentCatalog())
                    .getEmbeddedFiles()
                    .getNames()
                    .get(name)
                    .getEmbeddedFile()
                    .toByteArray();
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
