package org.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.quorate.base.Json;

/// The program as people start it: in this process, or in one of its own that can be killed.
public final class Program {
    private Program() {}

    /// How a run ended and what it said.
    public record Ended(int code, String out, String err) {
        public Json.Obj json() {
            return Json.parseObject(out.strip().getBytes(StandardCharsets.UTF_8));
        }

        /// The three lines of the problem it ended with.
        public List<String> problem() {
            List<String> lines = err.lines().toList();
            return lines.subList(Math.max(0, lines.size() - 3), lines.size());
        }
    }

    public static Ended run(Object... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(words(arguments));
        return new Ended(code, out.toString(), err.toString());
    }

    private static String[] words(Object... arguments) {
        return List.of(arguments).stream().map(String::valueOf).toArray(String[]::new);
    }

    /// A process of its own, whose answers go to files in `folder`.
    static Process start(Path folder, Object... arguments) throws IOException {
        return start(folder, Map.of(), arguments);
    }

    /// The same with these variables in its environment.
    static Process start(Path folder, Map<String, String> environment, Object... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(words(arguments)));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
    }

    static Ended await(Process process, Path folder) throws IOException, InterruptedException {
        assertThat(process.waitFor(5, TimeUnit.MINUTES))
                .as("the program ends by itself")
                .isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(folder.resolve("stdout")),
                Files.readString(folder.resolve("stderr")));
    }

    /// The verifier that needs nothing of this project but one file.
    public static Ended python(Path script, Object... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("python3", "-B", script.toString()));
        command.addAll(List.of(words(arguments)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, out);
    }
}
