package org.quorate.app.founding;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.quorate.app.site.MakersModule;
import org.quorate.app.site.SiteFolder;
import org.quorate.app.site.SiteModules;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Texts;
import org.quorate.base.VisibleText;
import org.quorate.ceremony.Question;
import org.quorate.ceremony.Site;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.ModuleInfo;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.VendorProfile;
import org.quorate.hsm.vendor.VendorProfiles;

/// The PKCS#11 modules that people name, each opened once, and the tokens that they choose in them.
final class Modules implements AutoCloseable {
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final String OTHER = "other";
    private static final String WITHOUT_PROTECTION = "softhsm";

    private final SiteFolder folder;
    private final Asking asking;
    private final Map<String, Site.ModuleAt> named = new LinkedHashMap<>();
    private final Map<String, Hsm> open = new LinkedHashMap<>();

    /// A token in a module, by the name that the site profile will have for it.
    record Found(String module, Hsm hsm, TokenInfo token) {}

    Modules(SiteFolder folder, Asking asking) {
        this.folder = folder;
        this.asking = asking;
    }

    Map<String, Site.ModuleAt> named() {
        return Map.copyOf(named);
    }

    /// Asks for a module, unless people want one that was named before, and for a token in it.
    ///
    /// @param question what the token is for: the name of the question
    /// @param wanted which tokens are offered
    Optional<Found> choose(String question, Predicate<TokenInfo> wanted, Object... values) {
        String module = open.isEmpty() ? add() : chooseModule();
        Hsm hsm = open.get(module);
        if (hsm == null) {
            throw new IllegalStateException("a module that was named is open");
        }
        var options = new ArrayList<Question.Option>();
        for (Token token : hsm.tokens()) {
            if (wanted.test(token.info())) {
                options.add(option(token.info()));
            }
        }
        options.add(Asking.option("token", OTHER));
        String chosen = asking.choose(question, options, values);
        return hsm.tokens().stream()
                .map(Token::info)
                .filter(token -> slot(token).equals(chosen))
                .findFirst()
                .map(token -> new Found(module, hsm, token));
    }

    private static Question.Option option(TokenInfo token) {
        return new Question.Option(
                slot(token),
                token.serial().isBlank()
                        ? Asking.text("token.unnumbered", token.slot())
                        : Asking.text("token.serial", VisibleText.of(token.serial())),
                Asking.text(
                        token.initialised() ? "token.in_use" : "token.empty",
                        VisibleText.of(token.label()),
                        VisibleText.of(token.manufacturer()),
                        VisibleText.of(token.model())));
    }

    private static String slot(TokenInfo token) {
        return "slot-" + token.slot();
    }

    private String chooseModule() {
        var options = new ArrayList<Question.Option>();
        named.forEach((name, at) -> options.add(new Question.Option(name, name, at.path())));
        options.add(Asking.option("module-again", OTHER));
        String chosen = asking.choose("module-again", options);
        return chosen.equals(OTHER) ? add() : chosen;
    }

    /// Asks until a module opens.
    private String add() {
        while (true) {
            Site.ModuleAt at = ask();
            asking.working("module");
            try {
                Hsm hsm = MakersModule.open(SiteModules.settings(folder, at));
                String name = nameOf(hsm.module());
                named.put(name, at);
                open.put(name, hsm);
                if (!isProtected(hsm.module())) {
                    accept(hsm.module());
                }
                return name;
            } catch (ProblemException e) {
                if (e.problem().id().startsWith("app.founding.")) {
                    throw e;
                }
                asking.notice(e.problem());
            }
        }
    }

    /// SoftHSM may be used, and the founding says what it is.
    private void accept(ModuleInfo module) {
        asking.confirm("no-protection", List.of(), module.path()).ifPresent(reason -> {
            throw Problem.of("app.founding.stopped", reason).asException();
        });
    }

    Site.ModuleAt ask() {
        String path = asking.enter(
                "module",
                text -> Files.isReadable(Path.of(text))
                        ? Optional.empty()
                        : Optional.of(Texts.get("app.founding.module.unreadable", text)));
        String needs = asking.choose(
                "module-needs",
                List.of(
                        Asking.option("module-needs", "nothing"),
                        Asking.option("module-needs", "environment"),
                        Asking.option("module-needs", "init_string")));
        return switch (needs) {
            case "environment" ->
                new Site.ModuleAt(
                        path,
                        Optional.empty(),
                        assignments(asking.enter("module-environment", Modules::wrongAssignments)));
            case "init_string" -> new Site.ModuleAt(path, Optional.of(asking.enter("module-init-string")), Map.of());
            default -> Site.ModuleAt.of(path);
        };
    }

    private static Optional<String> wrongAssignments(String text) {
        return assignments(text).isEmpty()
                ? Optional.of(Texts.get("app.founding.module-environment.wrong"))
                : Optional.empty();
    }

    /// `NAME=value NAME=value`; empty where it is not of that form.
    static Map<String, String> assignments(String text) {
        var found = new TreeMap<String, String>();
        for (String one : SPACES.split(text.strip(), -1)) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                return Map.of();
            }
            found.put(one.substring(0, equals), one.substring(equals + 1));
        }
        return found;
    }

    private String nameOf(ModuleInfo module) {
        String base = VendorProfiles.of(module).map(VendorProfile::id).orElse("hsm");
        String name = base;
        for (int i = 2; named.containsKey(name); i++) {
            name = base + "-" + i;
        }
        return name;
    }

    /// What is known of the maker's devices, for the first entry: SoftHSM is called what it is.
    static Json.Obj facts(Hsm hsm) {
        ModuleInfo module = hsm.module();
        Optional<VendorProfile> profile = VendorProfiles.of(module);
        return module.toJson()
                .with(
                        "vendor_profile",
                        profile.map(known -> Json.of(known.title())).orElse(Json.of("")))
                .with("protection", Json.of(isProtected(module) ? "as_the_maker_says" : "none"));
    }

    static boolean isProtected(ModuleInfo module) {
        return VendorProfiles.of(module)
                .filter(profile -> profile.id().equals(WITHOUT_PROTECTION))
                .isEmpty();
    }

    @Override
    public void close() {
        open.values().forEach(Hsm::close);
    }
}
