package org.quorate.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.quorate.base.Problem;

/// The tools that people list tokens with, timed as they would start them.
record PkcsTools(Path module, Map<String, String> environment) {
    /// p11tool reads a token anew for each object; nobody waits for it to end.
    private static final long PATIENCE_SECONDS = 30;

    long pkcs11Tool(String... arguments) {
        return nanos("pkcs11-tool", "opensc", List.of("--module", module.toString()), arguments);
    }

    /// As long as it took, or as long as it was waited for.
    long p11tool(String... arguments) {
        return nanos("p11tool", "gnutls-bin", List.of("--provider", module.toString()), arguments);
    }

    private long nanos(String tool, String debianPackage, List<String> first, String... arguments) {
        var command = new ArrayList<>(List.of(tool));
        command.addAll(first);
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        long before = System.nanoTime();
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            return System.nanoTime() - before;
        } catch (IOException e) {
            throw Problem.of("app.bench.hsm.no_tool", tool, debianPackage).causedBy(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of("app.bench.hsm.no_tool", tool, debianPackage).causedBy(e);
        }
    }
}
