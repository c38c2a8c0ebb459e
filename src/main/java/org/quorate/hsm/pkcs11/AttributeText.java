package org.quorate.hsm.pkcs11;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.KeySpec;

/// The value of an attribute in a form that can be read: truth values and numbers as such, what PKCS#11 has names
/// for by its name, texts as texts, all else in hex.
final class AttributeText {
    private static final Set<Long> TRUTH_VALUES =
            Arrays.stream(Attribute.values()).map(Templates::type).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> TEXTS = Set.of("CKA_LABEL", "CKA_APPLICATION", "CKA_URL");
    private static final Set<String> DATES = Set.of("CKA_START_DATE", "CKA_END_DATE");
    private static final Set<String> NUMBERS = Set.of(
            "CKA_CERTIFICATE_CATEGORY",
            "CKA_JAVA_MIDP_SECURITY_DOMAIN",
            "CKA_MODULUS_BITS",
            "CKA_PRIME_BITS",
            "CKA_SUBPRIME_BITS",
            "CKA_VALUE_BITS",
            "CKA_VALUE_LEN",
            "CKA_AUTH_PIN_FLAGS",
            "CKA_HW_FEATURE_TYPE");

    private static final Set<Long> SHORT =
            Set.of(Ck.CKA_CLASS, Ck.CKA_KEY_TYPE, Ck.CKA_CERTIFICATE_TYPE, Ck.CKA_EC_PARAMS, Ck.CKA_EC_POINT);

    private AttributeText() {}

    /// Whether a value of it always fits into a kilobyte: truth values, numbers, dates, parameters of curves and
    /// points on them.
    static boolean isShort(long type) {
        String name = Names.attribute(type);
        return TRUTH_VALUES.contains(type) || NUMBERS.contains(name) || DATES.contains(name) || SHORT.contains(type);
    }

    static String of(long type, byte[] value) {
        String name = Names.attribute(type);
        if (value.length == 1 && TRUTH_VALUES.contains(type)) {
            return String.valueOf(value[0] != 0);
        }
        if (TEXTS.contains(name)) {
            return new String(value, StandardCharsets.UTF_8);
        }
        if (DATES.contains(name)) {
            return new String(value, StandardCharsets.US_ASCII)
                    .replace('\0', ' ')
                    .strip();
        }
        if (type == Ck.CKA_EC_PARAMS) {
            return curve(value);
        }
        return value.length == Long.BYTES
                ? number(
                        name,
                        value,
                        ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getLong())
                : HexFormat.of().formatHex(value);
    }

    private static String number(String name, byte[] value, long number) {
        if (number == Abi.UNAVAILABLE && !name.equals("CKA_ID")) {
            return "";
        }
        return switch (name) {
            case "CKA_CLASS" -> Names.objectClass(number);
            case "CKA_KEY_TYPE" -> Names.keyType(number);
            case "CKA_CERTIFICATE_TYPE" -> Names.certificateType(number);
            case "CKA_KEY_GEN_MECHANISM", "CKA_NAME_HASH_ALGORITHM", "CKA_MECHANISM_TYPE" -> Names.mechanism(number);
            default ->
                NUMBERS.contains(name)
                        ? Long.toUnsignedString(number)
                        : HexFormat.of().formatHex(value);
        };
    }

    private static String curve(byte[] parameters) {
        if (Edwards.isName(parameters)) {
            return new KeySpec.Ed25519().text();
        }
        for (KeySpec.Curve curve : KeySpec.Curve.values()) {
            if (Arrays.equals(PublicKeys.parameters(curve), parameters)) {
                return curve.text();
            }
        }
        return HexFormat.of().formatHex(parameters);
    }
}
