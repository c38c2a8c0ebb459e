package org.quorate.hsm;

/// Hash and signature together; the JCA name is what certificates and verifiers know it by.
public enum SignatureScheme {
    ECDSA_SHA256("SHA256withECDSA", "SHA-256"),
    ECDSA_SHA384("SHA384withECDSA", "SHA-384"),
    ECDSA_SHA512("SHA512withECDSA", "SHA-512"),
    RSA_SHA256("SHA256withRSA", "SHA-256"),
    RSA_SHA384("SHA384withRSA", "SHA-384");

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
        };
    }
}
