package org.quorate.hsm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where Debian put a module. A test that lacks one fails and says what to install.
public final class Modules {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/lib"), Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/usr/local/lib"));

    private Modules() {}

    /// The file of that name, wherever it lies.
    ///
    /// @param debianPackage what it comes with
    public static Path find(String file, String debianPackage) {
        for (Path place : PLACES) {
            try (Stream<Path> files =
                    Files.find(place, 5, (path, info) -> path.endsWith(file) && Files.isRegularFile(path))) {
                var found = files.sorted().findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new AssertionError(file + " is not installed: apt-get install " + debianPackage);
    }
}
