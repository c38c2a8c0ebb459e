package org.quorate.card;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/// How a card's key signs a statement: which key a card has decides it, under the names of RFC 7518 that the ledger
/// uses.
public enum CardAlgorithm {
    ES256("SHA256withECDSA", "SHA-256"),
    ES384("SHA384withECDSA", "SHA-384"),
    RS256("SHA256withRSA", "SHA-256");

    private final String jca;
    private final String hash;

    CardAlgorithm(String jca, String hash) {
        this.jca = jca;
        this.hash = hash;
    }

    public String jca() {
        return jca;
    }

    /// Empty for a key that the ledger knows no algorithm for, such as RSA-1024.
    public static Optional<CardAlgorithm> of(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec ->
                switch (ec.getParams().getOrder().bitLength()) {
                    case 256 -> Optional.of(ES256);
                    case 384 -> Optional.of(ES384);
                    default -> Optional.empty();
                };
            case RSAPublicKey rsa ->
                switch (rsa.getModulus().bitLength()) {
                    case 2048, 3072, 4096 -> Optional.of(RS256);
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    public byte[] digest(byte[] message) {
        try {
            return MessageDigest.getInstance(hash).digest(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + hash, e);
        }
    }

    public boolean verifies(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(jca);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// What the card answered, once it has proved to be a signature of `key` over `message`.
    public SignAnswer checked(PublicKey key, byte[] message, byte[] signature) {
        return verifies(key, message, signature)
                ? new SignAnswer.Signed(name(), signature)
                : new CardRefusal.BadSignature();
    }
}
