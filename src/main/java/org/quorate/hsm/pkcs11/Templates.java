package org.quorate.hsm.pkcs11;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Template;

/// The port's templates as CK_ATTRIBUTE arrays.
final class Templates {
    private static final byte[] PUBLIC_EXPONENT = {1, 0, 1};

    private final List<Cryptoki.Attr> attributes = new ArrayList<>();

    private Templates() {}

    static Templates empty() {
        return new Templates();
    }

    /// Class, key type, CKA_ID, label and every attribute of `template`.
    static Templates key(ObjectClass kind, long keyType, KeyId id, Template template) {
        return empty().number(Ck.CKA_CLASS, number(kind))
                .number(Ck.CKA_KEY_TYPE, keyType)
                .bytes(Ck.CKA_ID, id.bytes())
                .all(template);
    }

    /// What an agreement ends in: a value of the session, to be read once.
    static List<Cryptoki.Attr> sharedSecret(int length) {
        return empty().number(Ck.CKA_CLASS, Ck.CKO_SECRET_KEY)
                .number(Ck.CKA_KEY_TYPE, Ck.CKK_GENERIC_SECRET)
                .number(Ck.CKA_VALUE_LEN, length)
                .flag(Ck.CKA_TOKEN, false)
                .flag(Ck.CKA_PRIVATE, false)
                .flag(Ck.CKA_SENSITIVE, false)
                .flag(Ck.CKA_EXTRACTABLE, true)
                .list();
    }

    /// CKA_KEY_TYPE of a key of this spec.
    static long keyType(KeySpec spec) {
        return switch (spec) {
            case KeySpec.Ec ec -> Ck.CKK_EC;
            case KeySpec.Rsa rsa -> Ck.CKK_RSA;
            case KeySpec.Ed25519 edwards -> Ck.CKK_EC_EDWARDS;
            case KeySpec.Aes aes -> Ck.CKK_AES;
            case KeySpec.Hmac hmac -> Ck.CKK_GENERIC_SECRET;
        };
    }

    static long number(ObjectClass kind) {
        return switch (kind) {
            case CERTIFICATE -> Ck.CKO_CERTIFICATE;
            case PUBLIC_KEY -> Ck.CKO_PUBLIC_KEY;
            case PRIVATE_KEY -> Ck.CKO_PRIVATE_KEY;
            case SECRET_KEY -> Ck.CKO_SECRET_KEY;
            case OTHER -> throw new IllegalArgumentException("no single class is meant");
        };
    }

    static ObjectClass kind(long number) {
        for (ObjectClass kind : ObjectClass.values()) {
            if (kind != ObjectClass.OTHER && number(kind) == number) {
                return kind;
            }
        }
        return ObjectClass.OTHER;
    }

    static long type(Attribute attribute) {
        return Names.attributeNumber(attribute.cka());
    }

    /// What a public half needs to be generated. An Edwards curve has several names; see [Edwards].
    Templates parameters(KeySpec.Pair spec, byte[] edwards) {
        return switch (spec) {
            case KeySpec.Ec(var curve) -> bytes(Ck.CKA_EC_PARAMS, PublicKeys.parameters(curve));
            case KeySpec.Rsa(var bits) ->
                number(Ck.CKA_MODULUS_BITS, bits).bytes(Ck.CKA_PUBLIC_EXPONENT, PUBLIC_EXPONENT.clone());
            case KeySpec.Ed25519 _ -> bytes(Ck.CKA_EC_PARAMS, edwards);
        };
    }

    Templates all(Template template) {
        text(Ck.CKA_LABEL, template.label());
        template.attributes().forEach((attribute, value) -> flag(type(attribute), value));
        return this;
    }

    Templates flag(long type, boolean value) {
        return bytes(type, new byte[] {(byte) (value ? 1 : 0)});
    }

    Templates number(long type, long value) {
        return bytes(
                type,
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putLong(value)
                        .array());
    }

    Templates text(long type, String value) {
        return bytes(type, value.getBytes(StandardCharsets.UTF_8));
    }

    Templates bytes(long type, byte[] value) {
        attributes.add(new Cryptoki.Attr(type, value));
        return this;
    }

    List<Cryptoki.Attr> list() {
        return List.copyOf(attributes);
    }
}
