package org.quorate.hsm;

import java.util.Optional;

/// What kind of key; what SP 800-131A Rev. 2 no longer allows cannot be built.
public sealed interface KeySpec {

    /// Such as `EC P-384`, `RSA 3072`, `Ed25519`, `AES 256`, `HMAC 256`: the form of the script, the screen and the
    /// record.
    String text();

    sealed interface Pair extends KeySpec {}

    sealed interface Secret extends KeySpec {}

    record Ec(Curve curve) implements Pair {
        @Override
        public String text() {
            return "EC " + curve.text();
        }
    }

    record Rsa(int bits) implements Pair {
        public Rsa {
            if (bits != 2048 && bits != 3072 && bits != 4096) {
                throw new IllegalArgumentException("RSA keys have 2048, 3072 or 4096 bits, not " + bits);
            }
        }

        @Override
        public String text() {
            return "RSA " + bits;
        }
    }

    /// Signs by EdDSA on edwards25519 (RFC 8032), the whole message and no digest of it.
    record Ed25519() implements Pair {
        static final String TEXT = "Ed25519";

        @Override
        public String text() {
            return TEXT;
        }
    }

    record Aes(int bits) implements Secret {
        public Aes {
            if (bits != 128 && bits != 192 && bits != 256) {
                throw new IllegalArgumentException("AES keys have 128, 192 or 256 bits, not " + bits);
            }
        }

        @Override
        public String text() {
            return "AES " + bits;
        }
    }

    /// As long as the digest of its hash, which is SHA-256, SHA-384 or SHA-512.
    record Hmac(int bits) implements Secret {
        public Hmac {
            if (bits != 256 && bits != 384 && bits != 512) {
                throw new IllegalArgumentException("HMAC keys have 256, 384 or 512 bits, not " + bits);
            }
        }

        @Override
        public String text() {
            return "HMAC " + bits;
        }
    }

    enum Curve {
        P256("P-256", "secp256r1"),
        P384("P-384", "secp384r1"),
        P521("P-521", "secp521r1");

        private final String text;
        private final String jca;

        Curve(String text, String jca) {
            this.text = text;
            this.jca = jca;
        }

        public String text() {
            return text;
        }

        /// The name that Java's EC classes know the curve by.
        public String jca() {
            return jca;
        }
    }

    /// Reads the form of [#text].
    static Optional<KeySpec> parse(String text) {
        if (text.equals(Ed25519.TEXT)) {
            return Optional.of(new Ed25519());
        }
        int space = text.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        String family = text.substring(0, space);
        String size = text.substring(space + 1);
        try {
            return switch (family) {
                case "EC" -> curve(size).map(Ec::new);
                case "RSA" -> Optional.of(new Rsa(Integer.parseInt(size)));
                case "AES" -> Optional.of(new Aes(Integer.parseInt(size)));
                case "HMAC" -> Optional.of(new Hmac(Integer.parseInt(size)));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Curve> curve(String text) {
        for (Curve curve : Curve.values()) {
            if (curve.text().equals(text)) {
                return Optional.of(curve);
            }
        }
        return Optional.empty();
    }
}
