package org.quorate.hsm.pkcs11;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One frame a call and one a reply: a mark, a length, the value. Every buffer a frame was in is zeroed after use,
/// because a PIN may have been in it.
final class Frames {
    private static final int MARK = 0x51484631; // "QHF1"
    private static final int HEADER = 8;
    private static final int LARGEST = 32 << 20;

    /// A frame of this size passes through Java's process stream and the system call without a copy being left in a
    /// buffer of either; shorter ones are filled up to it.
    private static final int UNBUFFERED = 8192;

    record Request(String method, List<@Nullable Object> arguments) {}

    /// A line of the call log.
    ///
    /// @param times how often it was called in a row, with the same answer
    record Logged(String function, long rv, long nanos, long times) {}

    sealed interface Answer {
        List<Logged> log();

        record Value(List<Logged> log, @Nullable Object value) implements Answer {}

        /// The module refused.
        record Refusal(List<Logged> log, String function, long rv) implements Answer {}

        /// The module cannot be used at all.
        record Failure(List<Logged> log, String kind, String detail) implements Answer {}

        /// The module's answer made no sense.
        record Broken(List<Logged> log, String why) implements Answer {}
    }

    /// Its array starts large enough not to be copied while a PIN is in it.
    private static final class Buffer extends ByteArrayOutputStream {
        Buffer() {
            super(UNBUFFERED * 2);
        }

        void complete() {
            count = Math.max(count, UNBUFFERED); // the array is zeros from there on
            int length = count - HEADER;
            for (int i = 0; i < 4; i++) {
                buf[i] = (byte) (MARK >>> (24 - 8 * i));
                buf[4 + i] = (byte) (length >>> (24 - 8 * i));
            }
        }

        void wipe() {
            Arrays.fill(buf, (byte) 0);
        }
    }

    private Frames() {}

    static void write(OutputStream out, Object value) throws IOException {
        var buffer = new Buffer();
        try {
            buffer.write(new byte[HEADER]);
            Codec.write(new DataOutputStream(buffer), value);
            buffer.complete();
            buffer.writeTo(out);
            out.flush();
        } finally {
            buffer.wipe();
        }
    }

    /// @throws java.io.EOFException where the other side has ended
    /// @throws IOException where the bytes are no frame of this kind
    static <T> T read(InputStream in, Class<T> type) throws IOException {
        var header = new DataInputStream(in);
        int mark = header.readInt();
        int length = header.readInt();
        if (mark != MARK || length < 0 || length > LARGEST) {
            throw new IOException("garbage instead of a frame");
        }
        byte[] payload = new byte[length];
        try {
            header.readFully(payload);
            Object value = Codec.read(new DataInputStream(new ByteArrayInputStream(payload)));
            if (!type.isInstance(value)) {
                throw new IOException("garbage instead of a " + type.getSimpleName());
            }
            return type.cast(value);
        } finally {
            Arrays.fill(payload, (byte) 0);
        }
    }
}
