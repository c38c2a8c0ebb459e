package org.quorate.card;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter.Algorithm;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;
import org.quorate.base.Secret;

/// Shamir's secret sharing over the field of AES, byte by byte, by Bouncy Castle.
///
/// Bouncy Castle puts any shares together: too few, one twice, or those of two secrets, and gives back bytes that mean
/// nothing. So a [Share] says what it is of, and what does not belong together is refused here, by its number. That a
/// share is the one that was made is for its seal to show ([ShareSeal]), and for the ledger, which names the sealed
/// bytes by their digest. Nothing is ever derived from a secret or from a share in clear to check it by.
///
/// What Bouncy Castle copies into arrays of its own cannot be wiped from here.
public final class SecretSplitter {
    private SecretSplitter() {}

    /// What comes of putting shares together.
    public sealed interface Joined {
        /// @param secret whoever asked closes it
        record Whole(Secret secret) implements Joined {}

        record TooFew(int have, int need) implements Joined {}

        /// @param numbers as the shares say themselves, or where none of them fits, all
        record Strangers(Set<Integer> numbers) implements Joined {
            public Strangers {
                numbers = Set.copyOf(numbers);
            }
        }
    }

    /// Splits with a new polynomial and a new id each time, also the same secret.
    ///
    /// @return `n` shares in the order of their numbers; whoever asked closes them
    public static List<Share> split(Secret secret, int m, int n, SecureRandom random) {
        byte[] id = new byte[Split.ID_BYTES];
        random.nextBytes(id);
        var split = new Split(HexFormat.of().formatHex(id), m, n);
        return secret.use(bytes -> {
            var points = ShamirSecretSplitter.getInstance(Algorithm.AES, bytes.length, random)
                    .resplit(bytes, m, n)
                    .getSecretShares();
            var shares = new ArrayList<Share>(n);
            for (int number = 1; number <= n; number++) {
                shares.add(new Share(split, number, Secret.ofBytes(encoded(points[number - 1]))));
            }
            return shares;
        });
    }

    /// Puts shares of `split` together. They stay as they are.
    public static Joined join(Split split, List<Share> shares) {
        Set<Integer> strangers = strangers(split, shares);
        if (!strangers.isEmpty()) {
            return new Joined.Strangers(strangers);
        }
        var numbers = new HashSet<Integer>();
        List<Share> distinct =
                shares.stream().filter(share -> numbers.add(share.number())).toList();
        return distinct.size() < split.m()
                ? new Joined.TooFew(distinct.size(), split.m())
                : new Joined.Whole(whole(distinct.subList(0, split.m())));
    }

    /// Shares of another split, of another length than most, or two that bear one number and differ.
    private static Set<Integer> strangers(Split split, List<Share> shares) {
        var strangers = new TreeSet<Integer>();
        for (Share share : shares) {
            boolean alike = shares.stream()
                    .allMatch(other ->
                            other.number() != share.number() || other.value().sameAs(share.value()));
            long ofItsLength = shares.stream()
                    .filter(other -> other.value().length() == share.value().length())
                    .count();
            if (!share.split().equals(split) || !alike || 2 * ofItsLength <= shares.size()) {
                strangers.add(share.number());
            }
        }
        return strangers;
    }

    private static Secret whole(List<Share> shares) {
        var points = shares.stream()
                .map(share -> share.value().use(bytes -> new ShamirSplitSecretShare(bytes, share.number())))
                .toArray(ShamirSplitSecretShare[]::new);
        try {
            return Secret.ofBytes(
                    ShamirSplitSecret.getInstance(Algorithm.AES, points).getSecret());
        } catch (IOException e) {
            throw new IllegalStateException("shares in memory can be read", e);
        } finally {
            Arrays.fill(points, null);
        }
    }

    private static byte[] encoded(ShamirSplitSecretShare point) {
        try {
            return point.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a share in memory can be read", e);
        }
    }
}
