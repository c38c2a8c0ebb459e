package org.quorate.ui.text;

import org.quorate.base.Texts;

/// How far the check of a ledger has come.
public final class Counts {
    private Counts() {}

    /// 0 to 1, or below 0 while the whole is not known.
    public static double share(long entries, long of) {
        return of <= 0 ? -1 : Math.clamp((double) entries / of, 0, 1);
    }

    public static String checked(long entries, long of) {
        return of <= 0
                ? Texts.get("ui.opening.counting")
                : Texts.get("ui.opening.checked", grouped(entries), grouped(of));
    }

    private static String grouped(long number) {
        return "%,d".formatted(number).replace(',', '\u202f');
    }
}
