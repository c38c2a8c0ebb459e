package org.quorate.hsm.pkcs11;

import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.quorate.base.Secret;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.CipherScheme;
import org.quorate.hsm.InspectedObject;
import org.quorate.hsm.KeyCheckValue;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyReport;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.MadeKey;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.Template;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.WrapScheme;

/// One session in one module host. It dies with that host, and with the next session on its token.
final class Pkcs11Session implements TokenSession {

    /// Where a session lives.
    record Place(Cryptoki cryptoki, long slot, long handle) {}

    private static final Set<Attribute> SET_BY_TOKEN =
            EnumSet.of(Attribute.LOCAL, Attribute.ALWAYS_SENSITIVE, Attribute.NEVER_EXTRACTABLE);

    private final Pkcs11Hsm hsm;
    private final TokenInfo token;
    private final Cryptoki ck;
    private final long slot;
    private final long handle;
    private final boolean loggedIn;
    private final ObjectReader objects;
    private final Wrapping wrapping;
    private volatile boolean ended;

    Pkcs11Session(Pkcs11Hsm hsm, TokenInfo token, Place place, boolean loggedIn) {
        this.hsm = hsm;
        this.token = token;
        this.ck = place.cryptoki();
        this.slot = place.slot();
        this.handle = place.handle();
        this.loggedIn = loggedIn;
        this.objects = new ObjectReader(ck, handle);
        this.wrapping = new Wrapping(hsm, token.serial(), place, objects);
    }

    long slot() {
        return slot;
    }

