package org.quorate.base;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A PIN or other secret as UTF-8 bytes that are wiped on close. It has no `toString` of use, no equality and no JSON
/// form, so it cannot slip into a log, a ledger entry or a command line by accident.
///
/// Those that were not wiped yet are counted, because nobody sees a secret that a method made for itself and forgot:
/// where a ceremony is over, there are as many as before it.
public final class Secret implements AutoCloseable {
    private static final AtomicInteger UNWIPED = new AtomicInteger();

    private final byte[] bytes;
    private boolean wiped;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
        // One of no length stands for a PIN that is typed at the device.
        if (bytes.length > 0) {
            UNWIPED.incrementAndGet();
        }
    }

    /// How many secrets of this process are still in memory.
    public static int unwiped() {
        return UNWIPED.get();
    }

    /// Takes the characters over and wipes the caller's array.
    public static Secret ofChars(char[] chars) {
        ByteBuffer encoded = ByteBuffer.allocate(chars.length * 3);
        CoderResult result = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(chars), encoded, true);
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        Arrays.fill(chars, '\0');
        var secret = new Secret(bytes);
        if (result.isError()) {
            // The encoder stops at half a character; the rest of the secret would be lost without a word.
            secret.close();
            throw new IllegalArgumentException("a secret is made of whole characters");
        }
        return secret;
    }

    /// Takes the bytes over and wipes the caller's array.
    public static Secret ofBytes(byte[] source) {
        byte[] own = source.clone();
        Arrays.fill(source, (byte) 0);
        return new Secret(own);
    }

    /// Lends the bytes to `use`; they are the secret itself, not a copy, and must not be kept.
    public synchronized <T> T use(Function<byte[], T> use) {
        if (wiped) {
            throw new IllegalStateException("this secret has been wiped");
        }
        return use.apply(bytes);
    }

    /// An independent copy with a life of its own.
    public Secret copy() {
        return use(b -> new Secret(b.clone()));
    }

    /// Compares in constant time, for a PIN that is entered twice.
    public boolean sameAs(Secret other) {
        return use(mine -> other.use(theirs -> MessageDigest.isEqual(mine, theirs)));
    }

    public int length() {
        return use(b -> b.length);
    }

    @Override
    public synchronized void close() {
        Arrays.fill(bytes, (byte) 0);
        if (!wiped && bytes.length > 0) {
            UNWIPED.decrementAndGet();
        }
        wiped = true;
    }

    @Override
    public String toString() {
        return "Secret";
    }
}
