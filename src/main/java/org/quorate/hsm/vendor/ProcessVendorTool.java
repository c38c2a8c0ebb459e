package org.quorate.hsm.vendor;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.hsm.ModuleInfo;
import org.quorate.hsm.VendorProfile;
import org.quorate.hsm.VendorTool;

/// A tool of the maker in a process of its own: by its absolute path, without a shell, with nothing on its input and
/// nothing of this program's environment but what the module needs too.
public final class ProcessVendorTool implements VendorTool {
    /// More than any status page; a tool that prints without end is ended.
    private static final int MOST_PRINTED = 1 << 20;

    private final Map<String, String> environment;

    public ProcessVendorTool(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<VendorProfile> profile(ModuleInfo module) {
        return VendorProfiles.of(module);
    }

    @Override
    public Run run(List<String> words, int seconds) {
        Path program = Path.of(words.getFirst());
        if (!program.isAbsolute() || !Files.isRegularFile(program)) {
            throw Problem.of("hsm.vendor.tool_missing", program).asException();
        }
        try {
            Digest digest = Digest.of(Files.readAllBytes(program));
            Path printed = Files.createTempFile("quorate-tool", ".txt");
            try {
                int exit = run(words, seconds, printed);
                return new Run(words, digest, exit, head(printed));
            } finally {
                Files.deleteIfExists(printed);
            }
        } catch (IOException e) {
            throw Problem.of("hsm.vendor.tool_failed", program).causedBy(e);
        }
    }

    private int run(List<String> words, int seconds, Path printed) throws IOException {
        var builder = new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(printed.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw Problem.of("hsm.vendor.tool_slow", words.getFirst(), seconds).asException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of("hsm.vendor.tool_slow", words.getFirst(), seconds).causedBy(e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static byte[] head(Path printed) throws IOException {
        try (var in = Files.newInputStream(printed)) {
            return in.readNBytes(MOST_PRINTED);
        }
    }
}
