package org.quorate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.Gcc;
import org.quorate.base.Digest;
import org.quorate.base.ProblemException;
import org.quorate.hsm.SoftHsm;

class ModuleProblemTest {
    @TempDir
    Path folder;

    @Test
    void module_isNamedWithItsDigest() throws Exception {
        try (SoftHsm softHsm = SoftHsm.with()) {
            assertThat(softHsm.hsm().module().digest()).isEqualTo(Digest.of(Files.readAllBytes(SoftHsm.MODULE)));
            assertThat(softHsm.hsm().module().manufacturer()).isEqualTo("SoftHSM");
            assertThat(softHsm.hsm().module().cryptoki()).isEqualTo("2.40");
        }
    }

    @Test
    void missingFile_isSaid() {
        assertProblem(folder.resolve("none.so"), "hsm.no_module");
    }

    @Test
    void folderInThePlaceOfTheFile_isSaid() {
        assertProblem(folder, "hsm.module_unreadable");
    }

    /// The loader would find the system's own library of that name, and the digest would be that of another.
    @Test
    void pathWithoutAFolder_isThatOfTheFileHere_andNotOfTheLoadersFolders() {
        assertThat(ModuleSettings.of(Path.of("libz.so.1"), Map.of()).module())
                .isEqualTo(Path.of("libz.so.1").toAbsolutePath());
        assertProblem(Path.of("libz.so.1"), "hsm.no_module");
    }

    @Test
    void libraryThatBringsItsProcessDown_isSaid() throws Exception {
        String code = "#include <stdlib.h>\n__attribute__((constructor)) static void fall(void) { abort(); }";
        assertProblem(Gcc.library(folder, "falling", code), "hsm.dies_at_start");
    }

    @Test
    void fileThatIsNoLibrary_isSaid() throws Exception {
        assertProblem(Files.writeString(folder.resolve("text.so"), "not a library, but long enough"), "hsm.not_pkcs11");
    }

    @Test
    void libraryOfAnotherMachine_isSaid() throws Exception {
        byte[] elf = Files.readAllBytes(SoftHsm.MODULE);
        elf[18] = 8; // MIPS
        assertProblem(Files.write(folder.resolve("mips.so"), elf), "hsm.wrong_architecture");
    }

    @Test
    void libraryWithoutFunctionList_isSaid() throws Exception {
        assertProblem(Gcc.library(folder, "other", "int other(void) { return 0; }"), "hsm.not_pkcs11");
    }

    @Test
    void libraryThatLacksAnother_isSaid_withTheLoadersWords() throws Exception {
        Path library = Gcc.library(folder, "lacking", "int absent(void); int other(void) { return absent(); }");
        assertThatThrownBy(() -> Pkcs11Hsm.open(ModuleSettings.of(library, Map.of())))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().id()).isEqualTo("hsm.not_loaded");
                    assertThat(e.problem().cause()).contains("undefined symbol: absent");
                });
    }

    @Test
    void libraryThatDoesNotInitialise_isSaid_withItsReturnValue() {
        Map<String, String> environment =
                Map.of("SOFTHSM2_CONF", folder.resolve("absent.conf").toString());
        assertThatThrownBy(() -> Pkcs11Hsm.open(ModuleSettings.of(SoftHsm.MODULE, environment)))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().id()).isEqualTo("hsm.not_initialised");
                    assertThat(e.problem().cause()).contains("CKR_");
                });
    }

    @Test
    void libraryThatDoesNotAnswerInTime_isSaid() {
        Duration none = Duration.ofMillis(1);
        var settings =
                ModuleSettings.of(SoftHsm.MODULE, Map.of()).withDeadlines(new Deadlines(none, none, none, none, none));
        assertThatThrownBy(() -> Pkcs11Hsm.open(settings))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo("hsm.hangs_at_start"));
    }

    @Test
    void moduleThatWasChanged_isNotStartedAgain() throws Exception {
        Path tokens = SoftHsm.emptyFolder();
        Path module = Files.copy(SoftHsm.MODULE, folder.resolve("module.so"));
        try (Pkcs11Hsm hsm = Pkcs11Hsm.open(ModuleSettings.of(module, SoftHsm.environment(tokens)))) {
            byte[] bytes = Files.readAllBytes(module);
            Files.delete(module);
            bytes[bytes.length - 1] ^= 1;
            Files.write(module, bytes);
            var host = ProcessHandle.of(hsm.hostPid()).orElseThrow();
            host.destroyForcibly();
            host.onExit().join();
            assertThatThrownBy(hsm::tokens)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().id()).isEqualTo("hsm.module_changed"));
        }
    }

    private static void assertProblem(Path module, String id) {
        assertThatThrownBy(() -> Pkcs11Hsm.open(ModuleSettings.of(module, Map.of())))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo(id));
    }
}
