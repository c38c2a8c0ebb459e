package org.quorate.ledger;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// A public key that can check signatures of the ledger: P-256, P-384, or RSA of 2048, 3072 or 4096 bits with the
/// exponent 65537.
final class SigningKey {
    /// Everything of an EC SubjectPublicKeyInfo before the point's coordinates or the modulus; no other spelling is
    /// accepted.
    private static final byte[] P256 =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private static final byte[] P384 = HexFormat.of().parseHex("3076301006072a8648ce3d020106052b8104002203620004");

    private static final byte[] RSA_2048 =
            HexFormat.of().parseHex("30820122300d06092a864886f70d01010105000382010f003082010a0282010100");
    private static final byte[] RSA_3072 =
            HexFormat.of().parseHex("308201a2300d06092a864886f70d01010105000382018f003082018a0282018100");
    private static final byte[] RSA_4096 =
            HexFormat.of().parseHex("30820222300d06092a864886f70d01010105000382020f003082020a0282020100");
    private static final byte[] EXPONENT_65537 = {2, 3, 1, 0, 1};

    private final Kind kind;
    private final PublicKey key;

    private SigningKey(Kind kind, PublicKey key) {
        this.kind = kind;
        this.key = key;
    }

    /// Empty where the bytes are not such a key in its one canonical encoding.
    static Optional<SigningKey> parse(byte[] spki) {
        return kindOf(spki).flatMap(kind -> parse(kind, spki));
    }

    private static Optional<Kind> kindOf(byte[] spki) {
        if (startsWith(spki, P256) || startsWith(spki, P384)) {
            return Optional.of(startsWith(spki, P256) ? Kind.P256 : Kind.P384);
        }
        boolean rsa = (startsWith(spki, RSA_2048) || startsWith(spki, RSA_3072) || startsWith(spki, RSA_4096))
                && Arrays.equals(Arrays.copyOfRange(spki, spki.length - 5, spki.length), EXPONENT_65537);
        return rsa ? Optional.of(Kind.RSA) : Optional.empty();
    }

    private static Optional<SigningKey> parse(Kind kind, byte[] spki) {
        try {
            PublicKey key = KeyFactory.getInstance(kind == Kind.RSA ? "RSA" : "EC")
                    .generatePublic(new X509EncodedKeySpec(spki));
            return Arrays.equals(key.getEncoded(), spki) ? Optional.of(new SigningKey(kind, key)) : Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /// Whether `signature` is this key's over `message`; false too where the algorithm is not one of the key's.
    boolean verifies(CosignAlgorithm algorithm, byte[] message, byte[] signature) {
        return kind == algorithm.key() && verifies(algorithm.jca(), message, signature);
    }

    /// ECDSA over SHA-256, whatever the curve: how checkpoints are signed.
    boolean verifiesCheckpoint(byte[] message, byte[] signature) {
        return kind != Kind.RSA && verifies("SHA256withECDSA", message, signature);
    }

    private boolean verifies(String jca, byte[] message, byte[] signature) {
        if (kind != Kind.RSA && !isStrictDer(signature)) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(jca);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// A sequence of two positive integers, each as short as can be, and nothing after.
    private static boolean isStrictDer(byte[] der) {
        if (der.length < 8 || der.length > 127 || der[0] != 0x30 || der[1] != der.length - 2) {
            return false;
        }
        int second = endOfInteger(der, 2);
        return second > 0 && endOfInteger(der, second) == der.length;
    }

    private static int endOfInteger(byte[] der, int at) {
        if (at + 3 > der.length || der[at] != 2 || der[at + 1] < 1 || at + 2 + der[at + 1] > der.length) {
            return -1;
        }
        byte first = der[at + 2];
        boolean padded = first == 0 && (der[at + 1] == 1 || der[at + 3] >= 0);
        return first < 0 || padded ? -1 : at + 2 + der[at + 1];
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length > prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    enum Kind {
        P256,
        P384,
        RSA
    }
}
