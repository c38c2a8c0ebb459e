package org.quorate.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.quorate.app.site.SiteFolder;
import org.quorate.app.site.SiteModules;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.base.VisibleText;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.InspectedObject;
import org.quorate.hsm.Mechanism;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.TokenState;
import org.quorate.hsm.pkcs11.ModuleSettings;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `quorate inventory`: which tokens a module shows and what lies on them; with `--admit`, whether a token is to be
/// trusted.
@CommandLine.Command(name = "inventory")
public final class InventoryCommand extends Command {
    private final Function<ModuleSettings, Hsm> modules;
    private final SiteFolder defaultHome;
    private final Function<String, Secret> typed;

    @Option(names = "--module", paramLabel = "PATH")
    private Optional<Path> module = Optional.empty();

    @Option(names = "--site", paramLabel = "DIR")
    private Optional<Path> site = Optional.empty();

    @Option(names = "--init-string", paramLabel = "TEXT")
    private Optional<String> initString = Optional.empty();

    @Option(names = "--token", paramLabel = "LABEL")
    private Optional<String> label = Optional.empty();

    @Option(names = "--serial", paramLabel = "SERIAL")
    private Optional<String> serial = Optional.empty();

    @Option(names = "--login")
    private boolean login;

    @Option(names = "--csv")
    private boolean csv;

    @Option(names = "--admit")
    private boolean admit;

    @Option(names = "--no-login")
    private boolean noLogin;

    @Option(names = "--lock", paramLabel = "SERIAL")
    private Optional<String> lock = Optional.empty();

    /// @param typed asks a person for a secret
    public InventoryCommand(
            Function<ModuleSettings, Hsm> modules, SiteFolder defaultHome, Function<String, Secret> typed) {
        this.modules = modules;
        this.defaultHome = defaultHome;
        this.typed = typed;
    }

    @Override
    protected Exit run(Output output) {
        refuseContradictions(output);
        List<ModuleSettings> places = places();
        if (places.size() > 1 && (admit || login)) {
            throw misuse(Texts.get("app.inventory.one_module", places.size()));
        }
        if (!admit) {
            return list(places, output);
        }
        try (Hsm hsm = modules.apply(places.getFirst())) {
            Token token = theOne(hsm);
            var report = new AdmissionReport(hsm, token.info());
            return report.make(loginFor(token, !noLogin), lock.isPresent(), output);
        }
    }

    private void refuseContradictions(Output output) {
        if (module.isPresent() && site.isPresent()) {
            throw misuse(Texts.get("app.inventory.one_of", "--module", "--site"));
        }
        if (label.isPresent() && serial.isPresent()) {
            throw misuse(Texts.get("app.inventory.one_of", "--token", "--serial"));
        }
        if (csv && output.json()) {
            throw misuse(Texts.get("app.inventory.one_of", "--csv", "--json"));
        }
        if (admit && csv) {
            throw misuse(Texts.get("app.inventory.one_of", "--admit", "--csv"));
        }
        if (login && noLogin) {
            throw misuse(Texts.get("app.inventory.one_of", "--login", "--no-login"));
        }
        if (!admit && (noLogin || lock.isPresent())) {
            throw misuse(Texts.get("app.inventory.only_admit"));
        }
        if (lock.isPresent() && (noLogin || !lock.equals(serial))) {
            throw misuse(Texts.get("app.inventory.lock"));
        }
    }

    /// The module that is named, or all of the site in the order of their names.
    private List<ModuleSettings> places() {
        if (module.isPresent()) {
            return List.of(with(ModuleSettings.of(module.get(), System.getenv())));
        }
        SiteFolder folder =
                site.map(path -> new SiteFolder(path.toAbsolutePath())).orElse(defaultHome);
        return new TreeMap<>(folder.readProfile().modules())
                .values().stream()
                        .map(at -> with(SiteModules.settings(folder, at)))
                        .toList();
    }

    private ModuleSettings with(ModuleSettings settings) {
        return initString.map(settings::withInitString).orElse(settings);
    }

    /// All tokens, or the one that is named, if it is there.
    private List<Token> tokens(Hsm hsm) {
        if (serial.isPresent()) {
            return hsm.bySerial(serial.get()).stream().toList();
        }
        return label.isPresent() ? hsm.byLabel(label.get()).stream().toList() : hsm.tokens();
    }

