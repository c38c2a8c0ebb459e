package org.quorate.hsm;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.quorate.base.Json;
import org.quorate.base.Texts;

/// Three bytes by which people know a secret key again without seeing it. Ours are computed by the same rule on every
/// token, while tokens fill their own CKA_CHECK_VALUE as they like, or not at all. Values of two methods say nothing
/// about each other.
///
/// @param hex in upper case, as it is printed and read aloud
public record KeyCheckValue(String hex, Method method) {
    private static final int BYTES = 3;
    private static final Pattern FORM = Pattern.compile("[0-9A-F]{6}");

    public KeyCheckValue {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("not three bytes in upper-case hex: " + hex);
        }
    }

    /// Of what the first three bytes are taken.
    public enum Method {
        /// A block of zeros, encrypted (ANSI X9.24-1, GlobalPlatform).
        AES_ENCRYPT,
        /// Sixteen zero bytes, wrapped by AES-KWP (RFC 5649): for a key that may only wrap.
        AES_KWP,
        /// The code of an empty message.
        HMAC_SHA256,
        /// The code of an empty message.
        HMAC_SHA384,
        /// The code of an empty message.
        HMAC_SHA512;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Empty for a method that this version of the program does not know.
        public static Optional<Method> ofWire(String text) {
            for (Method method : values()) {
                if (method.wire().equals(text)) {
                    return Optional.of(method);
                }
            }
            return Optional.empty();
        }

        public String text() {
            return Texts.get("hsm.check_value." + wire());
        }
    }

    /// From what the method gave, which is at least as long.
    public static KeyCheckValue of(byte[] whole, Method method) {
        return new KeyCheckValue(HexFormat.of().withUpperCase().formatHex(whole, 0, BYTES), method);
    }

    public Json.Obj toJson() {
        return Json.obj().put("hex", hex).put("method", method.wire()).build();
    }
}
