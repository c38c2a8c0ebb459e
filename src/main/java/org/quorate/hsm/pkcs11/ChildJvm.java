package org.quorate.hsm.pkcs11;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Starts a second JVM of the same kind for a main class of this package. It gets its own code and nothing else of the
/// console's, an environment that is given and not inherited, and leaves neither core nor crash file behind, since a
/// PIN could be in them.
final class ChildJvm {
    /// All of the compilers stay on: a host that lives on answers several times as many calls with them.
    private static final List<String> FLAGS = List.of(
            "-Xmx128m",
            "-Xshare:auto",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:+SuppressFatalErrorMessage");

    private ChildJvm() {}

    /// @param libraries one class of each other library that it needs
    static ProcessBuilder of(Class<?> main, Map<String, String> environment, Class<?>... libraries) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        URI code = codeOf(main);
        if (code.getScheme().equals("file")) {
            // This room and base need little but the JDK: their own jar on the class path starts faster than the
            // whole console's module graph.
            command.add("--enable-native-access=ALL-UNNAMED");
            String path = Stream.concat(Stream.of(main), Arrays.stream(libraries))
                    .map(library -> Path.of(codeOf(library)).toString())
                    .collect(Collectors.joining(File.pathSeparator));
            command.addAll(List.of("-cp", path, main.getName()));
        } else {
            String module = main.getModule().getName();
            command.add("--enable-native-access=" + module);
            command.addAll(List.of("-m", module + "/" + main.getName()));
        }
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    private static URI codeOf(Class<?> type) {
        try {
            return type.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of this program's code is not a URI", e);
        }
    }
}
