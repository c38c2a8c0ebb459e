package org.quorate.hsm;

import java.security.SecureRandom;
import java.util.Arrays;
import org.quorate.base.Problem;
import org.quorate.base.Secret;

/// Random bytes of which neither the token's generator nor the console's alone decides what they are. The token's are
/// tested as at its start-up first.
final class MixedRandom {
    private MixedRandom() {}

    /// @return bytes that whoever asked closes
    /// @throws org.quorate.base.ProblemException where the token's generator fails its tests
    static Outcome<Secret> draw(Token token, SecureRandom own, int length) {
        return token.random(Math.max(RandomTests.LEAST, length)).map(bytes -> {
            try {
                return mixed(bytes, own, length, token.info().serial());
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        });
    }

    private static Secret mixed(byte[] bytes, SecureRandom own, int length, String serial) {
        RandomTests.over(bytes).stream()
                .filter(test -> !test.passed())
                .findFirst()
                .ifPresent(failed -> {
                    throw Problem.of("hsm.random_failed", serial, failed.source())
                            .asException();
                });
        byte[] mixed = new byte[length];
        own.nextBytes(mixed);
        for (int i = 0; i < length; i++) {
            mixed[i] ^= bytes[i];
        }
        return Secret.ofBytes(mixed);
    }
}
