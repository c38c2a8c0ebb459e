package org.quorate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.quorate.app.site.Trees;
import org.quorate.base.Secret;
import org.quorate.hsm.pkcs11.ModuleSettings;
import org.quorate.hsm.pkcs11.Pkcs11Hsm;

/// A real TPM module in front of a TPM made of software, which listens on this machine only.
public final class SwTpm implements AutoCloseable {
    private final Path folder;
    private final Process tpm;
    private final int port;

    /// A token named `label`.
    public SwTpm(String label) throws Exception {
        folder = Files.createTempDirectory("swtpm");
        Files.createDirectories(folder.resolve("state"));
        Files.createDirectories(folder.resolve("store"));
        port = twoFreePorts();
        tpm = start();
        try {
            initialise(label);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public ModuleSettings settings() {
        return ModuleSettings.of(
                Modules.find("libtpm2_pkcs11.so.1", "libtpm2-pkcs11-1"),
                Map.of(
                        "TPM2_PKCS11_STORE",
                        folder.resolve("store").toString(),
                        "TPM2_PKCS11_TCTI",
                        "swtpm:host=127.0.0.1,port=" + port,
                        "TPM2_PKCS11_LOG_LEVEL",
                        "0",
                        "TSS2_LOG",
                        "all+NONE"));
    }

    public static Secret soPin() {
        return secret("so-pin-87654321");
    }

    public static Secret userPin() {
        return secret("user-pin-12345678");
    }

    /// The TPM's commands go to the one, and what a mainboard would say to the next.
    private static int twoFreePorts() throws IOException {
        while (true) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket second = new ServerSocket()) {
                second.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), first.getLocalPort() + 1));
                return first.getLocalPort();
            } catch (java.net.BindException taken) {
                continue;
            }
        }
    }

    private Process start() throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Modules.find("swtpm", "swtpm").toString(),
                        "socket",
                        "--tpm2",
                        "--tpmstate",
                        "dir=" + folder.resolve("state"),
                        "--server",
                        "type=tcp,bindaddr=127.0.0.1,port=" + port,
                        "--ctrl",
                        "type=tcp,bindaddr=127.0.0.1,port=" + (port + 1),
                        "--flags",
                        "not-need-init,startup-clear")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        while (!listens(port + 1)) {
            assertThat(process.isAlive())
                    .as("swtpm has ended: " + Files.readString(said))
                    .isTrue();
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        return process;
    }

    private static boolean listens(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void initialise(String label) {
        try (Pkcs11Hsm hsm = Pkcs11Hsm.open(settings());
                Secret so = soPin();
                Secret user = userPin()) {
            hsm.tokens().getFirst().initialise(so, label).orThrow();
            hsm.byLabel(label).orElseThrow().setUserPin(so, user).orThrow();
        }
    }

    @Override
    public void close() throws Exception {
        tpm.destroy();
        assertThat(tpm.waitFor(10, TimeUnit.SECONDS)).isTrue();
        Trees.delete(folder);
    }

    private static Secret secret(String text) {
        return Secret.ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
