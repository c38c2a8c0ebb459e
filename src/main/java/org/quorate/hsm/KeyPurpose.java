package org.quorate.hsm;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a key is for decides every attribute it gets. WRAP excludes DECRYPT and UNWRAP excludes ENCRYPT on one key:
/// with both, a sensitive key can be read in clear.
public enum KeyPurpose {
    /// Signs certificates and CRLs; leaves the token only under a trusted wrapping key, and later not at all.
    CERTIFICATE_AUTHORITY,
    /// Carries a wrapping key to another token: its private half only unwraps.
    TRANSPORT,
    /// Wraps keys and nothing else. A TRUSTED key is necessarily PRIVATE=false, so UNWRAP must stay false on it, or any
    /// session without login could unwrap with it.
    WRAPPING,
    /// The wrapping key on the receiving token: unwraps and nothing else.
    UNWRAPPING;

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
        Map<Attribute, Boolean> values = nothingAllowed();
        values.put(Attribute.TOKEN, true);
        values.put(Attribute.PRIVATE, true);
        values.put(Attribute.SENSITIVE, true);
        switch (this) {
            case CERTIFICATE_AUTHORITY -> {
                values.put(Attribute.SIGN, true);
                values.put(Attribute.EXTRACTABLE, true);
                values.put(Attribute.WRAP_WITH_TRUSTED, true);
            }
            case TRANSPORT -> values.put(Attribute.UNWRAP, true);
            case WRAPPING, UNWRAPPING -> throw new IllegalArgumentException(this + " is a secret key, not a pair");
        }
        values.remove(Attribute.ENCRYPT);
        values.remove(Attribute.VERIFY);
        values.remove(Attribute.WRAP);
        values.remove(Attribute.TRUSTED);
        return new Template(label, values);
    }

    /// The public half of a pair as generated.
    public Template publicHalf(String label) {
        Map<Attribute, Boolean> values = publicAttributes();
        if (this == CERTIFICATE_AUTHORITY) {
            values.put(Attribute.VERIFY, true);
        }
        return new Template(label, values);
    }

    /// The public half of a transport pair on the sending token, imported by the SO.
    public Template trustedPublicHalf(String label) {
        Map<Attribute, Boolean> values = publicAttributes();
        values.put(Attribute.TRUSTED, true);
        values.put(Attribute.WRAP, true);
        return new Template(label, values);
    }

    /// A secret key as generated (WRAPPING) or received (UNWRAPPING).
    public Template secretKey(String label) {
        Map<Attribute, Boolean> values = nothingAllowed();
        values.put(Attribute.TOKEN, true);
        values.put(Attribute.SENSITIVE, true);
        switch (this) {
            case WRAPPING -> {
                values.put(Attribute.PRIVATE, false);
                values.put(Attribute.TRUSTED, true);
                values.put(Attribute.EXTRACTABLE, true);
                values.put(Attribute.WRAP_WITH_TRUSTED, true);
                values.put(Attribute.WRAP, true);
            }
            case UNWRAPPING -> {
                values.put(Attribute.PRIVATE, true);
                values.put(Attribute.UNWRAP, true);
                values.remove(Attribute.TRUSTED);
            }
            case CERTIFICATE_AUTHORITY, TRANSPORT ->
                throw new IllegalArgumentException(this + " is a pair, not a secret key");
        }
        return new Template(label, values);
    }

    /// The copy of a private key on the receiving token: it never leaves again.
    public Template copy(String label) {
        return privateHalf(label).with(Attribute.EXTRACTABLE, false).with(Attribute.WRAP_WITH_TRUSTED, true);
    }

    private static Map<Attribute, Boolean> nothingAllowed() {
        var values = new EnumMap<Attribute, Boolean>(Attribute.class);
        for (Attribute attribute : new Attribute[] {
            Attribute.EXTRACTABLE,
            Attribute.WRAP_WITH_TRUSTED,
            Attribute.TRUSTED,
            Attribute.ENCRYPT,
            Attribute.DECRYPT,
            Attribute.SIGN,
            Attribute.VERIFY,
            Attribute.WRAP,
            Attribute.UNWRAP,
            Attribute.DERIVE
        }) {
            values.put(attribute, false);
        }
        return values;
    }

    private static Map<Attribute, Boolean> publicAttributes() {
        var values = new EnumMap<Attribute, Boolean>(Attribute.class);
        values.put(Attribute.TOKEN, true);
        values.put(Attribute.PRIVATE, false);
        for (Attribute attribute : new Attribute[] {
            Attribute.TRUSTED, Attribute.ENCRYPT, Attribute.VERIFY, Attribute.WRAP, Attribute.DERIVE
        }) {
            values.put(attribute, false);
        }
        return values;
    }
}
