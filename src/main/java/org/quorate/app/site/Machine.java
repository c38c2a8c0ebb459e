package org.quorate.app.site;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ceremony.Equipment;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.VendorTool;
import org.quorate.ledger.LedgerClock;

/// What the program sees of the machine it runs on.
public final class Machine implements Equipment.Workstation {
    private static final Path DMI = Path.of("/sys/class/dmi/id");

    private final LedgerClock clock;
    private final BiFunction<String, PinKind, Optional<String>> practicePins;
    private final VendorTool vendorTool;

    Machine(LedgerClock clock, BiFunction<String, PinKind, Optional<String>> practicePins, VendorTool vendorTool) {
        this.clock = clock;
        this.vendorTool = vendorTool;
        this.practicePins = practicePins;
    }

    /// Name and version of this program, and what it runs on.
    Json.Builder program() {
        return Json.obj()
                .put("program", "quorate")
                .put("version", version())
                .put("java", System.getProperty("java.vendor") + " " + Runtime.version())
                .put("os", osName());
    }

    /// As it stands in the metadata of what it makes.
    static String name() {
        return "quorate " + version();
    }

    public static String version() {
        return Optional.ofNullable(Machine.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .orElse("0.1.0");
    }

    @Override
    public Json.Obj facts() {
        return program()
                .put("machine", machine())
                .put("kernel", System.getProperty("os.version"))
                .put("program_digest", programDigest())
                .put("interfaces", Json.array(interfaces()))
                .put("swap", swap())
                .build();
    }

    @Override
    public Instant now() {
        return clock.now().time();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public VendorTool vendorTool() {
        return vendorTool;
    }

    @Override
    public Optional<String> practicePin(String tokenRole, PinKind kind) {
        return practicePins.apply(tokenRole, kind);
    }

    /// Every interface but loopback.
    private static List<Json> interfaces() {
        try {
            var found = new ArrayList<Json>();
            var all = Collections.list(NetworkInterface.getNetworkInterfaces());
            all.sort(Comparator.comparing(NetworkInterface::getName));
            for (NetworkInterface one : all) {
                if (!one.isLoopback()) {
                    found.add(Json.obj()
                            .put("name", one.getName())
                            .put("up", one.isUp())
                            .build());
                }
            }
            return found;
        } catch (SocketException e) {
            // A machine on which this cannot be asked is shown as one with an interface nobody knows of.
            return List.of(Json.obj().put("name", "unknown").put("up", true).build());
        }
    }

    private static String machine() {
        String made = (read(DMI.resolve("sys_vendor")) + " " + read(DMI.resolve("product_name"))).strip();
        return made.isEmpty() ? System.getProperty("os.arch") : made;
    }

    private static String osName() {
        return read(Path.of("/etc/os-release"))
                .lines()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .findFirst()
                .orElse(System.getProperty("os.name"));
    }

    private static boolean swap() {
        return read(Path.of("/proc/swaps")).lines().count() > 1;
    }

    /// Digest over the digests of the program's own files, in the order of their names.
    private static String programDigest() {
        String path = System.getProperty("jdk.module.path", "");
        if (path.isEmpty()) {
            return "";
        }
        try (var files = Files.list(Path.of(path))) {
            var digest = Digest.sha256();
            for (Path jar :
                    files.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
                digest.update(Digest.of(Files.readAllBytes(jar)).bytes());
            }
            return Digest.ofRaw(digest.digest()).hex();
        } catch (IOException e) {
            return "";
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
