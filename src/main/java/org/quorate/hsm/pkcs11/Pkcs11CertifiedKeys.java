package org.quorate.hsm.pkcs11;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.quorate.base.Secret;
import org.quorate.hsm.CertifiedKey;
import org.quorate.hsm.CertifiedKeys;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.TokenInfo;

/// The keys of a token by their certificates. The token is looked for by its serial each time: another card in the same
/// slot is never given the PIN.
final class Pkcs11CertifiedKeys implements CertifiedKeys {
    private static final List<Long> CERTIFICATE = List.of(Ck.CKA_ID, Ck.CKA_LABEL, Ck.CKA_VALUE);

    private final Pkcs11Hsm hsm;
    private final TokenInfo token;

    Pkcs11CertifiedKeys(Pkcs11Hsm hsm, TokenInfo token) {
        this.hsm = hsm;
        this.token = token;
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(Cryptoki ck, long slot, long session);
    }

    /// A session for one use. Whatever else is open on the token ends first, because a login is the token's and not the
    /// session's.
    private <T> T inSession(Use<T> use) {
        Cryptoki ck = hsm.cryptoki();
        long slot = hsm.slotOf(ck, token);
        hsm.endSessions(ck, slot);
        long session = ck.openSession(slot, false);
        try {
            return use.of(ck, slot, session);
        } finally {
            Outcomes.ignoring(() -> ck.closeSession(session));
        }
    }

    @Override
    public List<CertifiedKey> list() {
        return Outcomes.of(() -> inSession((ck, slot, session) -> list(ck, session)))
                .orThrow();
    }

    private static List<CertifiedKey> list(Cryptoki ck, long session) {
        var keys = new ArrayList<CertifiedKey>();
        var wanted = Templates.empty().number(Ck.CKA_CLASS, Ck.CKO_CERTIFICATE).list();
        for (long object : ck.findObjects(session, wanted)) {
            var read = new Attributes(ck.attributes(session, object, CERTIFICATE));
            read.bytes(Ck.CKA_VALUE)
                    .flatMap(Pkcs11CertifiedKeys::certificate)
                    .ifPresent(certificate -> keys.add(new CertifiedKey(
                            HexFormat.of().formatHex(read.bytes(Ck.CKA_ID).orElse(new byte[0])),
                            read.text(Ck.CKA_LABEL),
                            certificate)));
        }
        return List.copyOf(keys);
    }

    private static Optional<X509Certificate> certificate(byte[] der) {
        try {
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    /// Logged in for one use of one private key.
    private <T> Outcome<T> with(CertifiedKey key, Secret pin, Unlocked<T> use) {
        return Outcomes.of(() -> inSession((ck, slot, session) -> {
            Pins.lend(token, "C_Login", pin, bytes -> ck.login(session, Ck.CKU_USER, bytes));
            try {
                return use.of(ck, slot, session, only(ck, session, key));
            } finally {
                Outcomes.ignoring(() -> ck.logout(session));
            }
        }));
    }

    @FunctionalInterface
    private interface Unlocked<T> {
        T of(Cryptoki ck, long slot, long session, long key);
    }

    private static long only(Cryptoki ck, long session, CertifiedKey key) {
        List<Long> found = ck.findObjects(
                session,
                Templates.empty()
                        .number(Ck.CKA_CLASS, Ck.CKO_PRIVATE_KEY)
                        .bytes(Ck.CKA_ID, key.idBytes())
                        .list());
        if (found.size() != 1) {
            throw new CkException("C_FindObjects", Ck.CKR_OBJECT_HANDLE_INVALID);
        }
        return found.getFirst();
    }

    @Override
    public Outcome<byte[]> sign(CertifiedKey key, SignatureScheme scheme, Secret pin, byte[] message) {
        return with(key, pin, (ck, slot, session, handle) -> {
            var signing = Signing.of(scheme, message, ck.mechanisms(slot));
            byte[] raw = wantsPinEachTime(ck, session, handle)
                    ? pin.use(bytes -> ck.signWithPin(session, signing.mechanism(), handle, signing.input(), bytes))
                    : ck.sign(session, signing.mechanism(), handle, signing.input());
            return Signing.isEcdsa(scheme) ? Signing.toDer(raw) : raw;
        });
    }

    private static boolean wantsPinEachTime(Cryptoki ck, long session, long key) {
        return new Attributes(ck.attributes(session, key, List.of(Ck.CKA_ALWAYS_AUTHENTICATE)))
                .flag(Ck.CKA_ALWAYS_AUTHENTICATE)
                .orElse(false);
    }

    @Override
    public Outcome<Secret> agree(CertifiedKey key, Secret pin, ECPublicKey theirs) {
        byte[] point = SubjectPublicKeyInfo.getInstance(theirs.getEncoded())
                .getPublicKeyData()
                .getBytes();
        var mechanism = new Cryptoki.Mech(Ck.CKM_ECDH1_DERIVE, new Cryptoki.Param.Ecdh(Ck.CKD_NULL, point));
        int length = (theirs.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        var template = Templates.empty()
                .number(Ck.CKA_CLASS, Ck.CKO_SECRET_KEY)
                .number(Ck.CKA_KEY_TYPE, Ck.CKK_GENERIC_SECRET)
                .flag(Ck.CKA_TOKEN, false)
                .flag(Ck.CKA_SENSITIVE, false)
                .flag(Ck.CKA_EXTRACTABLE, true)
                .number(Ck.CKA_VALUE_LEN, length)
                .list();
        return with(key, pin, (ck, slot, session, handle) -> {
            long derived = ck.deriveKey(session, mechanism, handle, template);
            try {
                return new Attributes(ck.attributes(session, derived, List.of(Ck.CKA_VALUE)))
                        .bytes(Ck.CKA_VALUE)
                        .map(value -> padded(value, length))
                        .orElseThrow(() -> new UnknownOutcomeException(
                                "C_GetAttributeValue", "the token does not give out the secret that it derived"));
            } finally {
                Outcomes.ignoring(() -> ck.destroyObject(session, derived));
            }
        });
    }

    @Override
    public Outcome<Secret> decrypt(CertifiedKey key, Secret pin, byte[] block) {
        var mechanism = Cryptoki.Mech.of(Ck.CKM_RSA_X_509);
        return with(
                key,
                pin,
                (ck, slot, session, handle) -> padded(ck.decrypt(session, mechanism, handle, block), block.length));
    }

    /// As wide as it is meant: some tokens leave leading zeros out.
    private static Secret padded(byte[] value, int length) {
        byte[] whole = new byte[length];
        int skip = Math.max(0, value.length - length);
        System.arraycopy(value, skip, whole, length - value.length + skip, value.length - skip);
        Arrays.fill(value, (byte) 0);
        return Secret.ofBytes(whole);
    }
}
