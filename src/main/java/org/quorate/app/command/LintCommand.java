package org.quorate.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.quorate.app.site.ScriptFiles;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.script.Finding;
import org.quorate.script.LintReport;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/// `quorate lint`: says whether ceremonies could be held by these scripts, and if not, where and why.
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
        boolean usable = true;
        for (Path file : files) {
            LintReport report = scripts.check(file);
            findings.addAll(report.findings());
            usable &= report.usable();
        }
        List<String> lines = findings.isEmpty()
                ? List.of(Texts.get("app.lint.clean", files.size()))
                : findings.stream().map(Finding::text).toList();
        output.answer(
                Json.obj()
                        .put("usable", usable)
                        .put(
                                "findings",
                                Json.array(
                                        findings.stream().map(Finding::toJson).toList()))
                        .build(),
                lines);
        return usable ? Exit.DONE : Exit.NO;
    }
}
