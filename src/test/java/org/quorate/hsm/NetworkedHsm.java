package org.quorate.hsm;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.quorate.hsm.pkcs11.Deadlines;
import org.quorate.hsm.pkcs11.ModuleSettings;

/// A SoftHSM behind `p11-kit server`, over a Unix socket or through a tunnel with mutual TLS: an HSM that can be far
/// away, stop in the middle and come back.
public final class NetworkedHsm implements AutoCloseable {
    private final SoftHsm softHsm;
    private final Path folder;
    private final Path socket;
    private final Path client;
    private final List<Process> tunnel = new ArrayList<>();
    private Process server;

    private NetworkedHsm(SoftHsm softHsm, Path folder, Path socket, Path client) throws Exception {
        this.softHsm = softHsm;
        this.folder = folder;
        this.socket = socket;
        this.client = client;
        this.server = startServer();
    }

    /// Over the Unix socket itself.
    public static NetworkedHsm local(SoftHsm softHsm, Path folder) throws Exception {
        Path socket = folder.resolve("server.sock");
        return new NetworkedHsm(softHsm, folder, socket, socket);
    }

    /// Through two stunnels that each show a certificate the other one knows.
    public static NetworkedHsm throughTls(SoftHsm softHsm, Path folder) throws Exception {
        var networked = new NetworkedHsm(softHsm, folder, folder.resolve("server.sock"), folder.resolve("client.sock"));
        networked.openTunnel();
        return networked;
    }

    public ModuleSettings settings(Deadlines deadlines) throws IOException {
        return ModuleSettings.of(
                        clientModule(), Map.of("P11_KIT_SERVER_ADDRESS", "unix:path=" + client, "HOME", "" + folder))
                .withDeadlines(deadlines);
    }

    private static Path clientModule() throws IOException {
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(Path.of("/usr/lib"), path -> Files.isDirectory(path))) {
            for (Path architecture : found) {
                Path module = architecture.resolve("pkcs11/p11-kit-client.so");
                if (Files.exists(module)) {
                    return module;
                }
            }
        }
        throw new IllegalStateException("p11-kit-client.so is missing: apt-get install p11-kit-modules");
    }

    private Process startServer() throws Exception {
        Files.deleteIfExists(socket);
        var builder = new ProcessBuilder(
                        "p11-kit",
                        "server",
                        "-f",
                        "-n",
                        socket.toString(),
                        "--provider",
                        softHsm.settings().module().toString(),
                        "pkcs11:")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile());
        builder.environment().putAll(SoftHsm.environment(softHsm.folder()));
        Process started = builder.start();
        await(socket, started);
        return started;
    }

    private void openTunnel() throws Exception {
        for (String name : List.of("near", "far")) {
            run(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-days",
                    "30",
                    "-subj",
                    "/CN=" + name,
                    "-keyout",
                    name + ".key",
                    "-out",
                    name + ".pem");
        }
        Path between = folder.resolve("tls.sock");
        tunnel.add(stunnel("far", "near", false, between, socket));
        await(between, tunnel.getLast());
        tunnel.add(stunnel("near", "far", true, client, between));
        await(client, tunnel.getLast());
    }

    private Process stunnel(String own, String other, boolean isClient, Path accept, Path connect) throws Exception {
        Path settings = Files.writeString(folder.resolve(own + ".conf"), """
                foreground = yes
                pid =
                [hsm]
                client = %s
                accept = %s
                connect = %s
                cert = %s
                key = %s
                CAfile = %s
                verifyPeer = yes
                """.formatted(
                        isClient ? "yes" : "no",
                        accept,
                        connect,
                        folder.resolve(own + ".pem"),
                        folder.resolve(own + ".key"),
                        folder.resolve(other + ".pem")));
        return new ProcessBuilder("stunnel", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(own + ".log").toFile())
                .start();
    }

    private void run(String... words) throws Exception {
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("run.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("run.log")));
        }
    }

    private static void await(Path socket, Process process) throws Exception {
        while (!Files.exists(socket)) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(process + " ended before it listened on " + socket);
            }
        }
    }

    /// The network is there and nobody answers: the server and what it started for each client stand still.
    public void stop() throws Exception {
        signal("STOP");
    }

    public void goOn() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        var words = new ArrayList<>(List.of("/bin/kill", "-" + name, String.valueOf(server.pid())));
        server.descendants().forEach(child -> words.add(String.valueOf(child.pid())));
        new ProcessBuilder(words).start().waitFor();
    }

    /// The power goes.
    public void kill() throws Exception {
        List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
        all.add(server.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            one.onExit().get(60, TimeUnit.SECONDS);
        }
    }

    public void restart() throws Exception {
        server = startServer();
    }

    @Override
    public void close() throws Exception {
        kill();
        for (Process end : tunnel) {
            end.destroyForcibly().waitFor();
        }
    }
}
