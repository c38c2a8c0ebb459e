package org.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program.Ended;
import org.quorate.app.practice.PracticeSite;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Json;

/// A script on its way through approval, change and withdrawal, from the command line.
class ApproveCommandsTest {
    @TempDir
    private Path folder;

    @Test
    void aScript_isApproved_printed_changed_andWithdrawn() throws Exception {
        var site = new SiteFolder(folder.resolve("site"));
        PracticeSite.ensure(site, new SystemClock());
        Path script = Files.copy(Path.of("ceremony-scripts/pin-rotation.yaml"), folder.resolve("pins.yaml"));

        Ended approved = Program.run("approve", script, "--home", site.home(), "--headless", "--json");
        assertThat(approved.code()).as(approved.out() + approved.err()).isZero();
        Path signatures = folder.resolve("pins.approval.json");
        assertThat(Json.parseObject(approved.out().getBytes(StandardCharsets.UTF_8))
                        .string("file"))
                .isEqualTo(signatures.toString());
        assertThat(Program.run("verify", signatures).out()).contains("Signed by ");

        assertThat(paper(script, "by-file.pdf")).contains("These people signed this very file");
        assertThat(paper(script, "by-ledger.pdf", "--home", site.home()))
                .contains("These people approved this very file")
                .containsPattern("officer.* \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ");

        Path next = Files.writeString(
                folder.resolve("next.yaml"), Files.readString(script).replaceFirst("minutes: 3", "minutes: 4"));
        Ended same = Program.run("diff", script, script);
        assertThat(same.code()).isZero();
        Ended differs = Program.run("diff", script, next);
        assertThat(differs.code()).isEqualTo(1);
        assertThat(differs.out())
                .contains("Differences: 1, of them sensitive: 0")
                .contains("minutes was \"3\", is \"4\"");
        assertThat(paper(next, "changed.pdf", "--home", site.home()))
                .contains("Not approved. This is not the file that was approved as version");

        Ended withdrawn = Program.run("approve", script, "--home", site.home(), "--headless", "--withdraw");
        assertThat(withdrawn.out()).contains("is withdrawn");
        assertThat(paper(script, "withdrawn.pdf", "--home", site.home())).contains("Its approval was withdrawn on");

        Ended python = Program.python(Path.of("docs/verify/quorate_verify.py"), site.ledger(), "--trust", site.trust());
        assertThat(python.code()).as(python.out()).isZero();
        Files.writeString(script, Files.readString(script) + "# later\n");
        assertThat(Program.run("verify", signatures).code()).isEqualTo(1);
    }

    /// The title page in words.
    private String paper(Path script, String name, Object... options) throws Exception {
        Path pdf = folder.resolve(name);
        var words = new java.util.ArrayList<Object>(java.util.List.of("print", script, "-o", pdf));
        words.addAll(java.util.List.of(options));
        Ended printed = Program.run(words.toArray());
        assertThat(printed.code()).as(printed.out() + printed.err()).isZero();
        try (var document = Loader.loadPDF(pdf.toFile())) {
            var stripper = new PDFTextStripper();
            stripper.setEndPage(2);
            return stripper.getText(document).replaceAll("\\s+", " ");
        }
    }
}
