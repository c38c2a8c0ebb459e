package org.quorate.hsm;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Undoes the wrapping of a key with nothing but the decryption of single AES blocks: what somebody could do to whom a
/// token lends a wrapping key that may also decrypt. Answers are empty where the blocks were not decrypted under the
/// wrapping key, or were refused.
///
/// @param decrypt one block of sixteen bytes; empty where that is refused
record BlockByBlock(Function<byte[], Optional<byte[]>> decrypt) {
    private static final int BLOCK = 16;
    private static final int HALF = 8;
    private static final int ALTERNATIVE_IV = 0xa65959a6;
    private static final long PLAIN_IV = 0xa6a6a6a6a6a6a6a6L;
    private static final int ROUNDS = 6;

    /// RFC 5649, of a key of more than eight bytes, and RFC 3394: what they begin with tells them apart.
    Optional<byte[]> keyWrap(byte[] wrapped) {
        int n = wrapped.length / HALF - 1;
        if (n < 2 || wrapped.length % HALF != 0) {
            return Optional.empty();
        }
        byte[] halves = wrapped.clone();
        for (int round = ROUNDS - 1; round >= 0; round--) {
            for (int i = n; i >= 1; i--) {
                long counter = (long) n * round + i;
                byte[] block = new byte[BLOCK];
                ByteBuffer.wrap(block)
                        .putLong(ByteBuffer.wrap(halves).getLong() ^ counter)
                        .put(halves, i * HALF, HALF);
                Optional<byte[]> plain = one(block);
                if (plain.isEmpty()) {
                    return Optional.empty();
                }
                System.arraycopy(plain.get(), 0, halves, 0, HALF);
                System.arraycopy(plain.get(), HALF, halves, i * HALF, HALF);
            }
        }
        ByteBuffer start = ByteBuffer.wrap(halves);
        if (start.getLong(0) == PLAIN_IV) {
            return Optional.of(Arrays.copyOfRange(halves, HALF, halves.length));
        }
        int iv = start.getInt();
        int length = start.getInt();
        boolean sound = iv == ALTERNATIVE_IV && length > (n - 1) * HALF && length <= n * HALF;
        return sound ? Optional.of(Arrays.copyOfRange(halves, HALF, HALF + length)) : Optional.empty();
    }

    /// CBC from a start of zeros, with the padding of PKCS#7.
    Optional<byte[]> cbc(byte[] wrapped) {
        if (wrapped.length < BLOCK || wrapped.length % BLOCK != 0) {
            return Optional.empty();
        }
        byte[] clear = new byte[wrapped.length];
        for (int start = 0; start < wrapped.length; start += BLOCK) {
            Optional<byte[]> plain = one(Arrays.copyOfRange(wrapped, start, start + BLOCK));
            if (plain.isEmpty()) {
                return Optional.empty();
            }
            for (int i = 0; i < BLOCK; i++) {
                int before = start == 0 ? 0 : wrapped[start - BLOCK + i];
                clear[start + i] = (byte) (plain.get()[i] ^ before);
            }
        }
        int padding = clear[clear.length - 1];
        if (padding < 1 || padding > BLOCK) {
            return Optional.empty();
        }
        for (int i = clear.length - padding; i < clear.length; i++) {
            if (clear[i] != padding) {
                return Optional.empty();
            }
        }
        return Optional.of(Arrays.copyOf(clear, clear.length - padding));
    }

    private Optional<byte[]> one(byte[] block) {
        return decrypt.apply(block).filter(plain -> plain.length == BLOCK);
    }
}
