package org.quorate.ceremony;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Problem;

/// One place: its workstation, its HSMs and which token plays which role. People stand in the ledger, whose genesis
/// entry they signed. Holds no secret; its text is an artefact of every ceremony held there.
public record Site(String name, String organisation, String place, Mode mode, Machinery machinery) {

    public static final String FORMAT = "quorate-site/2";

    /// @param modules by a name of this site's own
    /// @param mirror a folder on a second disk that keeps the ledger once more; from the home of the site on
    /// @param cardModules libraries whose tokens are officers' cards, beside those that PC/SC readers show
    public record Machinery(
            Map<String, ModuleAt> modules,
            Map<String, TokenAt> tokens,
            Optional<String> mirror,
            List<ModuleAt> cardModules) {
        public Machinery {
            modules = Map.copyOf(modules);
            tokens = Map.copyOf(tokens);
            cardModules = List.copyOf(cardModules);
        }

        public Machinery(Map<String, ModuleAt> modules, Map<String, TokenAt> tokens, Optional<String> mirror) {
            this(modules, tokens, mirror, List.of());
        }
    }

    /// A PKCS#11 library, and how it finds its HSMs. Two HSMs on a network may share one library and differ in their
    /// environment.
    ///
    /// @param path of the library
    /// @param initString for `pReserved` of C_Initialize
    /// @param environment what the library reads of it, such as `ChrystokiConfigurationPath`; never a secret
    public record ModuleAt(String path, Optional<String> initString, Map<String, String> environment) {
        public ModuleAt {
            environment = Map.copyOf(environment);
        }

        public static ModuleAt of(String path) {
            return new ModuleAt(path, Optional.empty(), Map.of());
        }

        private Json.Obj toJson() {
            return Json.obj()
                    .put("path", path)
                    .put("init_string", initString)
                    .put("environment", Json.strings(assignments()))
                    .build();
        }

        /// `NAME=value`, as the environment of a process is written.
        private List<String> assignments() {
            return new TreeMap<>(environment)
                    .entrySet().stream()
                            .map(one -> one.getKey() + "=" + one.getValue())
                            .toList();
        }

        private static ModuleAt fromJson(Json.Obj json) {
            var environment = new TreeMap<String, String>();
            for (String assignment : json.strings("environment")) {
                int equals = assignment.indexOf('=');
                if (equals < 1) {
                    throw new JsonException("not of the form NAME=value: " + assignment);
                }
                environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
            }
            return new ModuleAt(json.string("path"), json.optionalString("init_string"), environment);
        }
    }

    public Map<String, ModuleAt> modules() {
        return machinery.modules();
    }

    public Map<String, TokenAt> tokens() {
        return machinery.tokens();
    }

    public enum Mode {
        REHEARSAL,
        LIVE;

        public String wire() {
            return this == REHEARSAL ? "rehearsal" : "live";
        }

        private static Mode ofWire(String wire) {
            return Stream.of(values())
                    .filter(mode -> mode.wire().equals(wire))
                    .findFirst()
                    .orElseThrow(() -> new JsonException("the member 'mode' is not rehearsal or live"));
        }
    }

    /// The token that plays a role here.
    ///
    /// @param module the name of the module that it is reached through
    public record TokenAt(
            String module, String serial, String label, String model, Optional<String> certificateNumber) {}

    public TokenAt token(String role) {
        TokenAt token = tokens().get(role);
        if (token == null) {
            throw Problem.of("ceremony.token_unnamed", role).asException();
        }
        return token;
    }

    /// The module of the token that plays a role here.
    public ModuleAt moduleOf(String role) {
        String name = token(role).module();
        ModuleAt module = modules().get(name);
        if (module == null) {
            throw Problem.of("ceremony.module_unnamed", name, role).asException();
        }
        return module;
    }

    /// The same place, with some of its tokens reached in another way.
    public Site with(Machinery other) {
        return new Site(name, organisation, place, mode, other);
    }

    public Json.Obj toJson() {
        Json.Builder byName = Json.obj();
        new TreeMap<>(modules()).forEach((module, at) -> byName.put(module, at.toJson()));
        Json.Builder byRole = Json.obj();
        new TreeMap<>(tokens())
                .forEach((role, token) -> byRole.put(
                        role,
                        Json.obj()
                                .put("module", token.module())
                                .put("serial", token.serial())
                                .put("label", token.label())
                                .put("model", token.model())
                                .put("certificate_number", token.certificateNumber())
                                .build()));
        return Json.obj()
                .put("format", FORMAT)
                .put("name", name)
                .put("organisation", organisation)
                .put("place", place)
                .put("mode", mode.wire())
                .put("modules", byName.build())
                .put(
                        "card_modules",
                        Json.array(machinery.cardModules().stream()
                                .map(ModuleAt::toJson)
                                .toList()))
                .put("mirror", machinery.mirror())
                .put("tokens", byRole.build())
                .build();
    }

    /// @throws JsonException where it is no site profile of this version
    public static Site fromJson(Json.Obj json) {
        if (!json.string("format").equals(FORMAT)) {
            throw new JsonException("the format is " + json.string("format") + ", and this program reads " + FORMAT);
        }
        var modules = new TreeMap<String, ModuleAt>();
        Json.Obj byName = json.object("modules");
        byName.members().keySet().forEach(name -> modules.put(name, ModuleAt.fromJson(byName.object(name))));
        var tokens = new TreeMap<String, TokenAt>();
        Json.Obj byRole = json.object("tokens");
        for (String role : byRole.members().keySet()) {
            Json.Obj token = byRole.object(role);
            tokens.put(
                    role,
                    new TokenAt(
                            token.string("module"),
                            token.string("serial"),
                            token.string("label"),
                            token.string("model"),
                            token.optionalString("certificate_number")));
        }
        return new Site(
                json.string("name"),
                json.string("organisation"),
                json.string("place"),
                Mode.ofWire(json.string("mode")),
                new Machinery(modules, tokens, json.optionalString("mirror"), cardModules(json)));
    }

    /// Profiles of sites without any have no such member.
    private static List<ModuleAt> cardModules(Json.Obj json) {
        return json.has("card_modules")
                ? json.objects("card_modules").stream().map(ModuleAt::fromJson).toList()
                : List.of();
    }

    public List<String> roles() {
        return tokens().keySet().stream().sorted().toList();
    }
}
