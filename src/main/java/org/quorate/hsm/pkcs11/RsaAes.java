package org.quorate.hsm.pkcs11;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.WrapScheme;

/// CKM_RSA_AES_KEY_WRAP where the token has it, and else the same from its two halves: an AES key of 256 bits that
/// lives in the session as long as it takes, under RSA-OAEP, and behind it the key under that one by AES-KWP. Whoever
/// opens it cannot tell which it was.
final class RsaAes {
    private static final int AES_BITS = 256;

    private final Wrapping wrapping;
    private final Cryptoki ck;
    private final long slot;
    private final long session;

    RsaAes(Wrapping wrapping, Pkcs11Session.Place place) {
        this.wrapping = wrapping;
        this.ck = place.cryptoki();
        this.slot = place.slot();
        this.session = place.handle();
    }

    byte[] wrap(long key, long target) {
        if (isNative()) {
            byte[] wrapped =
                    wrapping.oaep().first(wrapping.serial(), oaep -> ck.wrapKey(session, whole(oaep), key, target));
            used(true);
            return wrapped;
        }
        Cryptoki.Mech kwp = wrapping.kwp();
        long made = ck.generateKey(session, Cryptoki.Mech.of(Ck.CKM_AES_KEY_GEN), ofTheMoment(true));
        byte[] wrapped = whileItLives(made, moment -> {
            byte[] first = wrapping.oaep().first(wrapping.serial(), oaep -> ck.wrapKey(session, oaep, key, moment));
            byte[] second = ck.wrapKey(session, kwp, moment, target);
            byte[] both = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            return both;
        });
        used(false);
        return wrapped;
    }

    long unwrap(long key, byte[] wrapped, List<Cryptoki.Attr> template) {
        if (isNative()) {
            long made = wrapping.oaep()
                    .first(wrapping.serial(), oaep -> ck.unwrapKey(session, whole(oaep), key, wrapped, template));
            used(true);
            return made;
        }
        int end = blockOf(key);
        if (wrapped.length <= end) {
            throw new CkException("C_UnwrapKey", Ck.CKR_WRAPPED_KEY_LEN_RANGE);
        }
        byte[] first = Arrays.copyOf(wrapped, end);
        byte[] second = Arrays.copyOfRange(wrapped, end, wrapped.length);
        Cryptoki.Mech kwp = wrapping.kwp();
        long received = wrapping.oaep()
                .first(wrapping.serial(), oaep -> ck.unwrapKey(session, oaep, key, first, ofTheMoment(false)));
        long made = whileItLives(received, moment -> ck.unwrapKey(session, kwp, moment, second, template));
        used(false);
        return made;
    }

    /// The OAEP part is as long as the modulus.
    private int blockOf(long key) {
        return new Attributes(ck.attributes(session, key, List.of(Ck.CKA_MODULUS)))
                .bytes(Ck.CKA_MODULUS)
                .map(modulus -> modulus[0] == 0 ? modulus.length - 1 : modulus.length)
                .orElseThrow(() -> new CkException("C_GetAttributeValue", Ck.CKR_ATTRIBUTE_TYPE_INVALID));
    }

    private <T> T whileItLives(long moment, LongFunction<T> act) {
        try {
            return act.apply(moment);
        } finally {
            Outcomes.ignoring(() -> ck.destroyObject(session, moment));
        }
    }

    private boolean isNative() {
        return ck.mechanisms(slot).contains(Ck.CKM_RSA_AES_KEY_WRAP);
    }

    private static Cryptoki.Mech whole(Cryptoki.Mech oaep) {
        return new Cryptoki.Mech(
                Ck.CKM_RSA_AES_KEY_WRAP, new Cryptoki.Param.RsaAes(AES_BITS, (Cryptoki.Param.Oaep) oaep.param()));
    }

    private void used(boolean whole) {
        String oaep = wrapping.mechanismOf(WrapScheme.RSA_OAEP).orElse("");
        wrapping.usedRsaAes(
                whole
                        ? oaep.replace("CKM_RSA_PKCS_OAEP", "CKM_RSA_AES_KEY_WRAP")
                        : oaep + ", then "
                                + wrapping.mechanismOf(WrapScheme.AES_KWP).orElse(""));
    }

    /// @param wrapping whether it is made here and wraps, or came from outside and unwraps
    private static List<Cryptoki.Attr> ofTheMoment(boolean wrapping) {
        var key = Templates.empty()
                .number(Ck.CKA_CLASS, Templates.number(ObjectClass.SECRET_KEY))
                .number(Ck.CKA_KEY_TYPE, Ck.CKK_AES)
                .flag(Ck.CKA_TOKEN, false)
                .flag(Ck.CKA_PRIVATE, true)
                .flag(Ck.CKA_SENSITIVE, true)
                .flag(Ck.CKA_EXTRACTABLE, wrapping)
                .flag(Ck.CKA_WRAP, wrapping)
                .flag(Ck.CKA_UNWRAP, !wrapping)
                .flag(Ck.CKA_ENCRYPT, false)
                .flag(Ck.CKA_DECRYPT, false);
        return (wrapping ? key.number(Ck.CKA_VALUE_LEN, AES_BITS / 8) : key).list();
    }
}
