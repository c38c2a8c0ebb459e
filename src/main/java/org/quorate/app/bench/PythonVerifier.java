package org.quorate.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Problem;
import org.quorate.record.CeremonyRecord;

/// The verifier that needs nothing but Python, timed as a stranger would run it.
record PythonVerifier(Path folder) {

    private static final String TIMED = """
            import runpy, sys, time
            sys.argv = sys.argv[1:]
            try:
                runpy.run_path(sys.argv[0], run_name='__main__')
            finally:
                print(time.process_time_ns())
            """;

    /// Nanoseconds of processor time until it says that the ledger is sound.
    long verify(Path ledger) throws IOException {
        Path program = folder.resolve("quorate_verify.py");
        try (var in = Optional.ofNullable(CeremonyRecord.class.getResourceAsStream("quorate_verify.py"))
                .orElseThrow(() -> new IllegalStateException("the verifier is missing from this build"))) {
            Files.write(program, in.readAllBytes());
        }
        var builder = new ProcessBuilder("python3", "-B", "-c", TIMED, program.toString(), ledger.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            List<String> lines = process.inputReader().lines().toList();
            int code = process.waitFor();
            if (code != 0) {
                throw Problem.of("app.bench.ledger.python_failed", code).asException();
            }
            return Long.parseLong(lines.getLast());
        } catch (IOException e) {
            throw Problem.of("app.bench.ledger.no_python").causedBy(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of("app.bench.ledger.no_python").causedBy(e);
        }
    }
}
