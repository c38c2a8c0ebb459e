package org.quorate.card.piv;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/// The algorithm of a key as PIV numbers it (SP 800-78-5, table 9).
enum PivAlgorithm {
    RSA_3072(0x05, 384),
    RSA_2048(0x07, 256),
    P256(0x11, 32),
    P384(0x14, 48);

    private final int reference;
    private final int bytes;

    PivAlgorithm(int reference, int bytes) {
        this.reference = reference;
        this.bytes = bytes;
    }

    /// Empty where PIV knows no such key, or none that is strong enough.
    static Optional<PivAlgorithm> of(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec ->
                switch (ec.getParams().getOrder().bitLength()) {
                    case 256 -> Optional.of(P256);
                    case 384 -> Optional.of(P384);
                    default -> Optional.empty();
                };
            case RSAPublicKey rsa ->
                switch (rsa.getModulus().bitLength()) {
                    case 2048 -> Optional.of(RSA_2048);
                    case 3072 -> Optional.of(RSA_3072);
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    int reference() {
        return reference;
    }

    /// The length of a coordinate, or of the modulus.
    int bytes() {
        return bytes;
    }

    boolean rsa() {
        return this == RSA_2048 || this == RSA_3072;
    }
}
