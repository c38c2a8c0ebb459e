package org.quorate.ceremony.x509;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A certificate that counts no more.
public record Revoked(BigInteger serial, Instant since, Reason reason) {

    /// Those reasons of RFC 5280, section 5.3.1, that are for good.
    public enum Reason {
        UNSPECIFIED(0),
        KEY_COMPROMISE(1),
        CA_COMPROMISE(2),
        AFFILIATION_CHANGED(3),
        SUPERSEDED(4),
        CESSATION_OF_OPERATION(5),
        PRIVILEGE_WITHDRAWN(9);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Reason> ofWire(String text) {
            return Stream.of(values()).filter(one -> one.wire().equals(text)).findFirst();
        }

        static Optional<Reason> ofCode(int code) {
            return Stream.of(values()).filter(one -> one.code == code).findFirst();
        }
    }

    /// Whether a serial is on a list already.
    public static boolean isAmong(List<Revoked> all, BigInteger serial) {
        return all.stream().anyMatch(one -> one.serial().equals(serial));
    }
}
