package org.quorate.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.VisibleText;

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

    /// One thing of many, in both forms.
    public record Item(Json.Obj forPrograms, String forPeople) {}

    /// An answer of which a part is too long to be held; it goes out as it comes.
    ///
    /// @param before for people, ahead of the items
    /// @param name under which programs find the items
    /// @param items hands each item to what it is given
    /// @param rest for programs, beside the items
    public void answer(List<String> before, String name, Consumer<Consumer<Item>> items, Json.Obj rest) {
        if (!json) {
            before.forEach(out::println);
            items.accept(item -> out.println(item.forPeople()));
            out.flush();
            return;
        }
        out.print("{\"" + name + "\":[");
        var comma = new AtomicReference<>("");
        items.accept(item -> out.print(comma.getAndSet(",") + item.forPrograms().text()));
        out.println("]," + rest.text().substring(1));
        out.flush();
    }

    /// An answer that has a form of its own, as it is.
    public void raw(String text) {
        out.print(text);
        out.flush();
    }

    /// A sign of life while something takes long.
    public void progress(String line) {
        line.lines().map(VisibleText::of).forEach(err::println);
        err.flush();
    }

    public void problem(Problem problem) {
        if (json) {
            out.println(problem.toJson().text());
            out.flush();
            return;
        }
        // Labels and serials come from devices, and a terminal obeys what may stand in them.
        problem.lines().stream().flatMap(String::lines).map(VisibleText::of).forEach(err::println);
        if (verbose) {
            problem.technical().ifPresent(err::println);
        }
        err.flush();
    }
}
