package org.quorate.hsm.pkcs11;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.WrapScheme;
import org.quorate.hsm.pkcs11.KeyWrapMechanisms.Way;

/// How keys are carried in one session.
final class Wrapping {
    private static final Cryptoki.Mech CBC_PAD =
            new Cryptoki.Mech(Ck.CKM_AES_CBC_PAD, new Cryptoki.Param.Raw(new byte[16]));

    private final Pkcs11Hsm hsm;
    private final String serial;
    private final Cryptoki ck;
    private final long session;
    private final ObjectReader objects;
    private final RsaAes rsaAes;

    Wrapping(Pkcs11Hsm hsm, String serial, Pkcs11Session.Place place, ObjectReader objects) {
        this.hsm = hsm;
        this.serial = serial;
        this.ck = place.cryptoki();
        this.session = place.handle();
        this.objects = objects;
        this.rsaAes = new RsaAes(this, place);
    }

    byte[] wrap(KeyId wrapping, WrapScheme scheme, KeyId target, ObjectClass targetKind) {
        long key = objects.only(
                wrapping,
                switch (scheme) {
                    case AES_KWP, AES_KW, AES_CBC_PAD -> ObjectClass.SECRET_KEY;
                    case RSA_OAEP, RSA_AES -> ObjectClass.PUBLIC_KEY;
                });
        long inner = objects.only(target, targetKind);
        return switch (scheme) {
            case AES_KWP -> ck.wrapKey(session, kwp(), key, inner);
            case AES_KW -> ck.wrapKey(session, kw(), key, inner);
            case AES_CBC_PAD -> ck.wrapKey(session, CBC_PAD, key, inner);
            case RSA_OAEP -> oaep().first(serial, mechanism -> ck.wrapKey(session, mechanism, key, inner));
            case RSA_AES -> rsaAes.wrap(key, inner);
        };
    }

    long unwrap(KeyId unwrapping, WrapScheme scheme, byte[] wrapped, List<Cryptoki.Attr> template) {
        long key = objects.only(
                unwrapping,
                switch (scheme) {
                    case AES_KWP, AES_KW, AES_CBC_PAD -> ObjectClass.SECRET_KEY;
                    case RSA_OAEP, RSA_AES -> ObjectClass.PRIVATE_KEY;
                });
        return switch (scheme) {
            case AES_KWP -> ck.unwrapKey(session, kwp(), key, wrapped, template);
            case AES_KW -> ck.unwrapKey(session, kw(), key, wrapped, template);
            case AES_CBC_PAD -> ck.unwrapKey(session, CBC_PAD, key, wrapped, template);
            case RSA_OAEP ->
                oaep().first(serial, mechanism -> ck.unwrapKey(session, mechanism, key, wrapped, template));
            case RSA_AES -> rsaAes.unwrap(key, wrapped, template);
        };
    }

    List<WrapScheme> keyWraps() {
        var does = new ArrayList<WrapScheme>();
        if (hsm.keyWrap().does(Way.PADDED, ck, session, serial)) {
            does.add(WrapScheme.AES_KWP);
        }
        if (hsm.keyWrap().does(Way.PLAIN, ck, session, serial)) {
            does.add(WrapScheme.AES_KW);
        }
        return does;
    }

    Optional<String> mechanismOf(WrapScheme scheme) {
        return switch (scheme) {
            case AES_KWP -> hsm.keyWrap().used(Way.PADDED, serial);
            case AES_KW -> hsm.keyWrap().used(Way.PLAIN, serial);
            case RSA_OAEP -> oaep().used(serial);
            case RSA_AES -> hsm.rsaAes(serial);
            case AES_CBC_PAD -> Optional.of("CKM_AES_CBC_PAD");
        };
    }

    /// AES key wrap with padding, as it is on this token.
    Cryptoki.Mech kwp() {
        return hsm.keyWrap().of(Way.PADDED, ck, session, serial);
    }

    private Cryptoki.Mech kw() {
        return hsm.keyWrap().of(Way.PLAIN, ck, session, serial);
    }

    OaepHashes oaep() {
        return hsm.oaep();
    }

    String serial() {
        return serial;
    }

    void usedRsaAes(String how) {
        hsm.usedRsaAes(serial, how);
    }
}
