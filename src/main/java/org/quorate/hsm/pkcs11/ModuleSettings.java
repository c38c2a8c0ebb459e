package org.quorate.hsm.pkcs11;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// How a module is reached.
///
/// @param environment all that the module host gets of an environment, such as `SOFTHSM2_CONF`
/// @param initString what some modules want in C_Initialize, such as `connector=http://127.0.0.1:12345` (YubiHSM)
/// @param functionList the function that gives the list of all others; NSS has its FIPS mode under `FC_GetFunctionList`
public record ModuleSettings(
        Path module,
        Map<String, String> environment,
        Optional<String> initString,
        String functionList,
        Deadlines deadlines) {
    public ModuleSettings {
        // The loader looks for a name without a slash in folders of its own, and would find another file than the one
        // whose digest is recorded.
        module = module.toAbsolutePath();
        environment = Map.copyOf(environment);
    }

    public static ModuleSettings of(Path module, Map<String, String> environment) {
        return new ModuleSettings(module, environment, Optional.empty(), "C_GetFunctionList", Deadlines.STANDARD);
    }

    public ModuleSettings withDeadlines(Deadlines other) {
        return new ModuleSettings(module, environment, initString, functionList, other);
    }

    public ModuleSettings withInitString(String text) {
        return new ModuleSettings(module, environment, Optional.of(text), functionList, deadlines);
    }

    public ModuleSettings withFunctionList(String function) {
        return new ModuleSettings(module, environment, initString, function, deadlines);
    }
}
