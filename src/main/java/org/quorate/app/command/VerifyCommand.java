package org.quorate.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.quorate.app.site.EvidenceCheck;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ledger.AnchorLine;
import org.quorate.ledger.TrustFile;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quorate verify`: whether a ledger, a record or a whole folder is what it claims to be.
@CommandLine.Command(name = "verify")
public final class VerifyCommand extends Command {
    private final BiFunction<List<AnchorLine>, Optional<TrustFile>, EvidenceCheck> checks;

    @Parameters(paramLabel = "PATH", arity = "1..*", descriptionKey = "path")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--anchor", paramLabel = "SIZE:ROOT")
    private List<String> anchors = new ArrayList<>();

    @Option(names = "--trust", paramLabel = "FILE")
    private Optional<Path> trust = Optional.empty();

    public VerifyCommand(BiFunction<List<AnchorLine>, Optional<TrustFile>, EvidenceCheck> checks) {
        this.checks = checks;
    }

    @Override
    protected Exit run(Output output) {
        List<AnchorLine> kept = anchors.stream()
                .map(text ->
                        AnchorLine.parse(text).orElseThrow(() -> misuse(Texts.get("app.verify.anchor_form", text))))
                .toList();
        EvidenceCheck check = checks.apply(kept, trust.map(VerifyCommand::read));
        var reports = new ArrayList<EvidenceCheck.Report>();
        paths.forEach(path -> reports.add(check.check(path)));
        boolean valid = reports.stream().allMatch(report -> report.wrong().isEmpty());
        var lines = new ArrayList<String>();
        reports.forEach(report -> lines.addAll(lines(report)));
        output.answer(
                Json.obj()
                        .put("valid", valid)
                        .put(
                                "reports",
                                Json.array(reports.stream()
                                        .map(EvidenceCheck.Report::toJson)
                                        .toList()))
                        .build(),
                lines);
        return valid ? Exit.DONE : Exit.NO;
    }

    private static List<String> lines(EvidenceCheck.Report report) {
        var lines = new ArrayList<String>();
        lines.add(Texts.get(report.wrong().isEmpty() ? "app.verify.valid" : "app.verify.not_valid", report.path()));
        report.held().forEach(text -> lines.add("  " + text));
        report.wrong().ifPresent(text -> lines.add("  " + Texts.get("app.verify.wrong", text)));
        report.notes().forEach(text -> lines.add("  " + Texts.get("app.verify.note", text)));
        return lines;
    }

    private static TrustFile read(Path file) {
        try {
            return TrustFile.parse(Files.readAllBytes(file));
        } catch (IOException | JsonException e) {
            throw Problem.of("app.verify.trust_unreadable", file).causedBy(e);
        }
    }
}
