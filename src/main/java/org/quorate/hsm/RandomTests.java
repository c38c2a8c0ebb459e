package org.quorate.hsm;

import java.util.List;

/// The health tests of NIST SP 800-90B on bytes that a token made, and a chi-square over them.
///
/// They find a source that is stuck or grossly biased, with about one false alarm in a million runs. They prove
/// nothing more: the output of any deterministic generator passes them, also of one whose seed somebody knows.
public final class RandomTests {
    /// Start-up tests look at no fewer samples (SP 800-90B, section 4.3).
    public static final int LEAST = 1024;

    /// Bits of entropy that each byte claims, since a token hands out the output of its DRBG.
    private static final int CLAIMED = 8;

    /// False alarms for each sample or window, as -log2: the strictest that SP 800-90B, section 4.4, allows,
    /// since thousands of them are looked at.
    private static final int ALPHA = 40;

    /// SP 800-90B, section 4.4.2, for samples of more than one bit.
    private static final int WINDOW = 512;

    private static final int VALUES = 256;

    /// Two-sided: one false alarm in about a million.
    private static final double CHI_SQUARE_LIMIT = 4.9;

    private RandomTests() {}

    /// One test: what was found and the value from which on it fails.
    ///
    /// @param source the section that gives the test
    public record Result(Kind kind, String source, double found, double limit) {
        public boolean passed() {
            return found < limit;
        }
    }

    public enum Kind {
        /// The longest run of one value.
        REPETITION_COUNT,
        /// How often the first value of a window comes in it.
        ADAPTIVE_PROPORTION,
        /// Distance of the counts of all values from what chance makes, in standard deviations.
        CHI_SQUARE
    }

    /// @throws IllegalArgumentException for fewer bytes than the start-up tests need
    public static List<Result> over(byte[] bytes) {
        if (bytes.length < LEAST) {
            throw new IllegalArgumentException("the start-up tests need " + LEAST + " bytes, not " + bytes.length);
        }
        return List.of(
                new Result(Kind.REPETITION_COUNT, "SP 800-90B, section 4.4.1", longestRun(bytes), repetitionCutoff()),
                new Result(
                        Kind.ADAPTIVE_PROPORTION,
                        "SP 800-90B, section 4.4.2",
                        mostInAWindow(bytes),
                        proportionCutoff()),
                new Result(Kind.CHI_SQUARE, "Knuth, TAOCP 3.3.1", Math.abs(chiSquareScore(bytes)), CHI_SQUARE_LIMIT));
    }

    static int longestRun(byte[] bytes) {
        int longest = 1;
        int run = 1;
        for (int i = 1; i < bytes.length; i++) {
            run = bytes[i] == bytes[i - 1] ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /// C = 1 + ⌈α / H⌉.
    static int repetitionCutoff() {
        return 1 + Math.ceilDiv(ALPHA, CLAIMED);
    }

    static int mostInAWindow(byte[] bytes) {
        int most = 0;
        for (int start = 0; start + WINDOW <= bytes.length; start += WINDOW) {
            int same = 1;
            for (int i = start + 1; i < start + WINDOW; i++) {
                same += bytes[i] == bytes[start] ? 1 : 0;
            }
            most = Math.max(most, same);
        }
        return most;
    }

    /// C = 1 + critbinom(W, 2^-H, 1 - 2^-α): the least count that chance exceeds no more often than that.
    static int proportionCutoff() {
        double p = Math.pow(2, -CLAIMED);
        double term = Math.pow(1 - p, WINDOW);
        double below = term;
        int count = 0;
        while (1 - below > Math.pow(2, -ALPHA)) {
            count++;
            term *= (WINDOW - count + 1.0) / count * p / (1 - p);
            below += term;
        }
        return 1 + count;
    }

    /// Chi-square over the counts of all byte values, as a normal score (Wilson and Hilferty's cube root).
    static double chiSquareScore(byte[] bytes) {
        var counts = new long[VALUES];
        for (byte b : bytes) {
            counts[b & 0xff]++;
        }
        double expected = bytes.length / (double) VALUES;
        double sum = 0;
        for (long count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        double free = VALUES - 1;
        double variance = 2 / (9 * free);
        return (Math.cbrt(sum / free) - (1 - variance)) / Math.sqrt(variance);
    }
}
