package org.quorate.app.reader;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.quorate.base.Problem;

/// The card reader service pcscd on a socket of its own, with a number of virtual readers. It ends when this is closed,
/// and when this process ends in any way.
final class OwnService implements AutoCloseable {
    private static final Path DRIVER = Path.of("/usr/lib/pcsc/drivers/serial/libifdvpcd.so");

    /// Each copy of the driver serves two readers, on this port and the next.
    private static final int READERS_A_DRIVER = 2;

    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;
    private static final int ATTEMPTS = 200;
    private static final int PATIENCE_SECONDS = 5;

    private final Process process;
    private final List<Integer> ports;

    private OwnService(Process process, List<Integer> ports) {
        this.process = process;
        this.ports = List.copyOf(ports);
    }

    /// @param socket where clients of the service look for it
    static OwnService start(Path socket, int readers) {
        if (!Files.isReadable(DRIVER)) {
            throw Problem.of("app.reader.no_driver", DRIVER).asException();
        }
        if (Files.exists(socket)) {
            throw Problem.of("app.reader.socket_in_use", socket).asException();
        }
        Path parts = socket.resolveSibling("readers");
        try {
            Path configuration = Files.createDirectories(parts.resolve("conf"));
            Files.createDirectories(parts.resolve("none"));
            var ports = new ArrayList<Integer>();
            var entries = new StringBuilder();
            for (int i = 0; i < readers; i += READERS_A_DRIVER) {
                int port = freePorts();
                // Readers that share one driver would share its state, and the second would take the first one's card.
                Path driver = Files.copy(DRIVER, parts.resolve("reader-" + i + ".so"));
                entries.append(entry(i, port, driver));
                ports.add(port);
                ports.add(port + 1);
            }
            // In one file, because several are read in no order.
            Files.writeString(configuration.resolve("readers"), entries);
            Process process = new ProcessBuilder("perl", "-e", script(), socket.toString(), parts.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(parts.resolve("pcscd.log").toFile())
                    .start();
            return new OwnService(process, ports.subList(0, readers));
        } catch (IOException e) {
            throw Problem.of("app.reader.not_started", parts).causedBy(e);
        }
    }

    private static String entry(int number, int port, Path driver) {
        return """
                FRIENDLYNAME "Virtual reader %c"
                DEVICENAME /dev/null:%d
                LIBPATH %s
                CHANNELID %d
                """.formatted('A' + number / READERS_A_DRIVER, port, driver, port);
    }

    private static String script() throws IOException {
        try (InputStream in = OwnService.class.getResourceAsStream("own-pcscd.pl")) {
            if (in == null) {
                throw new IOException("own-pcscd.pl is not part of this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Two ports in a row that nobody listens on, below those that the system hands out by itself.
    private static int freePorts() throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            if (isFree(port) && isFree(port + 1)) {
                return port;
            }
        }
        throw new IOException("no free port between " + FIRST_PORT + " and " + LAST_PORT);
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral("0.0.0.0"))) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// The port of each reader.
    List<Integer> ports() {
        return ports;
    }

    boolean runs() {
        return process.isAlive();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
