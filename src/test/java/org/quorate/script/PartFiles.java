package org.quorate.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.Digest;

/// Parts for tests: those that are shipped, or texts under edit.
public final class PartFiles {
    public static final Parts SHIPPED = (file, digest) -> bytes(Path.of("ceremony-scripts/parts", file));

    private PartFiles() {}

    public static Parts of(Map<String, String> texts) {
        return (file, digest) ->
                Optional.ofNullable(texts.get(file)).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    public static String digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static Optional<byte[]> bytes(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("tests run in the root of the project", e);
        }
    }
}
