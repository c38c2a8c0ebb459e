package org.quorate.hsm;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.quorate.base.Secret;
import org.quorate.hsm.KeyCheckValue.Method;

/// An AES key that exists outside of a token for as long as it takes to split it among people, or to bring it back from
/// their shares.
///
/// @param secret the value; closed with the key
public record MadeKey(Secret secret) implements AutoCloseable {
    private static final String AES = "AES";

    public MadeKey {
        if (secret.length() != 16 && secret.length() != 24 && secret.length() != 32) {
            throw new IllegalArgumentException("no AES key has " + secret.length() + " bytes");
        }
    }

    /// From the generators of the token and of the console together.
    ///
    /// @throws org.quorate.base.ProblemException where the token's generator fails its tests
    public static Outcome<MadeKey> draw(Token token, KeySpec.Aes spec, SecureRandom own) {
        return MixedRandom.draw(token, own, spec.bits() / 8).map(MadeKey::new);
    }

    public KeySpec.Aes spec() {
        return new KeySpec.Aes(secret.length() * 8);
    }

    /// As a token computes it for a key that may only wrap, so that the two can be compared.
    public KeyCheckValue checkValue() {
        return KeyCheckValue.of(wrapped(new SecretKeySpec(new byte[16], AES)), Method.AES_KWP);
    }

    /// Another key under this one, by RFC 5649.
    ///
    /// @param other in clear; it stays as it is
    public byte[] wrap(MadeKey other) {
        return other.secret.use(bytes -> wrapped(new SecretKeySpec(bytes, AES)));
    }

    /// By which a key is known that may encrypt.
    public KeyCheckValue checkValueOfBlock() {
        return secret.use(bytes -> {
            try {
                Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
                cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(bytes, AES));
                return KeyCheckValue.of(cipher.doFinal(new byte[16]), Method.AES_ENCRYPT);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Java has AES", e);
            }
        });
    }

    private byte[] wrapped(SecretKey other) {
        return secret.use(bytes -> {
            try {
                Cipher cipher = Cipher.getInstance("AES/KWP/NoPadding");
                cipher.init(Cipher.WRAP_MODE, new SecretKeySpec(bytes, AES));
                return cipher.wrap(other);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Java wraps AES keys by RFC 5649", e);
            }
        });
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return spec().text();
    }
}
