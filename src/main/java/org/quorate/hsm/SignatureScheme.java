package org.quorate.hsm;

/// Hash and signature together, or hash and message authentication code; the JCA name is what certificates and
/// verifiers know it by.
public enum SignatureScheme {
    ECDSA_SHA256("SHA256withECDSA", "SHA-256"),
    ECDSA_SHA384("SHA384withECDSA", "SHA-384"),
    ECDSA_SHA512("SHA512withECDSA", "SHA-512"),
    RSA_SHA256("SHA256withRSA", "SHA-256"),
    RSA_SHA384("SHA384withRSA", "SHA-384"),
    /// Takes the whole message; its hash is inside (RFC 8032).
    ED25519("Ed25519", "SHA-512"),
    HMAC_SHA256("HmacSHA256", "SHA-256"),
    HMAC_SHA384("HmacSHA384", "SHA-384"),
    HMAC_SHA512("HmacSHA512", "SHA-512");

    private final String jca;
    private final String hash;

    SignatureScheme(String jca, String hash) {
        this.jca = jca;
        this.hash = hash;
    }

    public String jca() {
        return jca;
    }

    public String hash() {
        return hash;
    }

    /// The hash that matches the key's strength (SP 800-57 Part 1 Rev. 5, table 3).
    public static SignatureScheme strongestFor(KeySpec.Pair spec) {
        return switch (spec) {
            case KeySpec.Ec(var curve) ->
                switch (curve) {
                    case P256 -> ECDSA_SHA256;
                    case P384 -> ECDSA_SHA384;
                    case P521 -> ECDSA_SHA512;
                };
            case KeySpec.Rsa(var bits) -> bits > 3072 ? RSA_SHA384 : RSA_SHA256;
            case KeySpec.Ed25519 _ -> ED25519;
        };
    }

    /// The hash whose digest is as long as the key.
    public static SignatureScheme of(KeySpec.Hmac spec) {
        return switch (spec.bits()) {
            case 256 -> HMAC_SHA256;
            case 384 -> HMAC_SHA384;
            default -> HMAC_SHA512;
        };
    }

    /// Whether one secret key makes it and checks it, so that there is no public key to check it with.
    public boolean isSymmetric() {
        return switch (this) {
            case HMAC_SHA256, HMAC_SHA384, HMAC_SHA512 -> true;
            case ECDSA_SHA256, ECDSA_SHA384, ECDSA_SHA512, RSA_SHA256, RSA_SHA384, ED25519 -> false;
        };
    }
}
