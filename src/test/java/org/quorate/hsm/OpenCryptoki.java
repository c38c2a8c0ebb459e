package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.quorate.Gcc;
import org.quorate.app.site.Trees;
import org.quorate.base.Secret;
import org.quorate.hsm.pkcs11.ModuleSettings;
import org.quorate.hsm.pkcs11.Pkcs11Hsm;

/// A real openCryptoki with one software token and a slot manager of its own, in a folder of its own: neither the
/// machine's configuration nor its tokens are touched, and it needs no root (`elsewhere.c`).
public final class OpenCryptoki implements AutoCloseable {
    private static final String CONFIGURATION = """
            version opencryptoki-3.1
            slot 0
            {
            stdll = libpkcs11_sw.so
            }
            """;
    /// Where older and newer slot managers listen.
    private static final List<String> SOCKETS =
            List.of("var/run/pkcsslotd.socket", "run/opencryptoki/pkcsslotd.socket");
    /// Newer ones want to know how strong a key is; older ones do not read it.
    private static final String STRENGTH = """
            version strength-0
            strength 112 {
                MOD_EXP   = 2048
                ECC       = 224
                SYMMETRIC = 112
                digest    = 224
                signature = 112
            }
            strength 128 {
                MOD_EXP   = 3072
                ECC       = 256
                SYMMETRIC = 128
                digest    = 256
                signature = 128
            }
            strength 192 {
                MOD_EXP   = 7680
                ECC       = 384
                SYMMETRIC = 192
                digest    = 384
                signature = 192
            }
            strength 256 {
                MOD_EXP   = 15360
                ECC       = 512
                SYMMETRIC = 256
                digest    = 512
                signature = 256
            }
            """;
    /// What the token has before it is initialised.
    private static final String FIRST_SO_PIN = "87654321";

    private final Path folder;
    private final Process slotManager;
    private final Map<String, String> environment;
    private final Path frontDoor;

    /// A token named `label`.
    public OpenCryptoki(String label) throws Exception {
        // A short path, since a socket's name has room for little more than a hundred bytes.
        folder = Files.createTempDirectory(Path.of("/tmp"), "ock");
        for (String place : new String[] {
            "etc/opencryptoki",
            "var/lib/opencryptoki/swtok/TOK_OBJ",
            "var/lock/opencryptoki/swtok",
            "var/log/opencryptoki",
            "var/run",
            "run/opencryptoki",
            "usr/sbin"
        }) {
            Files.createDirectories(folder.resolve(place));
        }
        Files.createFile(folder.resolve("usr/sbin/pkcsslotd"));
        Files.writeString(folder.resolve("etc/opencryptoki/opencryptoki.conf"), CONFIGURATION);
        Path strength = Files.writeString(folder.resolve("etc/opencryptoki/strength.conf"), STRENGTH);
        Files.setPosixFilePermissions(strength, PosixFilePermissions.fromString("rw-r-----"));
        Path elsewhere = Gcc.library(folder, OpenCryptoki.class, "elsewhere");
        // What a module is loaded by comes before the symbols that are preloaded; what that loads does not.
        frontDoor = Gcc.library(folder, "door", """
                #include <dlfcn.h>
                #include <stdlib.h>
                unsigned long C_GetFunctionList(void **list) {
                    void *target = dlopen(getenv("FRONT_DOOR_OF"), RTLD_NOW);
                    unsigned long (*get)(void **) = target == NULL ? NULL : dlsym(target, "C_GetFunctionList");
                    return get == NULL ? 5 : get(list);
                }
                """);
        Path module = Modules.find("libopencryptoki.so.0", "opencryptoki");
        environment = Map.of(
                "ELSEWHERE", folder.toString(), "LD_PRELOAD", elsewhere.toString(), "FRONT_DOOR_OF", module.toString());
        slotManager = startSlotManager();
        try {
            initialise(label);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public ModuleSettings settings() {
        return ModuleSettings.of(frontDoor, environment);
    }

    public static Secret soPin() {
        return secret("76543210");
    }

    public static Secret userPin() {
        return secret("34567812");
    }

    private Process startSlotManager() throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        var builder = new ProcessBuilder(
                        Modules.find("pkcsslotd", "opencryptoki").toString(), "-f")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        while (SOCKETS.stream().map(folder::resolve).noneMatch(Files::exists)) {
            boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
            assertThat(ended)
                    .as("pkcsslotd has ended: " + Files.readString(said))
                    .isFalse();
        }
        return process;
    }

    private void initialise(String label) {
        try (Pkcs11Hsm hsm = Pkcs11Hsm.open(settings());
                Secret first = secret(FIRST_SO_PIN);
                Secret so = soPin();
                Secret given = secret("23456789");
                Secret user = userPin()) {
            Token token = hsm.tokens().getFirst();
            token.initialise(first, label).orThrow();
            Token made = hsm.byLabel(label).orElseThrow();
            made.changePin(PinKind.SECURITY_OFFICER, first, so).orThrow();
            made.setUserPin(so, given).orThrow();
            // The first PIN must be changed by the user before it is good for anything else.
            made.changePin(PinKind.USER, given, user).orThrow();
        }
    }

    @Override
    public void close() throws Exception {
        slotManager.destroy();
        assertThat(slotManager.waitFor(10, TimeUnit.SECONDS)).isTrue();
        try (var left = Files.newDirectoryStream(Path.of("/dev/shm"), folder.getFileName() + "*")) {
            for (Path memory : left) {
                Files.delete(memory);
            }
        }
        Trees.delete(folder);
    }

    private static Secret secret(String text) {
        return Secret.ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
