package org.quorate.app.site;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.ceremony.Hsms;
import org.quorate.ceremony.Site;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.IndependentWitness;
import org.quorate.hsm.pkcs11.ModuleSettings;
import org.quorate.hsm.pkcs11.SunWitness;

/// The modules of one site, each in a process of its own, started when the first token in it is asked for.
public final class SiteModules implements Hsms, AutoCloseable {
    private final SiteFolder folder;
    private final Site site;
    private final Map<String, PracticeCable> cables;
    private final Map<String, Hsm> open = new HashMap<>();

    public SiteModules(SiteFolder folder, Site site) {
        this(folder, site, Map.of());
    }

    /// @param cables of practice HSMs on a network, by the role of their token; pulled at the end
    public SiteModules(SiteFolder folder, Site site, Map<String, ? extends PracticeCable> cables) {
        this.folder = folder;
        this.site = site;
        this.cables = Map.copyOf(cables);
    }

    /// How the HSMs of a site are reached.
    @FunctionalInterface
    public interface Supply {
        /// As the site profile says.
        Supply AS_WRITTEN = folder -> new SiteModules(folder, folder.readProfile());

        SiteModules open(SiteFolder folder);
    }

    /// The site with its modules, as ceremonies here know it.
    public Site site() {
        return site;
    }

    /// How the module of a token is reached.
    public static ModuleSettings settings(SiteFolder folder, Site.ModuleAt module) {
        var environment = new HashMap<>(folder.moduleEnvironment());
        environment.putAll(module.environment());
        ModuleSettings settings = ModuleSettings.of(Path.of(module.path()), environment);
        return module.initString().map(settings::withInitString).orElse(settings);
    }

    @Override
    public synchronized Hsm of(String tokenRole) {
        Site.ModuleAt module = site.moduleOf(tokenRole);
        return open.computeIfAbsent(
                site.token(tokenRole).module(), name -> MakersModule.open(settings(folder, module)));
    }

    @Override
    public IndependentWitness witness(String tokenRole) {
        return new SunWitness(settings(folder, site.moduleOf(tokenRole)));
    }

    @Override
    public Optional<PracticeCable> cable(String tokenRole) {
        return Optional.ofNullable(cables.get(tokenRole));
    }

    /// Each line begins with the name of its module where the site has several.
    @Override
    public synchronized List<String> drainCallLog() {
        var lines = new ArrayList<String>();
        open.forEach((name, hsm) ->
                hsm.drainCallLog().forEach(line -> lines.add(site.modules().size() > 1 ? name + " " + line : line)));
        return lines;
    }

    @Override
    public synchronized void close() {
        open.values().forEach(Hsm::close);
        open.clear();
        cables.values().forEach(PracticeCable::pull);
    }
}