    private void requireNamed(boolean found) {
        serial.or(() -> label).filter(name -> !found).ifPresent(name -> {
            throw Problem.of("hsm.no_such_token", VisibleText.of(name)).asException();
        });
    }

    /// The token to be attacked is named, unless there is only one.
    private Token theOne(Hsm hsm) {
        List<Token> there = tokens(hsm);
        requireNamed(!there.isEmpty());
        List<Token> candidates =
                there.stream().filter(token -> token.info().initialised()).toList();
        if (candidates.size() != 1) {
            throw misuse(Texts.get("app.inventory.which", candidates.size()));
        }
        return candidates.getFirst();
    }

    private Token.Login loginFor(Token token, boolean wanted) {
        TokenInfo info = token.info();
        if (!wanted || info.states().contains(TokenState.NO_USER_PIN)) {
            return new Token.Login.None();
        }
        return new Token.Login.User(
                info.hasPinPad()
                        ? Secret.ofBytes(new byte[0])
                        : typed.apply(Texts.get(
                                "app.inventory.pin", VisibleText.of(info.label()), VisibleText.of(info.serial()))));
    }

    /// One module, or one token, that cannot be looked at does not keep the others from being listed.
    private Exit list(List<ModuleSettings> places, Output output) {
        var pages = new ArrayList<InventoryPage>();
        var silent = new ArrayList<InventoryPage.Silent>();
        for (ModuleSettings place : places) {
            try (Hsm hsm = modules.apply(place)) {
                pages.add(page(hsm));
            } catch (ProblemException e) {
                if (places.size() == 1) {
                    throw e;
                }
                silent.add(new InventoryPage.Silent(place.module().toString(), e.problem()));
            }
        }
        requireNamed(!silent.isEmpty()
                || pages.stream().anyMatch(page -> !page.tokens().isEmpty()));
        List<Problem> problems = Stream.concat(
                        silent.stream().map(InventoryPage.Silent::problem),
                        pages.stream().flatMap(InventoryPage::problems))
                .toList();
        if (csv) {
            output.raw(InventoryPage.csv(pages));
            problems.forEach(output::problem);
        } else {
            answer(pages, silent, output);
        }
        return problems.isEmpty() ? Exit.DONE : Exit.FAILED;
    }

    private static void answer(List<InventoryPage> pages, List<InventoryPage.Silent> silent, Output output) {
        Stream<Json> forPrograms = Stream.concat(
                pages.stream().map(InventoryPage::toJson), silent.stream().map(InventoryPage.Silent::toJson));
        Stream<String> forPeople = Stream.concat(
                pages.stream().flatMap(page -> page.lines().stream()),
                silent.stream().flatMap(module -> module.lines().stream()));
        output.answer(
                Json.obj().put("modules", Json.array(forPrograms.toList())).build(), forPeople.toList());
    }

    private InventoryPage page(Hsm hsm) {
        List<Token> tokens = tokens(hsm);
        if (login && tokens.size() != 1) {
            throw misuse(Texts.get("app.inventory.which", tokens.size()));
        }
        var found = new ArrayList<InventoryPage.Found>();
        for (Token token : tokens) {
            found.add(found(token));
        }
        return new InventoryPage(hsm.module(), hsm.extensions(), hsm.emptySlots(), found);
    }

    private InventoryPage.Found found(Token token) {
        try {
            List<Mechanism> mechanisms = token.info().initialised() ? token.mechanisms() : List.of();
            return new InventoryPage.Found(token.info(), mechanisms, objects(token), Optional.empty());
        } catch (ProblemException e) {
            if (serial.isPresent() || label.isPresent()) {
                throw e;
            }
            return new InventoryPage.Found(token.info(), List.of(), List.of(), Optional.of(e.problem()));
        }
    }

    private List<InspectedObject> objects(Token token) {
        if (!token.info().initialised()) {
            return List.of();
        }
        Token.Login who = loginFor(token, login);
        try (TokenSession session = token.open(who).orThrow()) {
            return session.inspect(Set.of());
        } finally {
            AdmissionReport.wipe(who);
        }
    }
}
