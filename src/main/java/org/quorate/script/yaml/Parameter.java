package org.quorate.script.yaml;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quorate.script.yaml.References.Of;

/// A value at the head of the script that steps name as `$name`, so that what a certificate authority fills in
/// stands in one place. A list is what `for_each` goes through.
record Parameter(Type type, Node.Scalar value, List<Node.Scalar> items) {
    Parameter {
        items = List.copyOf(items);
    }

    Parameter(Type type, Node.Scalar value) {
        this(type, value, List.of());
    }

    enum Type {
        STRING,
        INTEGER,
        DISTINGUISHED_NAME,
        LIST_OF_STRING,
        LIST_OF_INTEGER,
        LIST_OF_ROLE,
        LIST_OF_QUORUM,
        LIST_OF_TOKEN,
        LIST_OF_KEY;

        String wire() {
            String name = name().toLowerCase(Locale.ROOT);
            return isList() ? name.replace('_', ' ') : name;
        }

        boolean isList() {
            return name().startsWith("LIST_");
        }

        /// What the items of a list must be names of, where they are names.
        Optional<Of> names() {
            return switch (this) {
                case LIST_OF_ROLE -> Optional.of(Of.ROLE);
                case LIST_OF_QUORUM -> Optional.of(Of.QUORUM);
                case LIST_OF_TOKEN -> Optional.of(Of.TOKEN);
                case LIST_OF_KEY -> Optional.of(Of.KEY);
                case STRING, INTEGER, DISTINGUISHED_NAME, LIST_OF_STRING, LIST_OF_INTEGER -> Optional.empty();
            };
        }

        static Optional<Type> ofWire(String text) {
            for (Type type : values()) {
                if (type.wire().equals(text)) {
                    return Optional.of(type);
                }
            }
            return Optional.empty();
        }

        static String all() {
            return Stream.of(values()).map(Type::wire).collect(Collectors.joining(", "));
        }
    }
}
