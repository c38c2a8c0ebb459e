package org.quorate.app.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.quorate.base.Problem;
import org.quorate.ceremony.Approving;
import org.quorate.ceremony.Approving.Shown;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Site;
import org.quorate.script.Script;
import org.quorate.script.approval.ApprovalFile;
import org.quorate.script.approval.Approvals;
import org.quorate.script.approval.ScriptApproval;
import org.quorate.script.approval.ScriptApproval.Plan;
import org.quorate.script.approval.Standing;
import org.quorate.script.difference.ScriptDifference;

/// Where scripts are approved at a site: what is new since the version before is shown, the cards sign, and the
/// signatures are laid down beside the file.
public final class ApprovalDesk {
    private final Workplace workplace;
    private final ScriptFiles scripts;

    public ApprovalDesk(Workplace workplace, ScriptFiles scripts) {
        this.workplace = workplace;
        this.scripts = scripts;
    }

    /// @param file where the signatures lie; empty where people stopped before the quorum stood
    public record Result(Optional<Path> file) {}

    public Result approve(Script script, Front front) {
        Path place = place(script);
        Optional<Shown> shown = last(script)
                .flatMap(since -> difference(since, script)
                        .map(found ->
                                new Shown(since, found.lines(), found.toJson().canonical())));
        Optional<ApprovalFile> made =
                Approving.approve(script, shown, place.getFileName().toString(), workplace.approving(front));
        return new Result(made.map(file -> write(script, place, file.toBytes())));
    }

    /// @return whether it is withdrawn
    public boolean withdraw(Script script, Front front) {
        return Approving.withdraw(script, workplace.approving(front));
    }

    /// Why no ceremony begins by this script here. A rehearsal needs no approval.
    public Optional<Problem> objection(Script script) {
        if (workplace.site().mode() == Site.Mode.REHEARSAL) {
            return Optional.empty();
        }
        return switch (workplace.standing(script)) {
            case Standing.Approved approved -> Optional.empty();
            case Standing.Changed changed -> {
                String much = difference(changed.other(), script)
                        .map(ScriptDifference::summary)
                        .orElse("");
                yield Optional.of(Problem.of("approval.changed", script.title(), changed.words(), much));
            }
            case Standing other -> Optional.of(Problem.of("approval.missing", script.title(), other.words()));
        };
    }

    private Optional<ScriptApproval> last(Script script) {
        return Approvals.of(workplace.ledger()).last(Plan.of(script));
    }

    /// The version before stands in the ledger; where the lint of today refuses it, nothing can be compared.
    private Optional<ScriptDifference> difference(ScriptApproval since, Script script) {
        return workplace
                .ledger()
                .artefact(since.plan().digest())
                .flatMap(source -> scripts.parsed(source, workplace.ledger()::artefact))
                .map(before -> ScriptDifference.between(before, script));
    }

    /// Beside the script, or in the site's own folder where the script came from nowhere that is known.
    private Path place(Script script) {
        return scripts.placeOf(script)
                .map(file -> file.resolveSibling(stem(file) + ApprovalFile.SUFFIX))
                .orElseGet(() -> kept(script));
    }

    private Path kept(Script script) {
        return workplace.folder().approvals().resolve(script.id() + ApprovalFile.SUFFIX);
    }

    /// The name of a script without its ending.
    static String stem(Path script) {
        return String.valueOf(script.getFileName()).replaceFirst("\\.ya?ml$", "");
    }

    /// A folder of scripts that nobody may write into is no reason to lose the file.
    private Path write(Script script, Path place, byte[] bytes) {
        Path writable = Files.isWritable(place.toAbsolutePath().getParent()) ? place : kept(script);
        try {
            Files.createDirectories(writable.toAbsolutePath().getParent());
            EvidenceFolder.write(writable, bytes);
            return writable;
        } catch (IOException e) {
            throw Problem.of("app.approval_not_written", writable).causedBy(e);
        }
    }
}
