package org.quorate.script.yaml;

import java.util.Locale;
import java.util.Optional;

/// A value at the head of the script that steps name as `$name`, so that what a certificate authority fills in
/// stands in one place.
record Parameter(Type type, Node.Scalar value) {

    enum Type {
        STRING,
        INTEGER,
        DISTINGUISHED_NAME;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Type> ofWire(String text) {
            for (Type type : values()) {
                if (type.wire().equals(text)) {
                    return Optional.of(type);
                }
            }
            return Optional.empty();
        }
    }
}
