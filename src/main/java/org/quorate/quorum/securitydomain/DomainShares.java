package org.quorate.quorum.securitydomain;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.quorate.base.Secret;

/// Shares over the integers modulo 257, one polynomial for each byte of the secret. A share has 16 bits for each, the
/// low byte first: 7 bits of x and 9 bits of the value there.
final class DomainShares {
    private static final int MODULUS = 257;
    private static final int VALUE_BITS = 9;

    private DomainShares() {}

    /// The secret by Lagrange's interpolation at zero; empty where the shares do not belong together.
    static Optional<Secret> join(List<Secret> shares) {
        int[][] points =
                shares.stream().map(share -> share.use(DomainShares::points)).toArray(int[][]::new);
        try {
            return sound(points) ? joined(points) : Optional.empty();
        } finally {
            for (int[] share : points) {
                Arrays.fill(share, 0);
            }
        }
    }

    private static int[] points(byte[] share) {
        int[] points = new int[share.length / 2];
        for (int i = 0; i < points.length; i++) {
            points[i] = (share[2 * i] & 0xff) | (share[2 * i + 1] & 0xff) << 8;
        }
        return points;
    }

    /// All as long as each other, each with one x throughout, and no x twice.
    private static boolean sound(int[][] points) {
        long different = Arrays.stream(points)
                .filter(share -> share.length > 0)
                .mapToInt(share -> x(share[0]))
                .filter(x -> x > 0)
                .distinct()
                .count();
        return different == points.length
                && Arrays.stream(points)
                        .allMatch(share -> share.length == points[0].length
                                && Arrays.stream(share)
                                        .allMatch(point -> x(point) == x(share[0]) && value(point) < MODULUS));
    }

    private static Optional<Secret> joined(int[][] points) {
        int[] weights =
                IntStream.range(0, points.length).map(i -> weight(points, i)).toArray();
        byte[] secret = new byte[points[0].length];
        boolean bytes = true;
        for (int at = 0; at < secret.length; at++) {
            int sum = 0;
            for (int i = 0; i < points.length; i++) {
                sum = (sum + weights[i] * value(points[i][at])) % MODULUS;
            }
            bytes &= sum < 256;
            secret[at] = (byte) sum;
        }
        Secret whole = Secret.ofBytes(secret);
        if (!bytes) {
            whole.close();
            return Optional.empty();
        }
        return Optional.of(whole);
    }

    private static int weight(int[][] points, int i) {
        int own = x(points[i][0]);
        int weight = 1;
        for (int j = 0; j < points.length; j++) {
            if (j != i) {
                int other = x(points[j][0]);
                weight = weight * other % MODULUS * inverse(Math.floorMod(other - own, MODULUS)) % MODULUS;
            }
        }
        return weight;
    }

    /// By Fermat, since the modulus is a prime.
    private static int inverse(int number) {
        int inverse = 1;
        for (int i = 0; i < MODULUS - 2; i++) {
            inverse = inverse * number % MODULUS;
        }
        return inverse;
    }

    private static int x(int point) {
        return point >> VALUE_BITS;
    }

    private static int value(int point) {
        return point & ((1 << VALUE_BITS) - 1);
    }
}
