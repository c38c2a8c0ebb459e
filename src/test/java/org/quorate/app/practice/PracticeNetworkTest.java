package org.quorate.app.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.SystemClock;
import org.quorate.app.site.SiteFolder;
import org.quorate.app.site.SiteModules;
import org.quorate.base.ProblemException;
import org.quorate.hsm.Token;

/// The practice HSMs behind servers whose cables can be pulled.
class PracticeNetworkTest {
    @TempDir
    private Path folder;

    private static List<String> serials(SiteModules modules, String role) {
        return modules.of(role).tokens().stream()
                .map(Token::info)
                .map(info -> info.serial())
                .toList();
    }

    @Test
    void cables_arePulledAndPluggedIn_eachForItself_andNothingIsLeftBehind() throws Exception {
        var site = new SiteFolder(folder.resolve("site"));
        PracticeSite.ensure(site, new SystemClock());
        List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
        String primary = site.readProfile().token("primary").serial();
        String backup = site.readProfile().token("backup").serial();
        try (SiteModules modules = PracticeNetwork.open(site)) {
            assertThat(serials(modules, "primary")).containsExactly(primary);
            assertThat(serials(modules, "backup")).containsExactly(backup);

            modules.cable("primary").orElseThrow().pull();

            assertThat(answers(modules, "primary", primary)).isFalse();
            assertThat(serials(modules, "backup")).containsExactly(backup);

            modules.cable("primary").orElseThrow().plugIn();

            assertThat(serials(modules, "primary")).containsExactly(primary);
            assertThat(modules.cable("console")).isEmpty();
        }
        for (ProcessHandle left : ProcessHandle.current().descendants().toList()) {
            if (!before.contains(left)) {
                left.onExit().get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static boolean answers(SiteModules modules, String role, String serial) {
        try {
            return serials(modules, role).contains(serial);
        } catch (ProblemException silent) {
            return false;
        }
    }
}
