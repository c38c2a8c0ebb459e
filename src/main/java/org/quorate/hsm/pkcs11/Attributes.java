package org.quorate.hsm.pkcs11;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What a token reported of one object; what it did not report is empty.
record Attributes(List<Cryptoki.Attr> reported) {

    Optional<byte[]> bytes(long type) {
        // No stream: a token may have thousands of objects.
        for (Cryptoki.Attr attribute : reported) {
            if (attribute.type() == type) {
                return Optional.of(attribute.value());
            }
        }
        return Optional.empty();
    }

    Optional<Boolean> flag(long type) {
        return bytes(type).filter(value -> value.length == 1).map(value -> value[0] != 0);
    }

    Optional<Long> number(long type) {
        return bytes(type)
                .filter(value -> value.length == Long.BYTES)
                .map(value ->
                        ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getLong());
    }

    String text(long type) {
        return bytes(type)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .orElse("");
    }
}
