package org.quorate.hsm.vendor;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.hsm.ModuleInfo;
import org.quorate.hsm.VendorProfile;
import org.quorate.hsm.VendorTool;

/// A tool of the maker in a process of its own: by its absolute path, without a shell, with nothing on its input
/// but the PINs that it asks for, and nothing of this program's environment but what the module needs too.
public final class ProcessVendorTool implements VendorTool {
    /// More than any status page; a tool that prints without end is ended.
    private static final int MOST_PRINTED = 1 << 20;
    private static final int CHUNK = 1 << 16;
    private static final int LOADING_MILLIS = 10;
    private static final int LOADING_TRIES = 200;

    private final Map<String, String> environment;

    public ProcessVendorTool(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<VendorProfile> profile(ModuleInfo module) {
        return VendorProfiles.of(module);
    }

    @Override
    public Digest digest(String program) {
        try {
            return digest(existing(program));
        } catch (IOException e) {
            throw Problem.of("hsm.vendor.tool_failed", program).causedBy(e);
        }
    }

    private static Path existing(String word) {
        Path program = Path.of(word);
        if (!program.isAbsolute() || !Files.isRegularFile(program)) {
            throw Problem.of("hsm.vendor.tool_missing", program).asException();
        }
        return program;
    }

    private static Digest digest(Path program) throws IOException {
        return Digest.of(Files.readAllBytes(program));
    }

    @Override
    public Run run(Request request) {
        Path program = existing(request.words().getFirst());
        try {
            Digest digest = digest(program);
            if (!request.program().orElse(digest).equals(digest)) {
                throw Problem.of("hsm.vendor.tool_changed", program).asException();
            }
            Path printed = Files.createTempFile("quorate-tool", ".txt");
            try {
                int exit = run(request, printed);
                return new Run(request.words(), digest, exit, withoutPins(head(printed), request.stdin()));
            } finally {
                discard(printed, request);
            }
        } catch (IOException e) {
            throw Problem.of("hsm.vendor.tool_failed", program).causedBy(e);
        }
    }

    /// A tool may print what it reads, so that what it printed is as secret as its input.
    private static void discard(Path printed, Request request) throws IOException {
        if (!request.stdin().isEmpty()) {
            try (var file = FileChannel.open(printed, StandardOpenOption.WRITE)) {
                var zeros = ByteBuffer.allocate(CHUNK);
                for (long left = file.size(); left > 0; left -= CHUNK) {
                    file.write(zeros.clear().limit((int) Math.min(left, CHUNK)));
                }
            }
        }
        Files.deleteIfExists(printed);
    }

    private int run(Request request, Path printed) throws IOException {
        List<String> words = request.words();
        var builder = new ProcessBuilder(words)
                .redirectInput(
                        request.stdin().isEmpty()
                                ? ProcessBuilder.Redirect.from(new File("/dev/null"))
                                : ProcessBuilder.Redirect.PIPE)
                .redirectOutput(printed.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        try {
            type(request.stdin(), process);
            if (process.waitFor(request.seconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw Problem.of("hsm.vendor.tool_slow", words.getFirst(), request.seconds())
                    .asException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of("hsm.vendor.tool_slow", words.getFirst(), request.seconds())
                    .causedBy(e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /// Not through the process's own stream: its buffer would keep the PINs, and nobody could wipe it.
    private static void type(List<Secret> lines, Process process) throws IOException, InterruptedException {
        if (lines.isEmpty()) {
            return;
        }
        Optional<FileChannel> input = input(process);
        try {
            if (input.isPresent()) {
                write(lines, input.get());
            }
        } catch (IOException e) {
            // A tool that ended without its input says why in what it prints; one that goes on without it is ended.
            if (!process.waitFor(LOADING_MILLIS * LOADING_TRIES, TimeUnit.MILLISECONDS)) {
                throw e;
            }
        }
        process.getOutputStream().close();
    }

    /// Our end of the pipe to the program; empty where it has ended. Its own input may be another file for a while, as
    /// when a shell redirects it for one command, so that only a pipe is written to of which this process has the
    /// other end.
    private static Optional<FileChannel> input(Process process) throws IOException, InterruptedException {
        Path theirs = Path.of("/proc", String.valueOf(process.pid()), "fd", "0");
        for (int tries = 1; true; tries++) {
            Optional<Path> ours = link(theirs).flatMap(ProcessVendorTool::ownEnd);
            if (ours.isPresent()) {
                return Optional.of(FileChannel.open(ours.get(), StandardOpenOption.WRITE));
            }
            if (process.waitFor(LOADING_MILLIS, TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            if (tries == LOADING_TRIES) {
                throw new IOException("the program reads its input from elsewhere");
            }
        }
    }

    private static Optional<Path> ownEnd(String pipe) {
        if (!pipe.startsWith("pipe:")) {
            return Optional.empty();
        }
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(descriptor -> link(descriptor).equals(Optional.of(pipe)))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Empty where it is gone by now.
    private static Optional<String> link(Path descriptor) {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void write(List<Secret> lines, FileChannel input) throws IOException {
        try (input) {
            for (Secret line : lines) {
                var buffer = ByteBuffer.allocateDirect(line.length() + 1);
                try {
                    line.use(buffer::put).put((byte) '\n').flip();
                    input.write(buffer);
                } finally {
                    buffer.clear();
                    while (buffer.hasRemaining()) {
                        buffer.put((byte) 0);
                    }
                }
            }
        }
    }

    private static byte[] head(Path printed) throws IOException {
        try (var in = Files.newInputStream(printed)) {
            return in.readNBytes(MOST_PRINTED);
        }
    }

    private static byte[] withoutPins(byte[] printed, List<Secret> pins) {
        pins.forEach(pin -> pin.use(secret -> {
            for (int at = 0; secret.length > 0 && at + secret.length <= printed.length; at++) {
                if (Arrays.equals(printed, at, at + secret.length, secret, 0, secret.length)) {
                    Arrays.fill(printed, at, at + secret.length, (byte) '*');
                }
            }
            return printed;
        }));
        return printed;
    }
}
