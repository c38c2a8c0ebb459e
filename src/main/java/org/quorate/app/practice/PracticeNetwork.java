package org.quorate.app.practice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.quorate.app.site.SiteFolder;
import org.quorate.app.site.SiteModules;
import org.quorate.base.Problem;
import org.quorate.ceremony.Hsms;
import org.quorate.ceremony.Site;

/// The practice HSMs on a network: each token behind a `p11-kit server` of its own that knows no other, reached over a
/// socket, so that one of them can go away in the middle of a ceremony and come back.
public final class PracticeNetwork {
    private static final List<String> ON_THE_NETWORK = List.of("primary", "backup");
    private static final List<Path> CLIENTS = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/pkcs11/p11-kit-client.so"),
            Path.of("/usr/lib/aarch64-linux-gnu/pkcs11/p11-kit-client.so"));
    private static final Path SERVER = Path.of("/usr/bin/p11-kit");
    /// The server runs as long as our end of its input is open: a console that is killed leaves none behind.
    private static final String ENDS_WITH_US = "\"$@\" </dev/null & server=$!; cat >/dev/null; kill $server";

    private PracticeNetwork() {}

    /// Starts the servers of a practice site.
    public static SiteModules open(SiteFolder folder) {
        Site site = folder.readProfile();
        Path client = CLIENTS.stream()
                .filter(Files::isReadable)
                .findFirst()
                .filter(found -> Files.isExecutable(SERVER))
                .orElseThrow(() -> Problem.of("app.no_p11_kit").asException());
        var modules = new HashMap<>(site.modules());
        var tokens = new HashMap<>(site.tokens());
        var cables = new HashMap<String, Cable>();
        try {
            Path sockets = Files.createDirectories(folder.home().resolve("network"));
            for (String role : ON_THE_NETWORK) {
                Site.TokenAt token = site.token(role);
                Path socket = sockets.resolve(role);
                var cable = new Cable(folder, site.moduleOf(role), token.serial(), socket);
                cable.plugIn();
                cables.put(role, cable);
                modules.put(
                        role,
                        new Site.ModuleAt(
                                client.toString(),
                                Optional.empty(),
                                Map.of("P11_KIT_SERVER_ADDRESS", "unix:path=" + socket)));
                tokens.put(
                        role,
                        new Site.TokenAt(
                                role, token.serial(), token.label(), token.model(), token.certificateNumber()));
            }
        } catch (IOException e) {
            throw Problem.of("app.network_not_made", folder.home()).causedBy(e);
        } finally {
            if (cables.size() < ON_THE_NETWORK.size()) {
                cables.values().forEach(Cable::pull);
            }
        }
        return new SiteModules(
                folder,
                site.with(new Site.Machinery(modules, tokens, site.machinery().mirror())),
                cables);
    }

    /// One server; without it the module at the other end of the socket finds nobody.
    private static final class Cable implements Hsms.PracticeCable {
        private final SiteFolder folder;
        private final Site.ModuleAt module;
        private final String serial;
        private final Path socket;
        private Optional<Process> server = Optional.empty();

        Cable(SiteFolder folder, Site.ModuleAt module, String serial, Path socket) {
            this.folder = folder;
            this.module = module;
            this.serial = serial;
            this.socket = socket;
        }

        @Override
        public synchronized void plugIn() {
            if (server.isPresent()) {
                return;
            }
            try {
                Files.deleteIfExists(socket);
                var builder = new ProcessBuilder(
                                "/bin/sh",
                                "-c",
                                ENDS_WITH_US,
                                "sh",
                                SERVER.toString(),
                                "server",
                                "-f",
                                "-n",
                                socket.toString(),
                                "--provider",
                                module.path(),
                                "pkcs11:serial=" + serial)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
                builder.environment().putAll(folder.moduleEnvironment());
                Process started = builder.start();
                server = Optional.of(started);
                while (!Files.exists(socket)) {
                    if (started.waitFor(10, TimeUnit.MILLISECONDS)) {
                        server = Optional.empty();
                        throw Problem.of("app.network_not_made", socket).asException();
                    }
                }
            } catch (IOException e) {
                throw Problem.of("app.network_not_made", socket).causedBy(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Problem.of("app.network_not_made", socket).causedBy(e);
            }
        }

        @Override
        public synchronized void pull() {
            server.ifPresent(running -> {
                // It starts a process of its own for each client.
                var all = new ArrayList<>(running.descendants().toList());
                all.add(running.toHandle());
                all.forEach(ProcessHandle::destroyForcibly);
                all.forEach(one -> one.onExit().join());
            });
            server = Optional.empty();
        }
    }
}
