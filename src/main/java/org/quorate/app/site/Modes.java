package org.quorate.app.site;

import java.nio.file.Files;
import org.quorate.base.Problem;
import org.quorate.ceremony.Site;
import org.quorate.ledger.Genesis;

/// Live and rehearsal sites are never mixed: whoever opens one says which kind they mean, the profile says which kind
/// it is, and the first entry, which the founders signed, has the last word.
final class Modes {
    private Modes() {}

    static void requireProfile(SiteFolder folder, Site.Mode wanted) {
        Site.Mode said = folder.readProfile().mode();
        if (said != wanted) {
            throw Problem.of(said == Site.Mode.LIVE ? "app.site.is_live" : "app.site.is_rehearsal", folder.home())
                    .asException();
        }
        if (said == Site.Mode.LIVE && Files.exists(folder.practicePins())) {
            throw Problem.of("app.site.practice_pins", folder.practicePins()).asException();
        }
    }

    static void requireGenesis(SiteFolder folder, Site.Mode said, Genesis genesis) {
        if (!genesis.mode().wire().equals(said.wire())) {
            throw Problem.of(
                            "app.site.mode_differs",
                            folder.profile(),
                            said.wire(),
                            genesis.mode().wire())
                    .asException();
        }
    }
}
