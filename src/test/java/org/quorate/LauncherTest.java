package org.quorate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.base.Problem;

/// The script `quorate` in a directory where nothing has been built, as after a clone.
class LauncherTest {
    @TempDir
    Path clone;

    @BeforeEach
    void copyWhatItReads() throws IOException {
        for (Path file : List.of(
                Path.of("quorate"),
                Path.of("pom.xml"),
                Path.of("docs/help.txt"),
                Sources.ROOT.relativize(Sources.TEXTS))) {
            Path copy = clone.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createDirectories(clone.resolve(".mvn"));
    }

    private record Ended(int code, String out, String err) {}

    private Ended run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(clone.resolve("quorate").toString()));
        command.addAll(List.of(arguments));
        Path out = clone.resolve("out");
        Path err = clone.resolve("err");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("DISPLAY");
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Ended(code, Files.readString(out), Files.readString(err));
    }

    @Test
    void help_beforeTheFirstBuild_isShownWithoutOne() throws Exception {
        Ended ended = run(Map.of(), "--help");

        assertThat(ended).isEqualTo(new Ended(0, Files.readString(Path.of("docs/help.txt")), ""));
        assertThat(clone.resolve("target")).doesNotExist();
    }

    @Test
    void console_withoutADisplay_saysWhatTheProgramWouldSay_andInstallsNothing() throws Exception {
        for (String[] arguments : new String[][] {{}, {"rehearse"}, {"rehearse", "some-script.yaml"}}) {
            Ended ended = run(Map.of(), arguments);

            assertThat(ended.code()).isEqualTo(3);
            assertThat(ended.err().lines())
                    .containsExactlyElementsOf(Problem.of("app.no_display").lines());
            assertThat(ended.err()).contains("--headless");
            assertThat(ended.out()).isEmpty();
        }
        assertThat(clone.resolve("target")).doesNotExist();
    }

    @Test
    void problems_withJson_areTheObjectOfTheProgram() throws Exception {
        Ended ended = run(Map.of(), "rehearse", "--json");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(Json.parseCanonicalObject(ended.out().strip().getBytes(UTF_8)))
                .isEqualTo(Problem.of("app.no_display").toJson());
        assertThat(ended.err()).isEmpty();
    }

    /// Everything that the script calls by name while it looks around, and nothing else: no JDK to run, no apt-get.
    @Test
    void launcher_whereAptIsMissing_namesThePackages() throws Exception {
        Path tools = Files.createDirectories(clone.resolve("tools"));
        for (String tool : List.of(
                "bash", "env", "dirname", "readlink", "find", "sort", "xargs", "sha256sum", "sed", "grep", "id")) {
            Files.copy(which(tool), tools.resolve(tool), StandardCopyOption.COPY_ATTRIBUTES);
        }

        Ended ended = run(Map.of("PATH", tools.toString()), "lint", "script.yaml");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err())
                .contains("maven")
                .contains(Problem.of("launcher.no_apt", "").next());
        assertThat(ended.err()).doesNotContain("libgtk").doesNotContain("xvfb");
    }

    /// With Maven and Xvfb that only say what they are asked.
    @Test
    void test_withLong_asksForTheLongForms() throws Exception {
        Path tools = Files.createDirectories(clone.resolve("tools"));
        script(tools.resolve("mvn"), "echo \"$@\"");
        script(tools.resolve("Xvfb"), "echo 7; exec sleep 60");
        var path = Map.of("PATH", tools + ":" + System.getenv("PATH"));

        Ended ended = run(path, "test", "--long", "-Dtest=SomeTest");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .contains(" verify -Dquorate.long=true -Dtest=SomeTest")
                .doesNotContain("--long");
        assertThat(run(path, "test", "-Dtest=SomeTest").out())
                .contains(" verify -Dtest=SomeTest")
                .doesNotContain("long");
    }

    private static void script(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static Path which(String tool) {
        return List.of("/usr/bin", "/bin").stream()
                .map(directory -> Path.of(directory, tool))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }
}
