package org.quorate.app.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.hsm.PinKind;

/// The PINs of the practice tokens. They stand in clear in the site's folder because they protect nothing; the file
/// says so, and nothing of a live site is ever written there.
public final class PracticePins {
    private final Json.Obj tokens;

    private PracticePins(Json.Obj tokens) {
        this.tokens = tokens;
    }

    public static PracticePins invent(List<String> roles, SecureRandom random) {
        Json.Builder tokens = Json.obj();
        for (String role : roles) {
            tokens.put(
                    role,
                    Json.obj()
                            .put("so", digits(random))
                            .put("user", digits(random))
                            .build());
        }
        return new PracticePins(tokens.build());
    }

    public static PracticePins read(Path file) {
        try {
            return new PracticePins(Json.parseObject(Files.readAllBytes(file)).object("tokens"));
        } catch (IOException | JsonException e) {
            throw Problem.of("app.site_unreadable", file).causedBy(e);
        }
    }

    public Json.Obj toJson() {
        return Json.obj()
                .put("note", "Practice PINs for rehearsals. They protect nothing and are no secret.")
                .put("tokens", tokens)
                .build();
    }

    public Optional<String> of(String role, PinKind kind) {
        return tokens.optionalObject(role).map(pins -> pins.string(kind == PinKind.USER ? "user" : "so"));
    }

    public Secret require(String role, PinKind kind) {
        return of(role, kind).map(pin -> Secret.ofChars(pin.toCharArray())).orElseThrow();
    }

    private static String digits(SecureRandom random) {
        return "%08d".formatted(random.nextInt(100_000_000));
    }
}
