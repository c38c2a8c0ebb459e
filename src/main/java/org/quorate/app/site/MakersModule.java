package org.quorate.app.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Texts;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.VendorProfile;
import org.quorate.hsm.pkcs11.ModuleSettings;
import org.quorate.hsm.pkcs11.Pkcs11Hsm;
import org.quorate.hsm.vendor.VendorProfiles;

/// Opens a module with what is known of its maker: the init string that it wants where nobody gives one, and what it
/// reads of its environment, for when it does not start.
public final class MakersModule {
    private MakersModule() {}

    /// @throws ProblemException where it cannot be used
    public static Hsm open(ModuleSettings settings) {
        Optional<VendorProfile> profile =
                VendorProfiles.ofFile(settings.module().toString());
        try {
            return Pkcs11Hsm.open(withInitString(settings, profile));
        } catch (ProblemException e) {
            Optional<VendorProfile.Variable> first = profile.filter(
                            known -> e.problem().id().equals("hsm.not_initialised"))
                    .flatMap(known -> known.module().environment().stream().findFirst());
            throw first.map(variable -> notConfigured(settings, variable, e).asException())
                    .orElse(e);
        }
    }

    static ModuleSettings withInitString(ModuleSettings settings, Optional<VendorProfile> profile) {
        return settings.initString()
                .or(() -> profile.flatMap(known -> known.initString(settings.environment())))
                .map(settings::withInitString)
                .orElse(settings);
    }

    private static Problem notConfigured(
            ModuleSettings settings, VendorProfile.Variable variable, ProblemException refused) {
        Optional<String> value = Optional.ofNullable(settings.environment().get(variable.name()));
        String state = value.map(set -> Texts.get(
                        set.startsWith("/") && !Files.exists(Path.of(set))
                                ? "app.module.nothing_there"
                                : "app.module.set",
                        set))
                .orElseGet(() -> Texts.get("app.module.not_set"));
        return Problem.of("app.module_not_configured", settings.module(), variable.name(), variable.holds(), state)
                .withTechnical(refused.problem().cause());
    }
}
