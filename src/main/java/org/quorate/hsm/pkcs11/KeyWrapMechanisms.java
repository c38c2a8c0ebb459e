package org.quorate.hsm.pkcs11;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.quorate.hsm.ObjectClass;

/// Which mechanism of a token is RFC 5649 (KWP) and which RFC 3394 (KW), found by what it does: number 0x210A is KWP on
/// SoftHSM and something else on NSS, where 0x210B is KWP. Two keys of known value, in the session and never on the
/// token, are wrapped one under the other and the result is compared with our own. Both are sensitive, since NSS in its
/// FIPS mode takes no others.
final class KeyWrapMechanisms {
    private static final long THALES_AES_KWP = 0x80000171L;
    private static final long AWS_AES_KEY_WRAP_ZERO_PAD = 0x8000216fL;
    private static final long THALES_AES_KW = 0x80000170L;
    private static final long AWS_AES_KEY_WRAP_NO_PAD = 0x8000216dL;

    /// One of the two ways, with the numbers under which it is known.
    record Way(String rfc, String cipher, List<Long> candidates) {
        static final Way PADDED = new Way(
                "RFC 5649",
                "AES/KWP/NoPadding",
                List.of(Ck.CKM_AES_KEY_WRAP_PAD, Ck.CKM_AES_KEY_WRAP_KWP, THALES_AES_KWP, AWS_AES_KEY_WRAP_ZERO_PAD));
        static final Way PLAIN = new Way(
                "RFC 3394", "AES/KW/NoPadding", List.of(Ck.CKM_AES_KEY_WRAP, THALES_AES_KW, AWS_AES_KEY_WRAP_NO_PAD));
    }

    private record Asked(String serial, Way way) {}

    private final Map<Asked, Long> found = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    /// @throws CkException where no candidate does it
    Cryptoki.Mech of(Way way, Cryptoki cryptoki, long session, String serial) {
        var asked = new Asked(serial, way);
        Long known = found.get(asked);
        if (known != null) {
            return Cryptoki.Mech.of(known);
        }
        long mechanism = probe(way, cryptoki, session);
        found.put(asked, mechanism);
        return Cryptoki.Mech.of(mechanism);
    }

    boolean does(Way way, Cryptoki cryptoki, long session, String serial) {
        try {
            of(way, cryptoki, session, serial);
            return true;
        } catch (CkException e) {
            if (e.ofTheDevice()) {
                throw e;
            }
            return false;
        }
    }

    /// What was found on that token.
    Optional<String> used(Way way, String serial) {
        return Optional.ofNullable(found.get(new Asked(serial, way)))
                .map(number -> "0x" + Long.toHexString(number) + ", found to be " + way.rfc);
    }

    private long probe(Way way, Cryptoki cryptoki, long session) {
        byte[] outerValue = value(32);
        byte[] innerValue = value(16);
        byte[] expected = wrapped(way, outerValue, innerValue);
        long outer = cryptoki.createObject(session, key(outerValue, true));
        try {
            long inner = cryptoki.createObject(session, key(innerValue, false));
            try {
                return candidate(way, mechanism -> cryptoki.wrapKey(session, mechanism, outer, inner), expected);
            } finally {
                Outcomes.ignoring(() -> cryptoki.destroyObject(session, inner));
            }
        } finally {
            Outcomes.ignoring(() -> cryptoki.destroyObject(session, outer));
        }
    }

    /// Where none does it, the refusal that says most stands.
    private static long candidate(Way way, Function<Cryptoki.Mech, byte[]> wrap, byte[] expected) {
        var refusal = new CkException("C_WrapKey", Ck.CKR_MECHANISM_INVALID);
        for (long number : way.candidates) {
            try {
                if (Arrays.equals(wrap.apply(Cryptoki.Mech.of(number)), expected)) {
                    return number;
                }
            } catch (CkException e) {
                if (e.ofTheDevice()) {
                    throw e;
                }
                refusal = e.ofTheMechanism() ? refusal : e;
            }
        }
        throw refusal;
    }

    private static List<Cryptoki.Attr> key(byte[] value, boolean outer) {
        return Templates.empty()
                .number(Ck.CKA_CLASS, Templates.number(ObjectClass.SECRET_KEY))
                .number(Ck.CKA_KEY_TYPE, Ck.CKK_AES)
                .bytes(Ck.CKA_VALUE, value)
                .flag(Ck.CKA_TOKEN, false)
                .flag(Ck.CKA_PRIVATE, false)
                .flag(Ck.CKA_SENSITIVE, true)
                .flag(Ck.CKA_EXTRACTABLE, !outer)
                .flag(Ck.CKA_WRAP, outer)
                .flag(Ck.CKA_UNWRAP, false)
                .flag(Ck.CKA_ENCRYPT, false)
                .flag(Ck.CKA_DECRYPT, false)
                .list();
    }

    private static byte[] wrapped(Way way, byte[] outer, byte[] inner) {
        try {
            Cipher cipher = Cipher.getInstance(way.cipher);
            cipher.init(Cipher.WRAP_MODE, new SecretKeySpec(outer, "AES"));
            return cipher.wrap(new SecretKeySpec(inner, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + way.cipher, e);
        }
    }

    private byte[] value(int length) {
        byte[] value = new byte[length];
        random.nextBytes(value);
        return value;
    }
}
