package org.quorate.hsm;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a key is for decides every attribute it gets. WRAP excludes DECRYPT and UNWRAP excludes ENCRYPT on one key:
/// with both, a sensitive key can be read in clear.
public enum KeyPurpose {
    /// Signs certificates and CRLs; leaves the token only under a trusted wrapping key, and later not at all.
    CERTIFICATE_AUTHORITY,
    /// Signs, and never leaves the token: the console's own keys.
    SIGNING,
    /// Carries a wrapping key to another token: its private half only unwraps.
    TRANSPORT,
    /// Wraps keys and nothing else. A TRUSTED key is necessarily PRIVATE=false, so UNWRAP must stay false on it, or any
    /// session without login could unwrap with it.
    WRAPPING,
    /// The wrapping key on the receiving token: unwraps and nothing else.
    UNWRAPPING,
    /// Encrypts and decrypts data, and carries no keys.
    DATA_ENCRYPTION,
    /// Carries data keys in their envelopes. What it wraps it unwraps again, so that it is private and never TRUSTED:
    /// no key that leaves under trusted ones only leaves under it.
    KEY_ENCRYPTION,
    /// Makes message authentication codes and checks them.
    MESSAGE_AUTHENTICATION;

    private static final Set<Attribute> ALL = EnumSet.of(
            Attribute.TOKEN,
            Attribute.PRIVATE,
            Attribute.MODIFIABLE,
            Attribute.COPYABLE,
            Attribute.DESTROYABLE,
            Attribute.DERIVE);
    private static final Set<Attribute> PRIVATE_KEY = EnumSet.of(
            Attribute.SENSITIVE,
            Attribute.EXTRACTABLE,
            Attribute.WRAP_WITH_TRUSTED,
            Attribute.DECRYPT,
            Attribute.SIGN,
            Attribute.SIGN_RECOVER,
            Attribute.UNWRAP,
            Attribute.ALWAYS_AUTHENTICATE);
    private static final Set<Attribute> PUBLIC_KEY = EnumSet.of(
            Attribute.TRUSTED, Attribute.ENCRYPT, Attribute.VERIFY, Attribute.VERIFY_RECOVER, Attribute.WRAP);
    private static final Set<Attribute> SECRET_KEY = EnumSet.of(
            Attribute.SENSITIVE,
            Attribute.EXTRACTABLE,
            Attribute.WRAP_WITH_TRUSTED,
            Attribute.TRUSTED,
            Attribute.ENCRYPT,
            Attribute.DECRYPT,
            Attribute.SIGN,
            Attribute.VERIFY,
            Attribute.WRAP,
            Attribute.UNWRAP);

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<KeyPurpose> ofWire(String text) {
        for (KeyPurpose purpose : values()) {
            if (purpose.wire().equals(text)) {
                return Optional.of(purpose);
            }
        }
        return Optional.empty();
    }

    /// The private half of a pair as generated.
    public Template privateHalf(String label) {
        Template nothing =
                template(label, PRIVATE_KEY).with(Attribute.PRIVATE, true).with(Attribute.SENSITIVE, true);
        return switch (this) {
            case CERTIFICATE_AUTHORITY ->
                nothing.with(Attribute.SIGN, true)
                        .with(Attribute.EXTRACTABLE, true)
                        .with(Attribute.WRAP_WITH_TRUSTED, true);
            case SIGNING -> nothing.with(Attribute.SIGN, true);
            case TRANSPORT -> nothing.with(Attribute.UNWRAP, true);
            case WRAPPING, UNWRAPPING, DATA_ENCRYPTION, KEY_ENCRYPTION, MESSAGE_AUTHENTICATION ->
                throw new IllegalArgumentException(this + " is a secret key, not a pair");
        };
    }

    /// The public half of a pair as generated.
    public Template publicHalf(String label) {
        return template(label, PUBLIC_KEY).with(Attribute.VERIFY, this == CERTIFICATE_AUTHORITY || this == SIGNING);
    }

    /// The public half of a transport pair on the sending token, imported by the SO.
    public Template trustedPublicHalf(String label) {
        return template(label, PUBLIC_KEY).with(Attribute.TRUSTED, true).with(Attribute.WRAP, true);
    }

