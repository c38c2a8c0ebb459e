package org.quorate.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.quorate.app.site.ScriptFiles;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.script.Finding;
import org.quorate.script.LintReport;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/// `quorate lint`: says whether ceremonies could be held by these scripts, and if not, where and why;
/// of a part of scripts it says the digest by which they use it.
@CommandLine.Command(name = "lint")
public final class LintCommand extends Command {
    private final ScriptFiles scripts;

    @Parameters(paramLabel = "SCRIPT", arity = "1..*", descriptionKey = "script")
    private List<Path> files = new ArrayList<>();

    public LintCommand(ScriptFiles scripts) {
        this.scripts = scripts;
    }

    @Override
    protected Exit run(Output output) {
        var findings = new ArrayList<Finding>();
        var parts = new LinkedHashMap<Path, Digest>();
        boolean usable = true;
        for (Path file : files) {
            LintReport report = scripts.check(file);
            findings.addAll(report.findings());
            report.part().ifPresent(digest -> parts.put(file, digest));
            usable &= report.sound();
        }
        var lines = new ArrayList<String>();
        findings.forEach(finding -> lines.add(finding.text()));
        // What a script writes to use the part: the digest is there to be pasted.
        parts.forEach((file, digest) -> lines.add(Texts.get("app.lint.part", file, file.getFileName(), digest.hex())));
        if (findings.isEmpty()) {
            lines.add(Texts.get("app.lint.clean", files.size()));
        }
        output.answer(
                Json.obj()
                        .put("usable", usable)
                        .put(
                                "findings",
                                Json.array(
                                        findings.stream().map(Finding::toJson).toList()))
                        .put(
                                "parts",
                                Json.array(parts.entrySet().stream()
                                        .map(part -> Json.obj()
                                                .put("file", part.getKey().toString())
                                                .put("sha256", part.getValue().hex())
                                                .build())
                                        .toList()))
                        .build(),
                List.copyOf(lines));
        return usable ? Exit.DONE : Exit.NO;
    }
}
