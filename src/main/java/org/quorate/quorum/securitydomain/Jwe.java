package org.quorate.quorum.securitydomain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.quorate.base.ForeignJson;
import org.quorate.base.JsonException;
import org.quorate.base.Secret;

/// A JSON Web Encryption in compact form (RFC 7516) with A256CBC-HS512 (RFC 7518, section 5.2.5): the first half of the
/// content key authenticates, the second encrypts.
///
/// @param header as it stands in the file, because the authentication covers it
record Jwe(String header, byte[] encryptedKey, byte[] iv, byte[] ciphertext, byte[] tag) {
    private static final String ENC = "A256CBC-HS512";
    private static final int HALF = 32;
    private static final int IV = 16;

    /// @throws JsonException where it is none, or of another kind
    static Jwe parse(String compact) {
        String[] parts = compact.split("\\.", -1);
        if (parts.length != 5) {
            throw new JsonException("a JWE has five parts");
        }
        var jwe = new Jwe(parts[0], bytes(parts[1]), bytes(parts[2]), bytes(parts[3]), bytes(parts[4]));
        if (!jwe.field("enc").equals(ENC) || jwe.iv.length != IV || jwe.tag.length != HALF) {
            throw new JsonException("a JWE is not encrypted by " + ENC);
        }
        return jwe;
    }

    /// @param alg that its content key must come by
    static Jwe parse(String compact, String alg) {
        Jwe jwe = parse(compact);
        if (!jwe.field("alg").equals(alg)) {
            throw new JsonException("a content key comes by " + jwe.field("alg") + " and not by " + alg);
        }
        return jwe;
    }

    private String field(String name) {
        return ForeignJson.parse(new String(bytes(header), StandardCharsets.UTF_8))
                .string(name);
    }

    private static byte[] bytes(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            throw new JsonException("a part of a JWE is not base64url");
        }
    }

    /// @param kid who or what it is for
    static Jwe encrypt(
            String alg, String kid, byte[] encryptedKey, Secret contentKey, Secret content, SecureRandom random) {
        String json = "{\"alg\":\"%s\",\"enc\":\"%s\",\"kid\":\"%s\"}".formatted(alg, ENC, kid);
        String header = text(json.getBytes(StandardCharsets.US_ASCII));
        byte[] iv = new byte[IV];
        random.nextBytes(iv);
        byte[] ciphertext = contentKey
                .use(key -> content.use(bytes -> cbc(Cipher.ENCRYPT_MODE, key, iv, bytes)))
                .orElseThrow();
        byte[] tag = contentKey.use(key -> tag(key, header, iv, ciphertext));
        return new Jwe(header, encryptedKey, iv, ciphertext, tag);
    }

    /// Empty where the key is another one, or something was altered.
    Optional<Secret> decrypt(Secret contentKey) {
        return contentKey.use(
                key -> key.length == 2 * HALF && MessageDigest.isEqual(tag(key, header, iv, ciphertext), tag)
                        ? cbc(Cipher.DECRYPT_MODE, key, iv, ciphertext).map(Secret::ofBytes)
                        : Optional.empty());
    }

    private static Optional<byte[]> cbc(int mode, byte[] key, byte[] iv, byte[] bytes) {
        byte[] half = Arrays.copyOfRange(key, HALF, 2 * HALF);
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, new SecretKeySpec(half, "AES"), new IvParameterSpec(iv));
            return Optional.of(cipher.doFinal(bytes));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        } finally {
            Arrays.fill(half, (byte) 0);
        }
    }

    private static byte[] tag(byte[] key, String header, byte[] iv, byte[] ciphertext) {
        byte[] half = Arrays.copyOf(key, HALF);
        byte[] covered = header.getBytes(StandardCharsets.US_ASCII);
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(half, "HmacSHA512"));
            mac.update(covered);
            mac.update(iv);
            mac.update(ciphertext);
            mac.update(
                    ByteBuffer.allocate(Long.BYTES).putLong(8L * covered.length).array());
            return Arrays.copyOf(mac.doFinal(), HALF);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC with SHA-512", e);
        } finally {
            Arrays.fill(half, (byte) 0);
        }
    }

    String compact() {
        return String.join(".", List.of(header, text(encryptedKey), text(iv), text(ciphertext), text(tag)));
    }

    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