    /// A secret key as generated, and as received in the case of UNWRAPPING. What works for years can be backed up
    /// under a trusted wrapping key.
    public Template secretKey(String label) {
        Template nothing = template(label, SECRET_KEY).with(Attribute.SENSITIVE, true);
        return switch (this) {
            case WRAPPING ->
                nothing.with(Attribute.TRUSTED, true)
                        .with(Attribute.EXTRACTABLE, true)
                        .with(Attribute.WRAP_WITH_TRUSTED, true)
                        .with(Attribute.WRAP, true);
            case UNWRAPPING -> nothing.with(Attribute.PRIVATE, true).with(Attribute.UNWRAP, true);
            case DATA_ENCRYPTION ->
                backedUp(nothing).with(Attribute.ENCRYPT, true).with(Attribute.DECRYPT, true);
            case KEY_ENCRYPTION -> backedUp(nothing).with(Attribute.WRAP, true).with(Attribute.UNWRAP, true);
            case MESSAGE_AUTHENTICATION ->
                backedUp(nothing).with(Attribute.SIGN, true).with(Attribute.VERIFY, true);
            case CERTIFICATE_AUTHORITY, SIGNING, TRANSPORT ->
                throw new IllegalArgumentException(this + " is a pair, not a secret key");
        };
    }

    private static Template backedUp(Template key) {
        return key.with(Attribute.PRIVATE, true)
                .with(Attribute.EXTRACTABLE, true)
                .with(Attribute.WRAP_WITH_TRUSTED, true);
    }

    /// The copy of a private or secret key on the receiving token: it never leaves again. That of a wrapping key is
    /// the one that unwraps.
    public Template copy(String label) {
        return switch (this) {
            case CERTIFICATE_AUTHORITY, SIGNING, TRANSPORT -> staying(privateHalf(label));
            case DATA_ENCRYPTION, KEY_ENCRYPTION, MESSAGE_AUTHENTICATION -> staying(secretKey(label));
            case WRAPPING, UNWRAPPING -> UNWRAPPING.secretKey(label);
        };
    }

    /// A key whose shares people hold: these are its backup, so that it never leaves the token.
    public Template escrowed(String label) {
        return staying(secretKey(label));
    }

    /// Whether the key may be split among people: what carries other keys, so that nothing is lost with a token.
    public boolean canBeEscrowed() {
        return this == WRAPPING || this == KEY_ENCRYPTION;
    }

    private static Template staying(Template key) {
        return key.with(Attribute.EXTRACTABLE, false).with(Attribute.WRAP_WITH_TRUSTED, true);
    }

    /// A data key for the moment in which it stands in a session between two envelopes. It must be able to leave under
    /// a key that nobody trusts, and may encrypt for its check value; nothing else is allowed of it. It is
    /// MODIFIABLE because SoftHSM unwraps no key that is not, and can be destroyed.
    public static Template enveloped(String label) {
        return template(label, SECRET_KEY)
                .with(Attribute.TOKEN, false)
                .with(Attribute.PRIVATE, true)
                .with(Attribute.SENSITIVE, true)
                .with(Attribute.EXTRACTABLE, true)
                .with(Attribute.ENCRYPT, true);
    }

    /// Whether it serves only to bring other keys somewhere, and must be gone when that is done.
    public boolean isCarrier() {
        return this == TRANSPORT || this == WRAPPING || this == UNWRAPPING;
    }

    /// Whether losing the only copy would be a disaster, so that it is made such that it can be copied once.
    public boolean wantsBackup() {
        return this != SIGNING && !isCarrier();
    }

    /// The private half of a pair, or a secret key, as generated.
    public Template generated(KeySpec spec, String label) {
        return spec instanceof KeySpec.Secret ? secretKey(label) : privateHalf(label);
    }

    /// Whether a key of that kind can serve this purpose. RSA carries wrapping keys from 3072 bits on; certificates are
    /// signed by what every relying party knows, which EdDSA is not yet.
    public boolean suits(KeySpec spec) {
        return switch (this) {
            case CERTIFICATE_AUTHORITY -> spec instanceof KeySpec.Ec || spec instanceof KeySpec.Rsa;
            case SIGNING -> spec instanceof KeySpec.Pair;
            case TRANSPORT -> spec instanceof KeySpec.Rsa(var bits) && bits >= 3072;
            case WRAPPING, UNWRAPPING, DATA_ENCRYPTION, KEY_ENCRYPTION -> spec instanceof KeySpec.Aes;
            case MESSAGE_AUTHENTICATION -> spec instanceof KeySpec.Hmac;
        };
    }

    /// On the token, changeable and destroyable there, and otherwise nothing allowed: what a key may do is added by
    /// name.
    private static Template template(String label, Set<Attribute> ofItsClass) {
        var values = new EnumMap<Attribute, Boolean>(Attribute.class);
        ALL.forEach(attribute -> values.put(attribute, false));
        ofItsClass.forEach(attribute -> values.put(attribute, false));
        return new Template(label, values)
                .with(Attribute.TOKEN, true)
                .with(Attribute.MODIFIABLE, true)
                .with(Attribute.DESTROYABLE, true);
    }
}
