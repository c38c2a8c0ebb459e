package org.quorate;

/// Whether the long forms of tests were asked for, by `./quorate test --long`.
public final class LongForm {
    private LongForm() {}

    public static boolean wanted() {
        return Boolean.getBoolean("quorate.long");
    }

    /// The one number or the other, by the form that was asked for.
    public static int either(int inShort, int inLong) {
        return wanted() ? inLong : inShort;
    }
}
