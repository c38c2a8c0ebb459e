package org.quorate.ui.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quorate.app.site.ScriptFiles;
import org.quorate.hsm.KeyPurpose;
import org.quorate.quorum.Roster;
import org.quorate.record.pdf.PaperScript;
import org.quorate.script.Linter;
import org.quorate.script.Script;
import org.quorate.script.Step;
import org.quorate.script.approval.OnPaper;
import org.quorate.script.yaml.ScriptReader;

/// What the window says of a step before anybody acts is what stands on the paper, word for word.
class PaperAndScreenTest {
    static Stream<Script> scripts() {
        return new ScriptFiles(new Linter(new ScriptReader()), Path.of("ceremony-scripts")).shipped().stream();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyStep_hasTheSameWordsOnScreenAndPaper(Script script) throws Exception {
        String paper = words(PaperScript.pdf(script, OnPaper.NONE, Instant.parse("2026-11-01T00:00:00Z")));
        var picture = new Picture(script, Optional.empty(), People.of(new Roster(List.of()), Optional.empty()));
        List<Step> steps = script.steps().toList();
        assertThat(steps).isNotEmpty();
        for (Step step : steps) {
            StepPage page = picture.page(step.id()).orElseThrow();
            assertThat(paper)
                    .as("step %s of %s", script.number(step), script.id())
                    .contains(
                            folded(page.title()),
                            folded(page.say()),
                            folded(page.does()),
                            folded(script.cast().role(step.head().by()).title() + ", witnessed by "
                                    + script.cast()
                                            .role(step.head().witnessedBy())
                                            .title()));
            if (step instanceof Step.Confirm confirm) {
                assertThat(paper).contains(folded(confirm.statement()));
            }
        }
        assertThat(paper.contains("HeldagainEvery"))
                .as("held again")
                .isEqualTo(script.document().repeatMonths().isPresent());
        assertThat(paper)
                .contains("StepActivityInitialTime", "Rollofparticipants", "Exceptionsheet1", "Valuesreadaloud")
                .contains("Wordsusedhere", "Notapproved,asfarasthispaperknows");
    }

    /// The only key of these scripts with CKA_EXTRACTABLE on its copy is the one that says why.
    @ParameterizedTest
    @MethodSource("scripts")
    void attributesOfACopy_areThoseThatItWillGet(Script script) throws Exception {
        String paper = words(PaperScript.pdf(script, OnPaper.NONE, Instant.parse("2026-11-01T00:00:00Z")));
        boolean copyable = script.cast().keys().values().stream()
                .filter(key -> key.purpose() == KeyPurpose.KEY_ENCRYPTION)
                .anyMatch(key -> key.copyable().isPresent());

        assertThat(paper.contains("CKA_EXTRACTABLEtruetrue")).as(script.id()).isEqualTo(copyable);
    }

    private static String words(byte[] pdf) throws Exception {
        try (var document = Loader.loadPDF(pdf)) {
            var stripper = new PDFTextStripper();
            // The painter draws a cell from its first word to its last.
            stripper.setSortByPosition(false);
            return folded(stripper.getText(document));
        }
    }

    /// Where lines end is a matter of the page.
    private static String folded(String text) {
        return text.replaceAll("\\s+", "");
    }
}
