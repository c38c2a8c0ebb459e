package org.quorate.ledger;

import java.util.Optional;

/// How a card signs, under the names of RFC 7518; each goes with one kind of key.
public enum CosignAlgorithm {
    ES256("SHA256withECDSA", SigningKey.Kind.P256),
    ES384("SHA384withECDSA", SigningKey.Kind.P384),
    RS256("SHA256withRSA", SigningKey.Kind.RSA);

    private final String jca;
    private final SigningKey.Kind key;

    CosignAlgorithm(String jca, SigningKey.Kind key) {
        this.jca = jca;
        this.key = key;
    }

    public String jca() {
        return jca;
    }

    SigningKey.Kind key() {
        return key;
    }

    public static Optional<CosignAlgorithm> ofWire(String wire) {
        for (CosignAlgorithm algorithm : values()) {
            if (algorithm.name().equals(wire)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
