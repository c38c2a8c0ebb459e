package org.quorate.hsm;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.quorate.base.Json;

/// An object with all that its token says of it.
///
/// @param readings one for each attribute that was asked for, in the order of their numbers
public record InspectedObject(TokenObject object, List<Reading> readings) {
    public InspectedObject {
        readings = List.copyOf(readings);
    }

    public List<Reading> of(Reading.State state) {
        return readings.stream().filter(reading -> reading.state() == state).toList();
    }

    /// What is reported of `attribute`.
    public Optional<String> value(String attribute) {
        return of(Reading.State.REPORTED).stream()
                .filter(reading -> reading.attribute().equals(attribute))
                .map(Reading::value)
                .findFirst();
    }

    /// The CKA_ID in hex, also where it has not got the sixteen bytes of a ceremony's keys.
    public String id() {
        return value("CKA_ID").orElse("");
    }

    /// What key it is, such as `EC P-384` or `RSA 3072`; empty for what is no key. A generic secret that signs or
    /// verifies is an HMAC key; PKCS#11 has no better word for it.
    public Optional<String> key() {
        return value("CKA_KEY_TYPE").map(type -> {
            String family = family(type.replaceFirst("^CKK_", ""));
            if (family.equals("EC_EDWARDS")) {
                return value("CKA_EC_PARAMS").orElse(family);
            }
            Optional<String> size = switch (family) {
                case "EC" -> value("CKA_EC_PARAMS");
                case "RSA" ->
                    value("CKA_MODULUS_BITS")
                            .or(() -> value("CKA_MODULUS").map(hex -> String.valueOf(hex.length() * 4)));
                default -> value("CKA_VALUE_LEN").map(bytes -> String.valueOf(Long.parseLong(bytes) * 8));
            };
            return size.map(known -> family + " " + known).orElse(family);
        });
    }

    private String family(String type) {
        boolean authenticates =
                Stream.of("CKA_SIGN", "CKA_VERIFY").anyMatch(use -> value(use).equals(Optional.of("true")));
        return type.equals("GENERIC_SECRET") && authenticates ? "HMAC" : type;
    }

    public Json.Obj toJson() {
        return object.toJson()
                .with("cka_id", Json.of(id()))
                .with("key", key().<Json>map(Json::of).orElseGet(Json.Null::new))
                .with(
                        "attributes",
                        Json.array(readings.stream().map(Reading::toJson).toList()));
    }
}
