package org.quorate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// openssl, and other programs that stand beside the product in tests, in a folder of their own.
public record Openssl(Path folder) {

    /// @param arguments separated by blanks
    public void run(String arguments) throws IOException, InterruptedException {
        run("openssl", arguments);
    }

    public void run(String program, String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(Arrays.asList(arguments.split(" ")));
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(Files.readString(said));
        }
    }
}
