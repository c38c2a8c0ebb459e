package org.quorate.app.bench;

import java.util.List;
import java.util.function.Consumer;
import org.quorate.base.Json;

/// One thing that can be measured.
public interface Bench {
    /// What people call it by: `quorate bench NAME`.
    String name();

    /// Measures `runs` times; `progress` is told what happens meanwhile.
    Result measure(int runs, Consumer<String> progress);

    /// @param figures what was measured, its unit in each key
    /// @param lines the same for people
    /// @param kept whether the stated limit is kept
    record Result(Json.Obj figures, List<String> lines, boolean kept) {
        public Result {
            lines = List.copyOf(lines);
        }
    }
}
