package org.quorate.app.founding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ceremony.Site;

/// Which tokens play which roles in the scripts of this site. Further ones are added to the profile later.
final class TokenActs {
    static final String CONSOLE = "console";
    private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    private final Asking asking;
    private final Modules modules;
    private final Map<String, Site.TokenAt> roles = new LinkedHashMap<>();
    private final List<Json> facts = new ArrayList<>();

    TokenActs(Asking asking, Modules modules, Modules.Found console) {
        this.asking = asking;
        this.modules = modules;
        roles.put(CONSOLE, at(console));
    }

    Map<String, Site.TokenAt> roles() {
        return Map.copyOf(roles);
    }

    /// What is put on record of them.
    List<Json> facts() {
        return List.copyOf(facts);
    }

    TokenActs ask() {
        while (asking.choose(
                        "more-tokens",
                        List.of(Asking.option("more-tokens", "add"), Asking.option("more-tokens", "enough")),
                        String.join(", ", roles.keySet()))
                .equals("add")) {
            String role = asking.enter("token-role", this::wrongRole);
            modules.choose("role-token", token -> !token.serial().isBlank() && isFree(token.serial()), role)
                    .ifPresent(found -> add(role, found));
        }
        return this;
    }

    private boolean isFree(String serial) {
        return roles.values().stream().noneMatch(token -> token.serial().equals(serial));
    }

    private Optional<String> wrongRole(String text) {
        if (!ROLE.matcher(text).matches()) {
            return Optional.of(Texts.get("app.founding.token-role.form"));
        }
        return roles.containsKey(text)
                ? Optional.of(Texts.get("app.founding.token-role.taken", text))
                : Optional.empty();
    }

    private void add(String role, Modules.Found found) {
        roles.put(role, at(found));
        facts.add(found.token().identity().with("role", Json.of(role)).with("module", Modules.facts(found.hsm())));
    }

    private static Site.TokenAt at(Modules.Found found) {
        return new Site.TokenAt(
                found.module(),
                found.token().serial(),
                found.token().label(),
                found.token().model(),
                Optional.empty());
    }
}
