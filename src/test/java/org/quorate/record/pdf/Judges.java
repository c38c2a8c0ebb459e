package org.quorate.record.pdf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/// Others who say whether a PDF is what it claims to be.
public final class Judges {
    private Judges() {}

    /// The failed rules of one standard, each with where it failed first.
    public static List<String> veraPdf(byte[] pdf, PDFAFlavour flavour) {
        VeraGreenfieldFoundryProvider.initialise();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            return validator.validate(parser).getTestAssertions().stream()
                    .filter(assertion -> assertion.getStatus() == TestAssertion.Status.FAILED)
                    .map(assertion -> assertion.getRuleId().getClause() + "-"
                            + assertion.getRuleId().getTestNumber() + " " + assertion.getMessage() + " "
                            + assertion.getLocation().getContext())
                    .distinct()
                    .collect(java.util.stream.Collectors.toMap(text -> text.split(" ")[0], text -> text, (a, b) -> a))
                    .values()
                    .stream()
                    .toList();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public record Answer(int exit, String text) {}

    public static Answer run(byte[] pdf, String... command) throws IOException, InterruptedException {
        Path file = Files.createTempFile("record", ".pdf");
        try {
            Files.write(file, pdf);
            var whole = new java.util.ArrayList<>(List.of(command));
            whole.add(file.toString());
            Process process =
                    new ProcessBuilder(whole).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), text);
        } finally {
            Files.delete(file);
        }
    }
}
