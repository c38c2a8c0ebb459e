package org.quorate.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import picocli.CommandLine;

class CommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @CommandLine.Command(name = "quorate")
    static final class Root extends Command {
        @CommandLine.Option(names = "--home")
        private Optional<String> home = Optional.empty();

        @Override
        protected Exit run(Output output) {
            return Exit.DONE;
        }
    }

    @CommandLine.Command(name = "act")
    static final class Act extends Command {
        private final Function<Output, Exit> act;

        Act(Function<Output, Exit> act) {
            this.act = act;
        }

        @Override
        protected Exit run(Output output) {
            return act.apply(output);
        }
    }

    private int run(Function<Output, Exit> act, String... arguments) {
        return Commands.of(new Root(), List.of(new Act(act)), new PrintWriter(out), new PrintWriter(err))
                .execute(arguments);
    }

    private Json.Obj json() {
        return Json.parseCanonicalObject(out.toString().strip().getBytes(UTF_8));
    }

    @Test
    void exitCode_isTheOneTheCommandReturns() {
        for (Exit exit : Exit.values()) {
            assertThat(run(_ -> exit, "act")).isEqualTo(exit.code());
        }
        assertThat(List.of(Exit.values())).extracting(Exit::code).containsExactly(0, 1, 2, 3);
    }

    @Test
    void formOfTheAnswer_countsAlsoBeforeTheCommand() {
        assertThat(run(output -> output.json() && output.verbose() ? Exit.DONE : Exit.NO, "--json", "--verbose", "act"))
                .isZero();
        assertThat(run(output -> output.json() || output.verbose() ? Exit.NO : Exit.DONE, "act"))
                .isZero();
    }

    @Test
    void optionOfTheConsole_beforeACommand_isRefused_andNotPassedOver() {
        assertThat(run(_ -> Exit.DONE, "--home", "elsewhere", "act")).isEqualTo(2);
        assertThat(err.toString()).contains("--home stands before the command act", "Write it after act.");
        assertThat(new CommandLine(new Root()).execute("--home", "elsewhere")).isZero();
    }

    @Test
    void whatADeviceSays_isSpelledOut_whereATerminalWouldObeyIt() {
        run(
                output -> {
                    output.progress("a\u001b[2Jb");
                    throw Problem.of("hsm.serial_not_unique", "\u202e1234\u0007", 2)
                            .asException();
                },
                "act");
        assertThat(err.toString())
                .contains("a[U+001B][2Jb", "[U+202E]1234[U+0007]")
                .doesNotContain("\u001b", "\u202e", "\u0007");
    }

    @Test
    void problem_isThreeLinesForPeople_andNothingForPrograms() {
        int code = run(
                _ -> {
                    throw Problem.of("hsm.unknown", "C_Sign")
                            .withTechnical("0x30")
                            .asException();
                },
                "act");

        assertThat(code).isEqualTo(3);
        assertThat(err.toString().lines())
                .containsExactlyElementsOf(Problem.of("hsm.unknown", "C_Sign").lines());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void problem_withVerbose_showsTheTechnicalText() {
        run(
                _ -> {
                    throw Problem.of("hsm.unknown", "C_Sign")
                            .withTechnical("0x30")
                            .asException();
                },
                "act",
                "--verbose");

        assertThat(err.toString().lines()).hasSize(4).endsWith("0x30");
    }

    @Test
    void problem_withJson_isOneObject() {
        Problem problem = Problem.of("hsm.unknown", "C_Sign").withTechnical("0x30");

        int code = run(
                _ -> {
                    throw problem.asException();
                },
                "act",
                "--json");

        assertThat(code).isEqualTo(3);
        assertThat(json()).isEqualTo(problem.toJson());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void anUnknownError_isAProblemToo() {
        int code = run(
                _ -> {
                    throw new IllegalStateException("broken");
                },
                "act",
                "--json");

        assertThat(code).isEqualTo(3);
        assertThat(json().string("problem")).isEqualTo("app.unexpected");
        assertThat(json().string("technical")).startsWith("java.lang.IllegalStateException: broken");
    }

    @Test
    void wrongUse_isExitCode2_inBothForms() {
        assertThat(run(_ -> Exit.DONE, "act", "--nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("--nonsense").contains("quorate act --help");

        assertThat(run(_ -> Exit.DONE, "act", "--nonsense", "--json")).isEqualTo(2);
        assertThat(json().string("problem")).isEqualTo("app.misused");
    }

    @Test
    void answer_isInTheFormThatWasAskedFor() {
        Function<Output, Exit> act = output -> {
            output.answer(Json.obj().put("size", 7).build(), List.of("It has 7 entries."));
            return Exit.DONE;
        };

        run(act, "act");
        assertThat(out.toString().lines()).containsExactly("It has 7 entries.");

        out.getBuffer().setLength(0);
        run(act, "act", "--json");
        assertThat(json().integer("size")).isEqualTo(7);
    }

    @Test
    void help_isExitCode0() {
        assertThat(run(_ -> Exit.FAILED, "act", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: quorate act");
    }
}
