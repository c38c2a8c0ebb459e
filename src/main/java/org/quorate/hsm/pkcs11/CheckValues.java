package org.quorate.hsm.pkcs11;

import java.util.List;
import org.quorate.hsm.KeyCheckValue;
import org.quorate.hsm.KeyCheckValue.Method;
import org.quorate.hsm.ObjectClass;

/// The check value of one key, by the first of the ways that the key allows. An attribute that is not reported
/// allows nothing.
record CheckValues(Cryptoki ck, long session, Wrapping wrapping) {
    private static final byte[] ZEROS = new byte[16];
    private static final List<Long> ASKED =
            List.of(Ck.CKA_KEY_TYPE, Ck.CKA_VALUE_LEN, Ck.CKA_ENCRYPT, Ck.CKA_WRAP, Ck.CKA_SIGN);

    KeyCheckValue of(long key) {
        var read = new Attributes(ck.attributes(session, key, ASKED));
        long type = read.number(Ck.CKA_KEY_TYPE).orElse(-1L);
        if (type == Ck.CKK_AES) {
            return aes(key, read);
        }
        if (type == Ck.CKK_GENERIC_SECRET) {
            return hmac(key, read);
        }
        throw new CkException("C_GetAttributeValue", Ck.CKR_KEY_TYPE_INCONSISTENT);
    }

    private KeyCheckValue aes(long key, Attributes read) {
        if (read.flag(Ck.CKA_ENCRYPT).orElse(false)) {
            byte[] block = ck.encrypt(session, Cryptoki.Mech.of(Ck.CKM_AES_ECB), key, ZEROS.clone());
            return KeyCheckValue.of(block, Method.AES_ENCRYPT);
        }
        if (read.flag(Ck.CKA_WRAP).orElse(false)) {
            Cryptoki.Mech kwp = wrapping.kwp();
            long zeros = ck.createObject(session, zeros());
            try {
                return KeyCheckValue.of(ck.wrapKey(session, kwp, key, zeros), Method.AES_KWP);
            } finally {
                Outcomes.ignoring(() -> ck.destroyObject(session, zeros));
            }
        }
        throw new CkException("C_EncryptInit", Ck.CKR_KEY_FUNCTION_NOT_PERMITTED);
    }

    private KeyCheckValue hmac(long key, Attributes read) {
        if (!read.flag(Ck.CKA_SIGN).orElse(false)) {
            throw new CkException("C_SignInit", Ck.CKR_KEY_FUNCTION_NOT_PERMITTED);
        }
        return switch (Math.toIntExact(read.number(Ck.CKA_VALUE_LEN).orElse(0L))) {
            case 32 -> hmac(key, Ck.CKM_SHA256_HMAC, Method.HMAC_SHA256);
            case 48 -> hmac(key, Ck.CKM_SHA384_HMAC, Method.HMAC_SHA384);
            case 64 -> hmac(key, Ck.CKM_SHA512_HMAC, Method.HMAC_SHA512);
            // No key of ours, so that nobody knows which hash it is for.
            default -> throw new CkException("C_SignInit", Ck.CKR_KEY_SIZE_RANGE);
        };
    }

    private KeyCheckValue hmac(long key, long mechanism, Method method) {
        return KeyCheckValue.of(ck.sign(session, Cryptoki.Mech.of(mechanism), key, new byte[0]), method);
    }

    /// A key of the session that everybody knows.
    private static List<Cryptoki.Attr> zeros() {
        return Templates.empty()
                .number(Ck.CKA_CLASS, Templates.number(ObjectClass.SECRET_KEY))
                .number(Ck.CKA_KEY_TYPE, Ck.CKK_AES)
                .bytes(Ck.CKA_VALUE, ZEROS.clone())
                .flag(Ck.CKA_TOKEN, false)
                .flag(Ck.CKA_PRIVATE, false)
                .flag(Ck.CKA_SENSITIVE, true)
                .flag(Ck.CKA_EXTRACTABLE, true)
                .flag(Ck.CKA_WRAP, false)
                .flag(Ck.CKA_UNWRAP, false)
                .flag(Ck.CKA_ENCRYPT, false)
                .flag(Ck.CKA_DECRYPT, false)
                .list();
    }
}
