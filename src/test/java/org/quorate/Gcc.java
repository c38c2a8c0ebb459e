package org.quorate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Makes small libraries for tests.
public final class Gcc {
    private Gcc() {}

    /// The library made of the C file `name` beside the class `from`.
    public static Path library(Path folder, Class<?> from, String name) throws IOException, InterruptedException {
        try (InputStream source = from.getResourceAsStream(name + ".c")) {
            return library(folder, name, new String(source.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    public static Path library(Path folder, String name, String source) throws IOException, InterruptedException {
        Path code = Files.writeString(folder.resolve(name + ".c"), source);
        Path library = folder.resolve(name + ".so");
        List<String> command =
                List.of("gcc", "-O1", "-shared", "-fPIC", "-o", library.toString(), code.toString(), "-ldl");
        Process gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(gcc.waitFor()).as(said).isZero();
        return library;
    }
}
