package org.quorate.hsm.pkcs11;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.quorate.Gcc;
import org.quorate.hsm.SoftHsm;

/// A module in front of SoftHSM that does what a test plans, once (`shim.c`).
final class Shim {
    private final Path library;
    private final Path plan;

    Shim(Path folder) throws Exception {
        library = Gcc.library(folder, Shim.class, "shim");
        plan = folder.resolve("plan");
    }

    /// To be reached from another process.
    Shim(Path library, Path plan) {
        this.library = library;
        this.plan = plan;
    }

    Path library() {
        return library;
    }

    Path plan() {
        return plan;
    }

    /// In front of the SoftHSM in `tokens`.
    ///
    /// @param lies what it says of its tokens, such as `SHIM_SERIAL`
    ModuleSettings settings(Path tokens, Map<String, String> lies) {
        var environment = new HashMap<>(SoftHsm.environment(tokens));
        environment.put("SHIM_TARGET", SoftHsm.MODULE.toString());
        environment.put("SHIM_PLAN", plan.toString());
        environment.putAll(lies);
        return ModuleSettings.of(library, environment);
    }

    /// At its `call`th call from now on, `function` does `act` once.
    void plan(String function, int call, String act, long number) {
        try {
            Path next = Files.writeString(
                    plan.resolveSibling("next"), "%d %d %s %d".formatted(Abi.index(function), call, act, number));
            Files.move(next, plan, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the planned call never came.
    boolean waits() {
        return Files.exists(plan);
    }

    /// There is nothing to be done any more.
    void forget() {
        try {
            Files.deleteIfExists(plan);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
