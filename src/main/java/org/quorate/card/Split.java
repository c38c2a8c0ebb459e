package org.quorate.card;

import java.util.regex.Pattern;

/// One splitting of one secret: any `m` of its `n` shares give it back. It is no secret and stands in the ledger.
///
/// @param id drawn at random for each splitting, so that shares of two are never taken for one
public record Split(String id, int m, int n) {
    /// One share alone would be the secret.
    public static final int LEAST = 2;

    /// As many as there are points other than zero in the field of 256 elements.
    public static final int MOST = 255;

    static final int ID_BYTES = 16;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{" + 2 * ID_BYTES + "}");

    public Split {
        if (!ID.matcher(id).matches() || m < LEAST || n < m || n > MOST) {
            throw new IllegalArgumentException("a split has an id and 2 <= m <= n <= 255: " + id + ", " + m + ", " + n);
        }
    }

    public boolean has(int number) {
        return number >= 1 && number <= n;
    }
}
