package org.quorate.hsm.pkcs11;

import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.Template;

/// Secret keys whose value a test knows, as no ceremony has them. Somebody must be logged in.
final class KnownKeys {
    private KnownKeys() {}

    static void create(SoftHsm softHsm, String token, KeySpec.Secret spec, byte[] value, KeyId id, Template template) {
        Cryptoki ck = softHsm.hsm().cryptoki();
        long session = ck.openSession(softHsm.token(token).info().slot(), true);
        ck.createObject(
                session,
                Templates.key(ObjectClass.SECRET_KEY, Templates.keyType(spec), id, template)
                        .bytes(Ck.CKA_VALUE, value)
                        .list());
        ck.closeSession(session);
    }
}
