package org.quorate.app.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.ceremony.Site;
import org.quorate.hsm.SoftHsm;

/// Two HSMs of one kind, each with tokens of its own.
class SiteModulesTest {
    @TempDir
    private Path home;

    private SiteModules modules(SoftHsm... hsms) {
        var modules = new TreeMap<String, Site.ModuleAt>();
        var tokens = new TreeMap<String, Site.TokenAt>();
        for (SoftHsm hsm : hsms) {
            String name = "hsm-" + (modules.size() + 1);
            modules.put(
                    name,
                    new Site.ModuleAt(SoftHsm.MODULE.toString(), Optional.empty(), SoftHsm.environment(hsm.folder())));
            tokens.put("role_" + modules.size(), new Site.TokenAt(name, "S", "one", "SoftHSM v2", Optional.empty()));
        }
        var site = new Site(
                "Site",
                "Organisation",
                "Room",
                Site.Mode.REHEARSAL,
                new Site.Machinery(Map.copyOf(modules), Map.copyOf(tokens), Optional.empty()));
        return new SiteModules(new SiteFolder(home), site);
    }

    private static List<String> serials(SiteModules modules, String role) {
        return modules.of(role).tokens().stream()
                .filter(token -> token.info().initialised())
                .map(token -> token.info().serial())
                .toList();
    }

    @Test
    void severalModules_areReachedByTheirTokens_andNamedInTheCallLog() {
        try (SoftHsm first = SoftHsm.with("one");
                SoftHsm second = SoftHsm.with("one");
                SiteModules modules = modules(first, second)) {
            List<String> there = serials(modules, "role_1");
            List<String> here = serials(modules, "role_2");

            assertThat(there).hasSize(1).doesNotContainAnyElementsOf(here);
            assertThat(here).hasSize(1);
            List<String> log = modules.drainCallLog();
            assertThat(log).allMatch(line -> line.startsWith("hsm-1 ") || line.startsWith("hsm-2 "));
            assertThat(log).anyMatch(line -> line.startsWith("hsm-1 ") && line.contains("C_GetTokenInfo"));
            assertThat(log).anyMatch(line -> line.startsWith("hsm-2 ") && line.contains("C_GetTokenInfo"));
            assertThat(modules.drainCallLog()).isEmpty();
        }
    }

    @Test
    void oneModule_needsNoName() {
        try (SoftHsm only = SoftHsm.with("one");
                SiteModules modules = modules(only)) {
            serials(modules, "role_1");

            assertThat(modules.drainCallLog()).isNotEmpty().noneMatch(line -> line.startsWith("hsm-1 "));
        }
    }
}
