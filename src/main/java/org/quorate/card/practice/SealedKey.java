package org.quorate.card.practice;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.quorate.base.Json;

/// A private key under a PIN: PBKDF2-HMAC-SHA256 (RFC 8018), then AES-256-GCM. The PIN of a practice card stands beside
/// it in clear, so the rounds are few; what matters is that a wrong PIN opens nothing.
record SealedKey(byte[] salt, byte[] nonce, byte[] sealed) {
    private static final int ROUNDS = 10_000;

    static SealedKey seal(byte[] privateKey, String pin) throws GeneralSecurityException {
        var random = new SecureRandom();
        byte[] salt = new byte[16];
        byte[] nonce = new byte[12];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, pin.toCharArray(), salt, nonce);
            return new SealedKey(salt, nonce, cipher.doFinal(privateKey));
        } finally {
            Arrays.fill(privateKey, (byte) 0);
        }
    }

    /// The private key; fails where the PIN is another one. The caller wipes it.
    byte[] open(char[] pin) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, pin, salt, nonce).doFinal(sealed);
    }

    private static Cipher cipher(int mode, char[] pin, byte[] salt, byte[] nonce) throws GeneralSecurityException {
        var spec = new PBEKeySpec(pin, salt, ROUNDS, 256);
        byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(spec)
                .getEncoded();
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            return cipher;
        } finally {
            spec.clearPassword();
            Arrays.fill(key, (byte) 0);
            Arrays.fill(pin, '\0');
        }
    }

    Json.Obj toJson() {
        Base64.Encoder base64 = Base64.getEncoder();
        return Json.obj()
                .put("salt", base64.encodeToString(salt))
                .put("nonce", base64.encodeToString(nonce))
                .put("sealed", base64.encodeToString(sealed))
                .build();
    }

    static SealedKey fromJson(Json.Obj json) {
        Base64.Decoder base64 = Base64.getDecoder();
        return new SealedKey(
                base64.decode(json.string("salt")),
                base64.decode(json.string("nonce")),
                base64.decode(json.string("sealed")));
    }
}
