package org.quorate.hsm.pkcs11;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.TokenObject;

/// Finds and describes what lies on a token, in one session.
record ObjectReader(Cryptoki cryptoki, long session) {
    private static final List<Long> IDENTITY = List.of(Ck.CKA_CLASS, Ck.CKA_LABEL, Ck.CKA_ID, Ck.CKA_TOKEN);

    List<TokenObject> all() {
        return described(cryptoki.findObjects(session, List.of()));
    }

    List<TokenObject> all(KeyId id) {
        return described(cryptoki.findObjects(
                session, Templates.empty().bytes(Ck.CKA_ID, id.bytes()).list()));
    }

    private List<TokenObject> described(List<Long> handles) {
        var objects = new ArrayList<TokenObject>();
        for (long object : handles) {
            var read = new Attributes(cryptoki.attributes(session, object, IDENTITY));
            objects.add(new TokenObject(
                    object,
                    read.number(Ck.CKA_CLASS).map(Templates::kind).orElse(ObjectClass.OTHER),
                    read.text(Ck.CKA_LABEL),
                    read.bytes(Ck.CKA_ID).filter(id -> id.length == 16).map(KeyId::of),
                    read.flag(Ck.CKA_TOKEN).orElse(false)));
        }
        return objects;
    }

    /// The one object of that CKA_ID and class; none and several are refused alike.
    long only(KeyId id, ObjectClass kind) {
        List<Long> found = cryptoki.findObjects(
                session,
                Templates.empty()
                        .number(Ck.CKA_CLASS, Templates.number(kind))
                        .bytes(Ck.CKA_ID, id.bytes())
                        .list());
        if (found.size() != 1) {
            throw new CkException("C_FindObjects", Ck.CKR_OBJECT_HANDLE_INVALID);
        }
        return found.getFirst();
    }

    /// A handle is good for one host only; before it is used the object behind it is compared with the one that was
    /// found, so that an old handle cannot destroy a new key.
    long confirmed(TokenObject object) {
        if (!described(List.of(object.handle())).equals(List.of(object))) {
            throw new CkException("C_GetAttributeValue", Ck.CKR_OBJECT_HANDLE_INVALID);
        }
        return object.handle();
    }

    PublicKey publicKey(long object) {
        List<Long> types = List.of(Ck.CKA_EC_PARAMS, Ck.CKA_EC_POINT, Ck.CKA_MODULUS, Ck.CKA_PUBLIC_EXPONENT);
        return PublicKeys.read(new Attributes(cryptoki.attributes(session, object, types)))
                .orElseThrow(() -> new UnknownOutcomeException(
                        "C_GetAttributeValue", "the token reports no public key that can be understood"));
    }
}
