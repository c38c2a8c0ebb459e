package org.quorate.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ceremony.Site;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `quorate inventory`: which tokens a module shows, and what can be seen on them without a login.
@CommandLine.Command(name = "inventory")
public final class InventoryCommand extends Command {
    private final BiFunction<Path, Map<String, String>, Hsm> modules;
    private final SiteFolder defaultHome;

    @Option(names = "--module", paramLabel = "PATH")
    private Optional<Path> module = Optional.empty();

    @Option(names = "--site", paramLabel = "DIR")
    private Optional<Path> site = Optional.empty();

    public InventoryCommand(BiFunction<Path, Map<String, String>, Hsm> modules, SiteFolder defaultHome) {
        this.modules = modules;
        this.defaultHome = defaultHome;
    }

    @Override
    protected Exit run(Output output) {
        if (module.isPresent() && site.isPresent()) {
            throw misuse(Texts.get("app.inventory.one_of"));
        }
        var tokens = new ArrayList<Json>();
        var lines = new ArrayList<String>();
        try (Hsm hsm = open()) {
            lines.add(hsm.module().description() + "  " + hsm.module().path());
            for (Token token : hsm.tokens()) {
                List<TokenObject> objects = visible(token);
                tokens.add(token.info()
                        .toJson()
                        .with(
                                "objects",
                                Json.array(objects.stream()
                                        .map(TokenObject::toJson)
                                        .toList())));
                lines.add(line(token.info()));
                objects.forEach(object -> lines.add("  " + line(object)));
            }
            output.answer(
                    Json.obj()
                            .put("module", hsm.module().toJson())
                            .put("tokens", Json.array(tokens))
                            .build(),
                    lines);
        }
        return Exit.DONE;
    }

    private Hsm open() {
        if (module.isPresent()) {
            return modules.apply(module.get(), System.getenv());
        }
        SiteFolder folder =
                site.map(path -> new SiteFolder(path.toAbsolutePath())).orElse(defaultHome);
        Site profile = folder.readProfile();
        return modules.apply(Path.of(profile.modulePath()), folder.moduleEnvironment());
    }

    private static List<TokenObject> visible(Token token) {
        if (!token.info().initialised()) {
            return List.of();
        }
        try (TokenSession session = token.open(new Token.Login.None()).orThrow()) {
            return session.objects();
        }
    }

    private static String line(TokenInfo info) {
        return info.initialised()
                ? Texts.get("app.inventory.token", info.slot(), info.label(), info.model(), info.serial())
                : Texts.get("app.inventory.uninitialised", info.slot(), info.model());
    }

    private static String line(TokenObject object) {
        return Texts.get(
                "app.inventory.object",
                object.kind().cko(),
                object.label(),
                object.id().map(Object::toString).orElse("-"));
    }
}
