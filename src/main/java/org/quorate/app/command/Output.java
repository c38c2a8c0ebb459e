package org.quorate.app.command;

import java.io.PrintWriter;
import java.util.List;
import org.quorate.base.Json;
import org.quorate.base.Problem;

/// Where a command speaks: to people in lines, to programs in one JSON object on one line.
///
/// @param out answers
/// @param err what only people care for: progress and problems
public record Output(PrintWriter out, PrintWriter err, boolean json, boolean verbose) {

    /// The command's answer, once, in the form that was asked for.
    public void answer(Json.Obj forPrograms, List<String> forPeople) {
        if (json) {
            out.println(forPrograms.text());
        } else {
            forPeople.forEach(out::println);
        }
        out.flush();
    }

    /// A sign of life while something takes long.
    public void progress(String line) {
        err.println(line);
        err.flush();
    }

    public void problem(Problem problem) {
        if (json) {
            out.println(problem.toJson().text());
            out.flush();
            return;
        }
        problem.lines().forEach(err::println);
        if (verbose) {
            problem.technical().ifPresent(err::println);
        }
        err.flush();
    }
}
