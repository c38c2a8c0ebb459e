package org.quorate.app.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Problem;
import org.quorate.ceremony.Site;
import org.quorate.ledger.TrustFile;

/// Where the things of a site lie.
public record SiteFolder(Path home) {

    public boolean exists() {
        return Files.isRegularFile(profile());
    }

    /// Whether a live site lies here, by what its profile says of itself.
    public boolean isLive() {
        return exists() && readProfile().mode() == Site.Mode.LIVE;
    }

    public Path profile() {
        return home.resolve("site.json");
    }

    public Path ledger() {
        return home.resolve("ledger.db");
    }

    public Path trust() {
        return home.resolve("trust.json");
    }

    public Path cards() {
        return home.resolve("cards");
    }

    public Path softHsmConfiguration() {
        return home.resolve("softhsm2.conf");
    }

    public Path tokens() {
        return home.resolve("tokens");
    }

    /// The PINs of practice tokens, in clear: they are no secret, and the file says so.
    public Path practicePins() {
        return home.resolve("practice-pins.json");
    }

    /// The certificate of the record key and of the authority that issued it.
    public Path recordChain() {
        return home.resolve("record-chain.pem");
    }

    /// What auditors were given when a live site was founded.
    public Path foundingRecord() {
        return home.resolve("founding.pdf");
    }

    /// The plan that the site follows, where it has chosen one.
    Path followedPlan() {
        return home.resolve("plan.json");
    }

    /// Signatures of scripts that lie where nobody may write.
    Path approvals() {
        return home.resolve("approvals");
    }

    /// What the organisation writes itself.
    public Path scripts() {
        return home.resolve("scripts");
    }

    public Path records() {
        return home.resolve("records");
    }

    /// Where the record of one ceremony lies, and everything beside it.
    public Path recordOf(UUID ceremony) {
        return records().resolve(ceremony.toString());
    }

    /// What the module of a practice site needs to know of its environment; a live site says so in its profile.
    public Map<String, String> moduleEnvironment() {
        return Files.exists(softHsmConfiguration())
                ? Map.of("SOFTHSM2_CONF", softHsmConfiguration().toString())
                : Map.of();
    }

    public Site readProfile() {
        try {
            return Site.fromJson(Json.parseObject(Files.readAllBytes(profile())));
        } catch (IOException | JsonException e) {
            throw Problem.of("app.site_unreadable", profile()).causedBy(e);
        }
    }

    public TrustFile readTrust() {
        try {
            return TrustFile.parse(Files.readAllBytes(trust()));
        } catch (IOException | JsonException e) {
            throw Problem.of("app.site_unreadable", trust()).causedBy(e);
        }
    }

    /// The default place of the practice site: under the user's data folder.
    public static SiteFolder practice(Map<String, String> environment, Path userHome) {
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = data.isBlank() ? userHome.resolve(".local/share") : Path.of(data);
        return new SiteFolder(base.resolve("quorate/practice").toAbsolutePath());
    }
}
