package org.quorate.card.practice;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.quorate.base.Json;
import org.quorate.base.Secret;

/// A private key encrypted under a PIN: PBKDF2 with HMAC-SHA-256, then AES-256-GCM over its PKCS#8 form.
record SealedKey(String algorithm, int iterations, byte[] salt, byte[] iv, byte[] sealed) {
    /// Few enough that a card answers within 150 ms on a slow machine. More would protect nothing: the PIN has six
    /// digits and stands in
    /// the same file.
    static final int ITERATIONS = 20_000;

    private static final Set<String> ALGORITHMS = Set.of("EC", "RSA");
    private static final int MAX_ITERATIONS = 1_000_000;
    private static final int TAG_BITS = 128;

    SealedKey {
        if (!ALGORITHMS.contains(algorithm)
                || iterations < 1
                || iterations > MAX_ITERATIONS
                || iv.length != 12
                || salt.length < 16) {
            throw new IllegalArgumentException("the sealed key has parameters out of range");
        }
    }

    static SealedKey seal(PrivateKey key, Secret pin, SecureRandom random) throws GeneralSecurityException {
        byte[] salt = new byte[16];
        byte[] iv = new byte[12];
        random.nextBytes(salt);
        random.nextBytes(iv);
        byte[] encoded = key.getEncoded();
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, pin, ITERATIONS, salt, iv).doFinal(encoded);
            return new SealedKey(key.getAlgorithm(), ITERATIONS, salt, iv, sealed);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /// Empty where the PIN is wrong.
    Optional<PrivateKey> open(Secret pin) throws GeneralSecurityException {
        byte[] encoded;
        try {
            encoded = cipher(Cipher.DECRYPT_MODE, pin, iterations, salt, iv).doFinal(sealed);
        } catch (AEADBadTagException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static Cipher cipher(int mode, Secret pin, int iterations, byte[] salt, byte[] iv)
            throws GeneralSecurityException {
        char[] chars = pin.use(SealedKey::chars);
        var spec = new PBEKeySpec(chars, salt, iterations, 256);
        Arrays.fill(chars, '\0');
        byte[] derived = new byte[0];
        try {
            derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(derived, "AES"), new GCMParameterSpec(TAG_BITS, iv));
            return cipher;
        } finally {
            spec.clearPassword();
            Arrays.fill(derived, (byte) 0);
        }
    }

    private static char[] chars(byte[] utf8) {
        CharBuffer buffer = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8));
        char[] chars = new char[buffer.remaining()];
        buffer.get(chars);
        Arrays.fill(buffer.array(), '\0');
        return chars;
    }

    Json.Obj toJson() {
        return Json.obj()
                .put("algorithm", algorithm)
                .put("kdf", "PBKDF2WithHmacSHA256")
                .put("iterations", iterations)
                .put("salt", Base64.getEncoder().encodeToString(salt))
                .put("cipher", "AES/GCM/NoPadding")
                .put("iv", Base64.getEncoder().encodeToString(iv))
                .put("sealed", Base64.getEncoder().encodeToString(sealed))
                .build();
    }

    static SealedKey fromJson(Json.Obj json) {
        return new SealedKey(
                json.optionalString("algorithm").orElse("EC"),
                (int) Math.min(json.integer("iterations"), Integer.MAX_VALUE),
                Base64.getDecoder().decode(json.string("salt")),
                Base64.getDecoder().decode(json.string("iv")),
                Base64.getDecoder().decode(json.string("sealed")));
    }
}
