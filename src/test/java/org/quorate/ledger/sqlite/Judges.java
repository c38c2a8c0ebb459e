package org.quorate.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.ledger.Expectations;
import org.quorate.ledger.Finding;
import org.quorate.ledger.TrustFile;
import org.quorate.ledger.Verification;
import org.quorate.ledger.VerifyProgress;

/// Has both verifiers judge a file, the one in Java and the one in Python, and insists that they agree on every
/// finding.
final class Judges {
    private static final Path PYTHON = Path.of("docs/verify/quorate_verify.py").toAbsolutePath();

    private Judges() {}

    record Judgement(int code, List<String> findings) {
        String first() {
            return findings.stream()
                    .filter(f -> !f.endsWith("clock.back") && !f.endsWith("intent.open"))
                    .findFirst()
                    .orElse("sound");
        }
    }

    /// Each finding as `seq rule`, errors and warnings alike.
    static Judgement judge(Path ledger, Expectations expectations) throws Exception {
        Judgement python = python(ledger, expectations);
        Judgement java = java(ledger, expectations);
        assertThat(java).as("Java and Python on " + ledger).isEqualTo(python);
        return java;
    }

    static Judgement judge(Path ledger) throws Exception {
        return judge(ledger, Expectations.NONE);
    }

    static Judgement java(Path ledger, Expectations expectations) {
        return java(ledger, Optional.ofNullable(ledger.getParent()).orElseThrow(), expectations);
    }

    static Judgement java(Path ledger, Path work, Expectations expectations) {
        Verification verification = VerifyLedgerFile.verify(ledger, work, expectations, VerifyProgress.NONE);
        return new Judgement(
                switch (verification.verdict()) {
                    case SOUND -> 0;
                    case NOT_SOUND, DISAGREES -> 1;
                    case NOT_JUDGED -> 3;
                },
                verification.findings().stream().map(Judges::line).toList());
    }

    private static String line(Finding finding) {
        return (finding.seq().isPresent() ? finding.seq().getAsLong() : "file") + " "
                + finding.rule().wire();
    }

    /// The command itself, in a process of its own.
    static Process command(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("python3", PYTHON.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private static Judgement python(Path ledger, Expectations expectations) throws IOException {
        var arguments = new ArrayList<>(List.of(ledger.toString(), "--json"));
        expectations.anchors().forEach(anchor -> arguments.addAll(List.of("--anchor", anchor.toString())));
        if (expectations.trust().isPresent()) {
            arguments.addAll(
                    List.of("--trust", trustFile(ledger, expectations.trust().get())));
        }
        Json.Obj answer = Python.RUNNING.ask(arguments);
        return new Judgement(
                Math.toIntExact(answer.integer("code")),
                answer.object("out").objects("findings").stream()
                        .map(Judges::line)
                        .toList());
    }

    private static String line(Json.Obj finding) {
        return (finding.members().get("seq") instanceof Json.Int(var seq) ? seq : "file") + " "
                + finding.string("rule");
    }

    /// One interpreter for all judgements, since starting it takes longer than most of them. It runs the command as it
    /// is, but for remembering signatures that it has checked before.
    private record Python(Process process, BufferedWriter questions, BufferedReader answers) {
        static final Python RUNNING = start();

        private static final String LOOP = """
                import contextlib, functools, io, json, sys
                sys.path.insert(0, sys.argv[1])
                import quorate_verify
                quorate_verify.verifies = functools.lru_cache(None)(quorate_verify.verifies)
                for line in sys.stdin:
                    sys.argv, out = ['verify'] + json.loads(line), io.StringIO()
                    with contextlib.redirect_stdout(out):
                        code = quorate_verify.main()
                    print(json.dumps({'code': code, 'out': json.loads(out.getvalue())}), flush=True)
                """;

        private static Python start() {
            try {
                Path folder = Optional.ofNullable(PYTHON.getParent()).orElseThrow();
                Process process = new ProcessBuilder("python3", "-B", "-c", LOOP, folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                return new Python(
                        process,
                        process.outputWriter(StandardCharsets.UTF_8),
                        process.inputReader(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        synchronized Json.Obj ask(List<String> arguments) throws IOException {
            questions.write(Json.strings(arguments).text() + "\n");
            questions.flush();
            String answer = answers.readLine();
            assertThat(answer).as("an answer of the Python verifier").isNotNull();
            return Json.parseObject(answer.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String trustFile(Path ledger, TrustFile trust) throws IOException {
        Path file = ledger.resolveSibling("trust.json");
        Files.write(file, trust.toJson().canonical());
        return file.toString();
    }
}
