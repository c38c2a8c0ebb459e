package org.quorate.hsm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.quorate.base.Secret;
import org.quorate.hsm.pkcs11.ModuleSettings;
import org.quorate.hsm.pkcs11.Pkcs11Hsm;

/// A real SoftHSM in a folder of its own, with initialised tokens, for tests of every room.
public final class SoftHsm implements AutoCloseable {
    public static final Path MODULE = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    private static final String SO_PIN = "so-pin-87654321";
    private static final String USER_PIN = "user-pin-12345678";

    private final Path folder;
    private final Pkcs11Hsm hsm;

    private SoftHsm(Path folder, Pkcs11Hsm hsm) {
        this.folder = folder;
        this.hsm = hsm;
    }

    /// One token a label, each with SO PIN and user PIN set.
    public static SoftHsm with(String... labels) {
        Path folder = emptyFolder();
        var softHsm = new SoftHsm(folder, Pkcs11Hsm.open(settings(folder)));
        for (String label : labels) {
            softHsm.initialise(label);
        }
        return softHsm;
    }

    /// A folder with an empty token directory and its `softhsm2.conf`.
    public static Path emptyFolder() {
        try {
            Path folder = Files.createTempDirectory("softhsm");
            Files.createDirectory(folder.resolve("tokens"));
            String conf = "directories.tokendir = " + folder.resolve("tokens")
                    + "\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = false\n";
            Files.writeString(folder.resolve("softhsm2.conf"), conf);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ModuleSettings settings(Path folder) {
        return ModuleSettings.of(MODULE, environment(folder));
    }

    public static Map<String, String> environment(Path folder) {
        return Map.of("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
    }

    public static Secret soPin() {
        return Secret.ofBytes(SO_PIN.getBytes(StandardCharsets.UTF_8));
    }

    public static Secret userPin() {
        return Secret.ofBytes(USER_PIN.getBytes(StandardCharsets.UTF_8));
    }

    public Path folder() {
        return folder;
    }

    public ModuleSettings settings() {
        return settings(folder);
    }

    public Pkcs11Hsm hsm() {
        return hsm;
    }

    public List<Token> tokens() {
        return hsm.tokens();
    }

    public Token token(String label) {
        return hsm.tokens().stream()
                .filter(token -> token.info().label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    /// The slot that SoftHSM always keeps free.
    public Token uninitialised() {
        return hsm.tokens().stream()
                .filter(token -> !token.info().initialised())
                .findFirst()
                .orElseThrow();
    }

    public Token initialise(String label) {
        try (Secret so = soPin();
                Secret user = userPin()) {
            TokenInfo info = uninitialised().initialise(so, label).orThrow();
            hsm.bySerial(info.serial()).orElseThrow().setUserPin(so, user).orThrow();
            return hsm.bySerial(info.serial()).orElseThrow();
        }
    }

    public TokenSession asUser(String label) {
        try (Secret pin = userPin()) {
            return token(label).open(new Token.Login.User(pin)).orThrow();
        }
    }

    public TokenSession asSecurityOfficer(String label) {
        try (Secret pin = soPin()) {
            return token(label).open(new Token.Login.SecurityOfficer(pin)).orThrow();
        }
    }

    public TokenSession withoutLogin(String label) {
        return token(label).open(new Token.Login.None()).orThrow();
    }

    @Override
    public void close() {
        hsm.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
