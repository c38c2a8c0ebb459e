package org.quorate.app.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;

/// Whole folders.
public final class Trees {
    private Trees() {}

    /// Deletes a folder with everything in it; nothing where there is none.
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (var walk = Files.walk(folder)) {
            deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    /// Every file below a folder, by its name in it, sorted.
    public static List<String> files(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /// Copies a folder to a place where there is nothing yet; it appears there whole or not at all.
    public static void copy(Path from, Path to) throws IOException {
        Path unfinished = to.resolveSibling(to.getFileName() + ".new");
        delete(unfinished);
        List<Path> parentsFirst;
        try (var walk = Files.walk(from)) {
            parentsFirst = walk.sorted().toList();
        }
        for (Path path : parentsFirst) {
            Files.copy(path, unfinished.resolve(from.relativize(path).toString()));
        }
        // An empty folder may stand where the copy goes; one with something in it makes this fail.
        Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
