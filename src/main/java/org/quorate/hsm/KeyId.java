package org.quorate.hsm;

import java.util.HexFormat;
import java.util.regex.Pattern;

/// A CKA_ID of 16 bytes, chosen before the call so that the effect can be found later.
public record KeyId(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public KeyId {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("not 16 bytes in lower-case hex: " + hex);
        }
    }

    public static KeyId of(byte[] sixteen) {
        return new KeyId(HexFormat.of().formatHex(sixteen));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
