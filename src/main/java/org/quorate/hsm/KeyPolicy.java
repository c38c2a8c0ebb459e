package org.quorate.hsm;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How strong a key must be, and for how long (NIST SP 800-57 Part 1 Rev. 5, SP 800-131A Rev. 2). What is too
/// weak for any time cannot be built as a [KeySpec]; what is too weak for the time that is asked of it is refused
/// here.
public final class KeyPolicy {
    /// The last year in which 112 bits of security may protect anything (SP 800-57 Part 1 Rev. 5, table 4).
    public static final int LAST_YEAR_OF_112_BITS = 2030;

    private static final Pattern SIZED = Pattern.compile("(RSA|DSA|DH|EC|AES|HMAC) (?:[Pp]-)?([0-9]{2,5})");
    private static final Pattern OUTDATED = Pattern.compile("(?:3?DES|TDEA|RC[245]|SKIPJACK|Blowfish)\\b.*");

    private KeyPolicy() {}

    /// Why a key is refused.
    ///
    /// @param section of the standard that says so
    public record Refusal(int strength, String section) {}

    /// Bits of security (SP 800-57 Part 1 Rev. 5, tables 2 and 3); 256 is the most that there is.
    public static int strength(KeySpec spec) {
        return switch (spec) {
            case KeySpec.Aes(var bits) -> bits;
            case KeySpec.Hmac(var bits) -> Math.min(bits, 256);
            case KeySpec.Ed25519 _ -> 128;
            case KeySpec.Rsa(var bits) -> bits >= 3072 ? 128 : 112;
            case KeySpec.Ec(var curve) ->
                switch (curve) {
                    case P256 -> 128;
                    case P384 -> 192;
                    case P521 -> 256;
                };
        };
    }

    /// Whether the key may protect anything until the end of `lastYear`.
    public static Optional<Refusal> refusal(KeySpec spec, int lastYear) {
        int strength = strength(spec);
        return strength <= 112 && lastYear > LAST_YEAR_OF_112_BITS
                ? Optional.of(new Refusal(strength, "SP 800-57 Part 1 Rev. 5, table 4"))
                : Optional.empty();
    }

    /// The section that forbids what `text` asks for; empty where it is no known way to be too weak.
    public static Optional<String> forbidden(String text) {
        Matcher sized = SIZED.matcher(text);
        if (sized.matches()) {
            int size = Integer.parseInt(sized.group(2));
            return switch (sized.group(1)) {
                case "RSA", "DSA", "DH" ->
                    size < 2048 ? Optional.of("SP 800-131A Rev. 2, sections 3 and 5") : Optional.empty();
                case "EC" -> size < 224 ? Optional.of("SP 800-131A Rev. 2, section 3") : Optional.empty();
                case "HMAC" -> size < 112 ? Optional.of("SP 800-131A Rev. 2, section 10") : Optional.empty();
                default -> Optional.empty();
            };
        }
        return OUTDATED.matcher(text).matches() ? Optional.of("SP 800-131A Rev. 2, section 2") : Optional.empty();
    }
}
