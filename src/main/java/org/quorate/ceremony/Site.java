package org.quorate.ceremony;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.quorate.base.Json;
import org.quorate.base.Problem;

/// One place: its workstation, its HSMs and which token plays which role. People stand in the ledger, whose genesis
/// entry they signed. Holds no secret; its text is an artefact of every ceremony held there.
///
public record Site(String name, String organisation, String place, Mode mode, Machinery machinery) {

    /// @param modulePath the PKCS#11 library
    /// @param mirror a folder on a second disk that keeps the ledger once more; from the home of the site on
    public record Machinery(String modulePath, Map<String, TokenAt> tokens, Optional<String> mirror) {
        public Machinery {
            tokens = Map.copyOf(tokens);
        }
    }

    public String modulePath() {
        return machinery.modulePath();
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
    }

    /// The token that plays a role here.
    public record TokenAt(String serial, String label, String model, Optional<String> certificateNumber) {}

    public TokenAt token(String role) {
        TokenAt token = tokens().get(role);
        if (token == null) {
            throw Problem.of("ceremony.token_unnamed", role).asException();
        }
        return token;
    }

    public Json.Obj toJson() {
        Json.Builder byRole = Json.obj();
        new TreeMap<>(tokens())
                .forEach((role, token) -> byRole.put(
                        role,
                        Json.obj()
                                .put("serial", token.serial())
                                .put("label", token.label())
                                .put("model", token.model())
                                .put("certificate_number", token.certificateNumber())
                                .build()));
        return Json.obj()
                .put("format", "quorate-site/1")
                .put("name", name)
                .put("organisation", organisation)
                .put("place", place)
                .put("mode", mode.wire())
                .put("module", modulePath())
                .put("mirror", machinery.mirror())
                .put("tokens", byRole.build())
                .build();
    }

    public static Site fromJson(Json.Obj json) {
        var tokens = new TreeMap<String, TokenAt>();
        Json.Obj byRole = json.object("tokens");
        for (String role : byRole.members().keySet()) {
            Json.Obj token = byRole.object(role);
            tokens.put(
                    role,
                    new TokenAt(
                            token.string("serial"),
                            token.string("label"),
                            token.string("model"),
                            token.optionalString("certificate_number")));
        }
        return new Site(
                json.string("name"),
                json.string("organisation"),
                json.string("place"),
                json.string("mode").equals("live") ? Mode.LIVE : Mode.REHEARSAL,
                new Machinery(json.string("module"), tokens, json.optionalString("mirror")));
    }

    public List<String> roles() {
        return tokens().keySet().stream().sorted().toList();
    }
}
