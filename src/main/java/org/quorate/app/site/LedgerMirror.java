package org.quorate.app.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Texts;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.Growth;
import org.quorate.ledger.Head;
import org.quorate.ledger.Proofs;
import org.quorate.ledger.Tree;
import org.quorate.ledger.sqlite.LedgerCopy;

/// The same ledger on a second disk. Nothing is written over but an older mirror of the same ledger, and that only
/// where the ledger goes on from it: a mirror is what shows that a ledger was cut back or grown differently.
public final class LedgerMirror {
    private final LedgerCopy from;
    private final Growth sound;
    private final Path source;

    /// @param source where the ledger itself lies
    public LedgerMirror(LedgerCopy from, Growth sound, Path source) {
        this.from = from;
        this.sound = sound;
        this.source = source;
    }

    /// How it went.
    public sealed interface Result {
        /// @param replaced how many entries the mirror had before
        record Written(Path file, Head head, Optional<Long> replaced) implements Result {}

        record Same(Path file, Head head) implements Result {}

        /// The mirror that is there and this ledger do not go together; nothing was written.
        record Refused(Path file, String why) implements Result {}
    }

    public Result in(Path folder) {
        Path target = folder.resolve(String.valueOf(source.getFileName()));
        try {
            Files.createDirectories(folder);
            requirePlace(target);
            if (!Files.exists(target)) {
                return written(target, Optional.empty());
            }
            return over(target);
        } catch (IOException e) {
            throw Problem.of("app.ledger.not_written", target).causedBy(e);
        }
    }

    private void requirePlace(Path target) throws IOException {
        if (Files.exists(target) && Files.isSameFile(target, source)) {
            throw noPlace(target, Texts.get("app.ledger.mirror_place.itself"));
        }
        // SQLite would take it for one of the new file and roll that back.
        Path journal = target.resolveSibling(target.getFileName() + "-journal");
        if (Files.exists(journal) && Files.size(journal) > 0) {
            throw noPlace(target, Texts.get("app.ledger.mirror_place.journal"));
        }
    }

    private static ProblemException noPlace(Path target, String why) {
        return Problem.of("app.ledger.mirror_place", target, why).asException();
    }

    private Result over(Path target) {
        try (LedgerCopy there = LedgerPlace.read(target, new Expectations(List.of(), Optional.empty()))) {
            Optional<Growth> old = there.sound();
            if (old.isEmpty()) {
                String error =
                        LedgerReader.words(there.verification().firstError().orElseThrow());
                return new Result.Refused(target, Texts.get("app.ledger.mirror.not_sound", error));
            }
            Optional<String> doubt = doubt(target, old.get());
            if (doubt.isPresent()) {
                return new Result.Refused(target, doubt.get());
            }
            long size = old.get().head().size();
            return size == sound.head().size()
                    ? new Result.Same(target, sound.head())
                    : written(target, Optional.of(size));
        } catch (ProblemException e) {
            if (e.problem().id().equals("ledger.not_a_ledger")) {
                throw noPlace(
                        target,
                        Texts.get(
                                "app.ledger.mirror_place.unreadable",
                                e.problem().cause()));
            }
            throw e;
        }
    }

    /// Why the ledger does not go on from what is there.
    private Optional<String> doubt(Path target, Growth old) {
        Head end = old.head();
        long size = sound.head().size();
        if (!old.id().equals(sound.id())) {
            return Optional.of(Texts.get("app.ledger.mirror.stranger", target, old.id()));
        }
        if (end.size() > size) {
            return Optional.of(Texts.get("app.ledger.mirror.longer", target, end.size(), size));
        }
        Tree tree = sound.tree(size);
        boolean consistent = Proofs.consistent(end.size(), end.root(), size, tree.root(), tree.consistency(end.size()));
        return consistent ? Optional.empty() : Optional.of(Texts.get("app.ledger.mirror.other", target, end.size()));
    }

    private Result written(Path target, Optional<Long> replaced) {
        Head head = from.copyTo(target).head().orElseThrow();
        return new Result.Written(target, head, replaced);
    }
}