    /// Another session took the token over, or the token was initialised.
    void ended() {
        ended = true;
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            if (loggedIn) {
                Outcomes.ignoring(() -> ck.logout(handle));
            }
            Outcomes.ignoring(() -> ck.closeSession(handle));
        }
    }

    /// The one way in: a session that has ended refuses, because its handle may already be another's.
    private <T> Outcome<T> act(Function<Long, T> act) {
        return Outcomes.of(() -> {
            if (ended) {
                throw new CkException("C_GetSessionInfo", Ck.CKR_SESSION_CLOSED);
            }
            return act.apply(handle);
        });
    }

    Outcome<TokenInfo> initPin(Secret userPin) {
        return act(s -> Pins.lend(token, "C_InitPIN", userPin, pin -> ck.initPin(s, pin)));
    }

    Outcome<TokenInfo> initRolePin(long userType, Secret rolePin) {
        return act(s -> Pins.lend(token, "CA_InitRolePIN", rolePin, pin -> ck.initRolePin(s, userType, pin)));
    }

    Outcome<TokenInfo> setPin(Secret old, Secret fresh) {
        return act(s -> Pins.lend(
                token,
                "C_SetPIN",
                old,
                before -> Pins.lend(token, "C_SetPIN", fresh, after -> ck.setPin(s, before, after))));
    }

    @Override
    public Outcome<PublicKey> generateKeyPair(KeySpec.Pair spec, KeyId id, Template publicHalf, Template privateHalf) {
        long type = Templates.keyType(spec);
        var closed = Templates.key(ObjectClass.PRIVATE_KEY, type, id, privateHalf);
        long mechanism = switch (spec) {
            case KeySpec.Ec _ -> Ck.CKM_EC_KEY_PAIR_GEN;
            case KeySpec.Rsa _ -> Ck.CKM_RSA_PKCS_KEY_PAIR_GEN;
            case KeySpec.Ed25519 _ -> Ck.CKM_EC_EDWARDS_KEY_PAIR_GEN;
        };
        return act(s -> {
            Cryptoki.PairHandles pair = inItsName(type, edwards -> {
                var open = Templates.key(ObjectClass.PUBLIC_KEY, type, id, publicHalf)
                        .parameters(spec, edwards);
                return ck.generateKeyPair(s, Cryptoki.Mech.of(mechanism), open.list(), closed.list());
            });
            return Outcomes.afterwards("C_GenerateKeyPair", () -> objects.publicKey(pair.publicKey()));
        });
    }

    /// Only an Edwards curve has more than one.
    private static <T> T inItsName(long keyType, Function<byte[], T> act) {
        return keyType == Ck.CKK_EC_EDWARDS ? Edwards.first(act) : act.apply(new byte[0]);
    }

    @Override
    public Outcome<KeyId> generateKey(KeySpec.Secret spec, KeyId id, Template template) {
        int bits = switch (spec) {
            case KeySpec.Aes(var size) -> size;
            case KeySpec.Hmac(var size) -> size;
        };
        long mechanism = spec instanceof KeySpec.Aes ? Ck.CKM_AES_KEY_GEN : Ck.CKM_GENERIC_SECRET_KEY_GEN;
        var key = Templates.key(ObjectClass.SECRET_KEY, Templates.keyType(spec), id, template)
                .number(Ck.CKA_VALUE_LEN, bits / 8);
        return act(s -> {
            ck.generateKey(s, Cryptoki.Mech.of(mechanism), key.list());
            return id;
        });
    }

    @Override
    public Outcome<KeyId> importSecretKey(MadeKey key, KeyId id, Template template) {
        return act(s -> key.secret().use(value -> {
            // The very bytes of the secret: the frame that carries them to the module host is wiped.
            var object = Templates.key(ObjectClass.SECRET_KEY, Ck.CKK_AES, id, template)
                    .bytes(Ck.CKA_VALUE, value);
            ck.createObject(s, object.list());
            return id;
        }));
    }

    @Override
    public Outcome<KeyId> importPublicKey(PublicKey key, KeyId id, Template template) {
        long type = PublicKeys.keyType(key);
        return act(s -> {
            inItsName(type, edwards -> {
                var object = Templates.key(ObjectClass.PUBLIC_KEY, type, id, template);
                return ck.createObject(s, PublicKeys.write(object, key, edwards).list());
            });
            return id;
        });
    }

    @Override
    public Outcome<KeyId> importCertificate(byte[] der, KeyId id, String label) {
        X509Certificate certificate = certificate(der);
        var object = Templates.empty()
                .number(Ck.CKA_CLASS, Ck.CKO_CERTIFICATE)
                .number(Ck.CKA_CERTIFICATE_TYPE, 0) // CKC_X_509
                .flag(Ck.CKA_TOKEN, true)
                .flag(Ck.CKA_PRIVATE, false)
                .flag(Ck.CKA_TRUSTED, false)
                .bytes(Ck.CKA_ID, id.bytes())
                .text(Ck.CKA_LABEL, label)
                .bytes(Ck.CKA_SUBJECT, certificate.getSubjectX500Principal().getEncoded())
                .bytes(Ck.CKA_ISSUER, certificate.getIssuerX500Principal().getEncoded())
                .bytes(Ck.CKA_SERIAL_NUMBER, PublicKeys.integer(certificate.getSerialNumber()))
                .bytes(Ck.CKA_VALUE, der.clone());
        return act(s -> {
            ck.createObject(s, object.list());
            return id;
        });
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("not an X.509 certificate", e);
        }
    }

    @Override
    public List<TokenObject> objects() {
        return act(s -> objects.all()).orThrow();
    }

    @Override
    public List<TokenObject> find(KeyId id) {
        return act(s -> objects.all(id)).orThrow();
    }

    @Override
    public List<InspectedObject> inspect(Set<String> attributes) {
        return act(s -> objects.inspected(attributes)).orThrow();
    }

    @Override
    public Outcome<PublicKey> publicKey(KeyId id) {
        return act(s -> objects.publicKey(objects.only(id, ObjectClass.PUBLIC_KEY)));
    }

    @Override
    public KeyReport report(TokenObject object, Template asked) {
        Set<Attribute> names = EnumSet.copyOf(SET_BY_TOKEN);
        if (object.kind() == ObjectClass.PUBLIC_KEY) {
            names = EnumSet.of(Attribute.LOCAL);
        }
        names.addAll(asked.attributes().keySet());
        List<Attribute> all = List.copyOf(names);
        KeyId id = object.id().orElseThrow(() -> new IllegalArgumentException("the object has no CKA_ID of 16 bytes"));
        return act(s -> {
                    List<Long> types = all.stream().map(Templates::type).toList();
                    var read = new Attributes(ck.attributes(s, objects.confirmed(object), types));
                    List<KeyReport.Line> lines = all.stream()
                            .map(a -> new KeyReport.Line(a, asked.get(a), read.flag(Templates.type(a))))
                            .toList();
                    return new KeyReport(object.kind(), object.label(), id, lines);
                })
                .orThrow();
    }

    @Override
    public Outcome<byte[]> sign(KeyId id, SignatureScheme scheme, byte[] message) {
        return signed(
                id, scheme, message, (key, signing) -> ck.sign(handle, signing.mechanism(), key, signing.input()));
    }

    @Override
    public Outcome<byte[]> sign(KeyId id, SignatureScheme scheme, byte[] message, Secret keyPin) {
        return signed(
                id,
                scheme,
                message,
                (key, signing) ->
                        keyPin.use(pin -> ck.signWithPin(handle, signing.mechanism(), key, signing.input(), pin)));
    }

    private Outcome<byte[]> signed(
            KeyId id, SignatureScheme scheme, byte[] message, BiFunction<Long, Signing, byte[]> signer) {
        return act(s -> {
            var signing = Signing.of(scheme, message, ck.mechanisms(slot));
            byte[] raw = signer.apply(objects.only(id, Signing.signer(scheme)), signing);
            return Signing.isEcdsa(scheme) ? Signing.toDer(raw) : raw;
        });
    }

    @Override
    public Outcome<Boolean> verify(KeyId id, SignatureScheme scheme, byte[] message, byte[] signature) {
        return act(s -> {
            long key = objects.only(id, Signing.verifier(scheme));
            Optional<byte[]> raw = rawSignature(key, scheme, signature);
            var signing = Signing.of(scheme, message, ck.mechanisms(slot));
            return raw.isPresent() && ck.verify(s, signing.mechanism(), key, signing.input(), raw.get());
        });
    }

    /// Empty where the bytes cannot be a signature of this key.
    private Optional<byte[]> rawSignature(long key, SignatureScheme scheme, byte[] signature) {
        if (!Signing.isEcdsa(scheme)) {
            return Optional.of(signature);
        }
        if (!(objects.publicKey(key) instanceof ECPublicKey ec)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Signing.toRaw(signature, (ec.getParams().getOrder().bitLength() + 7) / 8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Outcome<byte[]> wrap(KeyId wrapping, WrapScheme scheme, KeyId target, ObjectClass targetKind) {
        return act(s -> this.wrapping.wrap(wrapping, scheme, target, targetKind));
    }

    @Override
    public Outcome<KeyId> unwrap(
            KeyId unwrapping, WrapScheme scheme, byte[] wrapped, KeySpec spec, KeyId id, Template template) {
        ObjectClass kind = spec instanceof KeySpec.Pair ? ObjectClass.PRIVATE_KEY : ObjectClass.SECRET_KEY;
        var object = Templates.key(kind, Templates.keyType(spec), id, template).list();
        return act(s -> {
            wrapping.unwrap(unwrapping, scheme, wrapped, object);
            return id;
        });
    }

    @Override
    public Outcome<List<WrapScheme>> keyWraps() {
        return act(s -> wrapping.keyWraps());
    }

    @Override
    public Optional<String> mechanismOf(WrapScheme scheme) {
        return wrapping.mechanismOf(scheme);
    }

    @Override
    public Outcome<KeyCheckValue> checkValue(TokenObject key) {
        return act(s -> new CheckValues(ck, s, wrapping).of(objects.confirmed(key)));
    }

    @Override
    public Outcome<byte[]> encrypt(KeyId id, CipherScheme scheme, byte[] data) {
        return act(s -> switch (scheme) {
            case AES_BLOCKS ->
                ck.encrypt(s, Cryptoki.Mech.of(Ck.CKM_AES_ECB), objects.only(id, ObjectClass.SECRET_KEY), data);
            case RSA_OAEP -> {
                long key = objects.only(id, ObjectClass.PUBLIC_KEY);
                yield hsm.oaep().first(token.serial(), mechanism -> ck.encrypt(s, mechanism, key, data));
            }
        });
    }

    @Override
    public Outcome<byte[]> decrypt(KeyId id, CipherScheme scheme, byte[] data) {
        return act(s -> switch (scheme) {
            case AES_BLOCKS ->
                ck.decrypt(s, Cryptoki.Mech.of(Ck.CKM_AES_ECB), objects.only(id, ObjectClass.SECRET_KEY), data);
            case RSA_OAEP -> {
                long key = objects.only(id, ObjectClass.PRIVATE_KEY);
                yield hsm.oaep().first(token.serial(), mechanism -> ck.decrypt(s, mechanism, key, data));
            }
        });
    }

    @Override
    public Outcome<Secret> agree(KeyId id, ECPublicKey theirs) {
        var mechanism =
                new Cryptoki.Mech(Ck.CKM_ECDH1_DERIVE, new Cryptoki.Param.Ecdh(Ck.CKD_NULL, PublicKeys.point(theirs)));
        int width = (theirs.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        return act(s -> {
            long derived = ck.deriveKey(
                    s, mechanism, objects.only(id, ObjectClass.PRIVATE_KEY), Templates.sharedSecret(width));
            try {
                return new Attributes(ck.attributes(s, derived, List.of(Ck.CKA_VALUE)))
                        .bytes(Ck.CKA_VALUE)
                        .map(Secret::ofBytes)
                        .orElseThrow(() -> new CkException("C_GetAttributeValue", Ck.CKR_ATTRIBUTE_SENSITIVE));
            } finally {
                Outcomes.ignoring(() -> ck.destroyObject(s, derived));
            }
        });
    }

    @Override
    public Outcome<KeyId> copy(TokenObject object, KeyId id, Template template) {
        var changes =
                Templates.empty().bytes(Ck.CKA_ID, id.bytes()).all(template).list();
        return act(s -> {
            ck.copyObject(s, objects.confirmed(object), changes);
            return id;
        });
    }

    @Override
    public Outcome<TokenObject> set(TokenObject object, Attribute attribute, boolean value) {
        var change = Templates.empty().flag(Templates.type(attribute), value).list();
        return act(s -> {
            ck.setAttributes(s, objects.confirmed(object), change);
            return object;
        });
    }

    @Override
    public Outcome<TokenObject> destroy(TokenObject object) {
        return act(s -> {
            ck.destroyObject(s, objects.confirmed(object));
            return object;
        });
    }

    @Override
    public Outcome<Boolean> secretReadable(TokenObject object) {
        return act(s -> {
            long handle = objects.confirmed(object);
            return ck.readable(s, handle, Ck.CKA_VALUE) || ck.readable(s, handle, Ck.CKA_PRIVATE_EXPONENT);
        });
    }
}
