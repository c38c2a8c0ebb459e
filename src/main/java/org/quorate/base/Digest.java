package org.quorate.base;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A SHA-256 value. Kept as lower-case hex because that is how people, JSON and logs meet it.
public record Digest(String hex) implements Comparable<Digest> {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
    private static final String ARTEFACT_PREFIX = "sha256:";

    /// What stands in `prev` of the genesis entry.
    public static final Digest ZERO = new Digest("0".repeat(64));

    public Digest {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a SHA-256 value in lower-case hex: " + hex);
        }
    }

    public static Digest of(byte[] bytes) {
        return ofRaw(sha256().digest(bytes));
    }

    public static Digest ofRaw(byte[] thirtyTwoBytes) {
        return new Digest(HexFormat.of().formatHex(thirtyTwoBytes));
    }

    /// Empty where the text is anything but 64 lower-case hex digits.
    public static Optional<Digest> ofHex(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Digest(text)) : Optional.empty();
    }

    /// A fresh SHA-256, for callers that hash in pieces.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /// `sha256:<hex>`: the form that always names an artefact of the ledger.
    public String artefactName() {
        return ARTEFACT_PREFIX + hex;
    }

    public static boolean isArtefactName(String text) {
        return text.length() == 71
                && text.startsWith(ARTEFACT_PREFIX)
                && FORM.matcher(text.substring(7)).matches();
    }

    public static Digest fromArtefactName(String text) {
        if (!isArtefactName(text)) {
            throw new IllegalArgumentException("not the name of an artefact: " + text);
        }
        return new Digest(text.substring(ARTEFACT_PREFIX.length()));
    }

    /// Groups of four hex digits, the form in which people read and compare it.
    public String grouped() {
        return Fingerprints.groups(hex);
    }

    /// The whole value as 24 BIP-39 words, the last of which carries a checksum.
    public List<String> words() {
        return Words.of(bytes());
    }

    @Override
    public int compareTo(Digest other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
