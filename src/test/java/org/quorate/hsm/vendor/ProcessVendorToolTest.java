package org.quorate.hsm.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Digest;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenRoom;
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
        return new String(tool.run(VendorTool.Request.of(words, 20)).printed(), UTF_8);
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

        VendorTool.Run run = tool.run(VendorTool.Request.of(List.of(file.toString()), 20));

        assertThat(new String(run.printed(), UTF_8)).contains("out", "err");
        assertThat(run.exit()).isEqualTo(7);
        assertThat(run.program()).isEqualTo(Digest.of(Files.readAllBytes(file)));
    }

    @Test
    void run_ofAToolThatWaits_endsItWithAProblem() throws Exception {
        Path file = script("sleep 600 & echo $! > " + folder.resolve("pid") + "; wait");

        assertThatThrownBy(() -> tool.run(VendorTool.Request.of(List.of(file.toString()), 1)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo("hsm.vendor.tool_slow"));

        long child = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        for (ProcessHandle left : ProcessHandle.of(child).stream().toList()) {
            assertThat(left.onExit().get(60, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void run_ofWhatIsNotThereOrNotAbsolute_isAProblem() {
        for (String program : List.of("/nowhere/tool", "tool")) {
            assertThatThrownBy(() -> tool.run(VendorTool.Request.of(List.of(program), 1)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().id()).isEqualTo("hsm.vendor.tool_missing"));
        }
    }

    private static Secret secret(String text) {
        return Secret.ofChars(text.toCharArray());
    }

    private VendorTool.Run given(Path file, String... pins) {
        List<Secret> stdin = Stream.of(pins).map(ProcessVendorToolTest::secret).toList();
        return tool.run(new VendorTool.Request(List.of(file.toString()), 20, Optional.empty(), stdin));
    }

    @Test
    void run_withPins_writesThemToItsInput_andKeepsNoneOfThem() throws Exception {
        Path seen = folder.resolve("seen");
        Path file = script("cat > " + seen + "; tr '\\0' ' ' < /proc/$$/cmdline; env; echo it is geheim-77");

        VendorTool.Run run = given(file, "geheim-77", "zweites");

        assertThat(seen).hasContent("geheim-77\nzweites\n");
        assertThat(new String(run.printed(), UTF_8))
                .contains("it is *********", file.toString())
                .doesNotContain("geheim", "zweites");
    }

    /// A shell redirects its own input for the command that it runs; the PIN must neither go there nor be lost.
    @Test
    void run_withAPin_givesItToTheToolOnly_whereItReadsFromElsewhereFirst() throws Exception {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "");

        VendorTool.Run run = given(script("sleep 0.3 < " + elsewhere + "; read line; echo ${#line}"), "geheim-77");

        assertThat(new String(run.printed(), UTF_8)).isEqualTo("9\n");
        assertThat(elsewhere).isEmptyFile();
    }

    @Test
    void run_ofAToolThatDoesNotReadItsInput_endsAsTheToolSays() throws Exception {
        assertThat(given(script("exit 4"), "geheim-77").exit()).isEqualTo(4);
        assertThat(given(script("exec 0<&-; exit 5"), "geheim-77").exit()).isEqualTo(5);
    }

    @Test
    void run_ofAnotherProgramThanTheApprovedOne_doesNotRunIt() throws Exception {
        Path ran = folder.resolve("ran");
        Path file = script("touch " + ran);
        Digest approved = tool.digest(file.toString());
        Files.writeString(file, "# one line more\n", StandardOpenOption.APPEND);
        var request = new VendorTool.Request(List.of(file.toString()), 20, Optional.of(approved), List.of());

        assertThatThrownBy(() -> tool.run(request))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo("hsm.vendor.tool_changed"));
        assertThat(ran).doesNotExist();
    }

    private static TokenInfo labelled(String label) {
        return new TokenInfo(1, label, "", "", "1", "1", "1", Set.of(), 4, 8, TokenRoom.UNKNOWN);
    }

    @Test
    void words_ofATokenThatCallsItselfAnOption_areRefused() {
        var command = new VendorProfile.Command(
                "x",
                "x",
                new VendorProfile.Call(List.of("/bin/x", "--label", "{label}"), List.of(), 1),
                new VendorProfile.Output(List.of(), List.of()),
                Optional.empty());

        assertThatThrownBy(() -> VendorTool.words(command, labelled("--force")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo("hsm.vendor.word_is_option"));
        assertThat(VendorTool.words(command, labelled("fine"))).containsExactly("/bin/x", "--label", "fine");
    }

    @Test
    void command_ofTheSoftHsmProfile_seesTheSameTokenAsPkcs11() throws Exception {
        try (SoftHsm practice = SoftHsm.with("vendor")) {
            TokenInfo token = practice.token("vendor").info();
            VendorProfile profile = VendorProfiles.of(practice.hsm().module()).orElseThrow();
            VendorProfile.Command command = profile.command("state").orElseThrow();

            var own = new ProcessVendorTool(SoftHsm.environment(practice.folder()));
            VendorTool.Run run = own.run(VendorTool.Request.of(
                    VendorTool.words(command, token), command.call().seconds()));
            String printed = new String(run.printed(), UTF_8);

            assertThat(run.exit()).isZero();
            assertThat(VendorTool.objection(command, token, printed)).isEmpty();
            assertThat(VendorTool.objection(command, token, printed.replace(token.serial(), "0000")))
                    .contains("Serial number: +{serial}");
            assertThat(VendorTool.objection(command, token, printed + "ERROR 1"))
                    .contains("ERROR");
        }
    }

    @Test
    void deletion_byTheSoftHsmProfile_isSeenOverPkcs11() throws Exception {
        try (SoftHsm practice = SoftHsm.with("vendor")) {
            TokenInfo token = practice.token("vendor").info();
            VendorProfile.Command command = VendorProfiles.of(practice.hsm().module())
                    .flatMap(profile -> profile.command("delete-token"))
                    .orElseThrow();

            var own = new ProcessVendorTool(SoftHsm.environment(practice.folder()));
            VendorTool.Run run = own.run(VendorTool.Request.of(
                    VendorTool.words(command, token), command.call().seconds()));

            assertThat(run.exit()).isZero();
            assertThat(VendorTool.objection(command, token, new String(run.printed(), UTF_8)))
                    .isEmpty();
            assertThat(practice.hsm().tokens())
                    .map(Token::info)
                    .filteredOn(TokenInfo::initialised)
                    .noneMatch(info -> info.serial().equals(token.serial()));
        }
    }
}
