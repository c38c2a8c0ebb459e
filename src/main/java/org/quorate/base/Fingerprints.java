package org.quorate.base;

/// How hex is laid out for eyes.
public final class Fingerprints {
    private Fingerprints() {}

    /// Groups of four characters with one space between; never shortened.
    public static String groups(String hex) {
        var out = new StringBuilder(hex.length() + hex.length() / 4);
        for (int i = 0; i < hex.length(); i += 4) {
            if (i > 0) {
                out.append(' ');
            }
            out.append(hex, i, Math.min(i + 4, hex.length()));
        }
        return out.toString();
    }
}
