package org.quorate.ledger;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;

/// A key that the ledger knows. Its id is SHA-256 of its SubjectPublicKeyInfo.
///
/// @param person the stable id of the person who holds it; a person with two cards is still one person
/// @param roles what that person may act as: officer, security_officer, witness, administrator …
/// @param certificate the certificate that came with the key
public record LedgerKey(
        Role role, Optional<String> person, List<String> roles, byte[] spki, Optional<byte[]> certificate) {

    public LedgerKey {
        roles = List.copyOf(roles);
        if (role == Role.PERSON && person.filter(p -> !p.isEmpty()).isEmpty()) {
            throw new JsonException("a key of role person names no person");
        }
        if (role != Role.PERSON && !roles.isEmpty()) {
            throw new JsonException("only a person's key has roles");
        }
    }

    public static LedgerKey ofPerson(String person, List<String> roles, byte[] spki, Optional<byte[]> certificate) {
        return new LedgerKey(Role.PERSON, Optional.of(person), roles, spki, certificate);
    }

    public static LedgerKey ofConsole(byte[] spki) {
        return new LedgerKey(Role.CONSOLE, Optional.empty(), List.of(), spki, Optional.empty());
    }

    public static LedgerKey ofDevice(byte[] spki, Optional<byte[]> certificate) {
        return new LedgerKey(Role.DEVICE, Optional.empty(), List.of(), spki, certificate);
    }

    public Digest id() {
        return Digest.of(spki);
    }

    public boolean isPerson() {
        return role == Role.PERSON;
    }

    public boolean holdsOneOf(List<String> wanted) {
        return roles.stream().anyMatch(wanted::contains);
    }

    public Json.Obj toJson() {
        return Json.obj()
                .put("id", id().hex())
                .put("role", role.wire())
                .put("person", person)
                .put("roles", Json.strings(roles))
                .put("spki", Base64Text.of(spki))
                .put("cert", certificate.map(Base64Text::of))
                .build();
    }

    /// @throws JsonException naming the member that is missing or wrong
    public static LedgerKey fromJson(Json.Obj json) {
        byte[] spki = bytes("spki", json.string("spki"));
        if (!Digest.of(spki).hex().equals(json.string("id"))) {
            throw new JsonException("the member 'id' is not SHA-256 of 'spki'");
        }
        if (!json.has("person") || !json.has("cert")) {
            throw new JsonException("the member 'person' or 'cert' is missing");
        }
        return new LedgerKey(
                Role.ofWire(json.string("role")),
                json.optionalString("person"),
                json.strings("roles"),
                spki,
                json.optionalString("cert").map(text -> bytes("cert", text)));
    }

    private static byte[] bytes(String key, String text) {
        return Base64Text.parse(text).orElseThrow(() -> new JsonException("the member '" + key + "' is not base64"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LedgerKey key && key.toJson().equals(toJson());
    }

    @Override
    public int hashCode() {
        return id().hashCode();
    }

    /// What a key is for.
    public enum Role {
        /// Signs every checkpoint; there is one.
        CONSOLE,
        /// Signs approvals and attestations for a person.
        PERSON,
        DEVICE;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Role ofWire(String wire) {
            for (Role role : values()) {
                if (role.wire().equals(wire)) {
                    return role;
                }
            }
            throw new JsonException("the member 'role' is not console, person or device");
        }
    }
}
