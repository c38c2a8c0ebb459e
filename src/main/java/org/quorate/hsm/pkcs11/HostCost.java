package org.quorate.hsm.pkcs11;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Problem;

/// What it costs to have a module in a process of its own: for `quorate bench hsm`.
///
/// @param startNanos from the start of the host until the module is initialised
/// @param hostNanos one C_GetInfo across the pipe
/// @param ownNanos one C_GetInfo by the same binding in one process with the module
public record HostCost(long startNanos, long hostNanos, long ownNanos) {
    private static final String MARK = "quorate-cost ";

    /// @param calls how many calls a figure is the mean of
    public static HostCost measure(ModuleSettings settings, int calls) {
        try {
            long start = System.nanoTime();
            try (HostProcess host = HostProcess.start(settings, new CallLog())) {
                long started = System.nanoTime() - start;
                return new HostCost(started, mean(host.cryptoki(), calls), inOneProcess(settings, calls));
            }
        } catch (IOException e) {
            throw Problem.of("hsm.host_not_started", settings.module()).causedBy(e);
        }
    }

    /// The first half makes the virtual machine ready and does not count.
    private static long mean(Cryptoki cryptoki, int calls) {
        for (int i = 0; i < calls; i++) {
            cryptoki.libraryInfo();
        }
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            cryptoki.libraryInfo();
        }
        return (System.nanoTime() - start) / calls;
    }

    /// In another process all the same, since a module has no business in this one.
    private static long inOneProcess(ModuleSettings settings, int calls) throws IOException {
        Process process = ChildJvm.of(HostCost.class, settings.environment())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            Frames.write(in, new Frames.Request(settings.module().toString(), List.of(calls)));
        }
        var said = new ByteArrayOutputStream();
        process.getInputStream().transferTo(said);
        return said.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(MARK))
                .map(line -> Long.parseLong(line.substring(MARK.length())))
                .findFirst()
                .orElseThrow(() -> new IOException("the other process gave no figure"));
    }

    public static void main(String[] arguments) throws IOException {
        try (InputStream in = new FileInputStream(FileDescriptor.in);
                var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            Frames.Request request = Frames.read(in, Frames.Request.class);
            NativeCryptoki own =
                    NativeCryptoki.open(request.method(), "C_GetFunctionList", Optional.empty(), (f, rv, ns) -> {});
            int calls = request.arguments().getFirst() instanceof Integer number ? number : 1;
            out.println(MARK + mean(own, calls));
        }
        Runtime.getRuntime().halt(0);
    }
}
