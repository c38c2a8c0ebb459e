package org.quorate.hsm.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Digest;
import org.quorate.base.ProblemException;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.VendorProfile;
import org.quorate.hsm.VendorTool;

class ProcessVendorToolTest {
    @TempDir
    private Path folder;

    private final ProcessVendorTool tool = new ProcessVendorTool(Map.of("OWN", "yes"));

    private Path script(String body) throws Exception {
        Path file = Files.writeString(folder.resolve("tool"), "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private String printed(String body, String... arguments) throws Exception {
        var words = new java.util.ArrayList<>(List.of(script(body).toString()));
        words.addAll(List.of(arguments));
        return new String(tool.run(words, 20).printed(), UTF_8);
    }

    @Test
    void run_passesWordsAsTheyAre_withoutAShell() throws Exception {
        assertThat(printed("printf '%s\\n' \"$@\"", "a b", "$(id)", "; ls", "*"))
                .isEqualTo("a b\n$(id)\n; ls\n*\n");
    }

    @Test
    void run_givesNothingOfThisEnvironment_andNothingToRead() throws Exception {
        assertThat(printed("/usr/bin/env; read line || echo nothing"))
                .contains("OWN=yes", "nothing")
                .doesNotContain("JAVA_HOME", "HOME=");
    }

    @Test
    void run_keepsErrorsAndExit_andTheDigestOfTheProgram() throws Exception {
        Path file = script("echo out; echo err >&2; exit 7");

        VendorTool.Run run = tool.run(List.of(file.toString()), 20);

        assertThat(new String(run.printed(), UTF_8)).contains("out", "err");
        assertThat(run.exit()).isEqualTo(7);
        assertThat(run.program()).isEqualTo(Digest.of(Files.readAllBytes(file)));
    }

    @Test
    void run_ofAToolThatWaits_endsItWithAProblem() throws Exception {
        Path file = script("sleep 600 & echo $! > " + folder.resolve("pid") + "; wait");

        assertThatThrownBy(() -> tool.run(List.of(file.toString()), 1))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo("hsm.vendor.tool_slow"));

        long child = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        for (ProcessHandle left : ProcessHandle.of(child).stream().toList()) {
            assertThat(left.onExit().get(10, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void run_ofWhatIsNotThereOrNotAbsolute_isAProblem() {
        for (String program : List.of("/nowhere/tool", "tool")) {
            assertThatThrownBy(() -> tool.run(List.of(program), 1))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().id()).isEqualTo("hsm.vendor.tool_missing"));
        }
    }

    @Test
    void command_ofTheSoftHsmProfile_seesTheSameTokenAsPkcs11() throws Exception {
        try (SoftHsm practice = SoftHsm.with("vendor")) {
            TokenInfo token = practice.token("vendor").info();
            VendorProfile profile = VendorProfiles.of(practice.hsm().module()).orElseThrow();
            VendorProfile.Command command = profile.command("state").orElseThrow();

            var own = new ProcessVendorTool(SoftHsm.environment(practice.folder()));
            VendorTool.Run run = own.run(VendorTool.words(command, token), command.seconds());
            String printed = new String(run.printed(), UTF_8);

            assertThat(run.exit()).isZero();
            assertThat(VendorTool.objection(command, token, printed)).isEmpty();
            assertThat(VendorTool.objection(command, token, printed.replace(token.serial(), "0000")))
                    .contains("Serial number: +{serial}");
            assertThat(VendorTool.objection(command, token, printed + "ERROR 1"))
                    .contains("ERROR");
        }
    }
}
