package org.quorate.hsm.pkcs11;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// The forms that a call into the module takes. What it answers is not believed blindly: a length beyond the buffer it
/// was given is garbage and ends the call.
final class Downcalls {
    static final long LARGEST_VALUE = 1 << 20;
    private static final int USUAL_OUTPUT = 8192;

    /// One call into the module; the answer is its CK_RV.
    interface Downcall {
        long run() throws Throwable;
    }

    /// A call that writes to `buffer` and its length to `length`.
    interface OutputCall {
        long run(MemorySegment buffer, MemorySegment length) throws Throwable;
    }

    private final CallObserver observer;

    Downcalls(CallObserver observer) {
        this.observer = observer;
    }

    /// One call with an ample buffer, so that a key is used once and not twice; a second only where it did not do.
    byte[] output(Scratch s, String function, int inputLength, OutputCall body) {
        MemorySegment length = s.number();
        long size = inputLength + (long) USUAL_OUTPUT;
        while (true) {
            long room = size;
            MemorySegment buffer = s.allocate(room, 8);
            length.set(ValueLayout.JAVA_LONG, 0, room);
            long rv = call(function, () -> body.run(buffer, length));
            long said = Abi.number(length, 0);
            if (rv == Ck.CKR_BUFFER_TOO_SMALL && said > room) {
                size = within(function, said, LARGEST_VALUE);
                continue;
            }
            refuseUnlessOk(function, rv);
            return buffer.asSlice(0, within(function, said, room)).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /// Lists are asked for twice: how many, then which; they may have grown in between.
    List<Long> numbers(String function, OutputCall body) {
        try (var s = new Scratch()) {
            MemorySegment count = s.number();
            must(function, () -> body.run(MemorySegment.NULL, count));
            long room = within(function, Abi.number(count, 0), LARGEST_VALUE) + 16;
            MemorySegment list = s.allocate(ValueLayout.JAVA_LONG, room);
            count.set(ValueLayout.JAVA_LONG, 0, room);
            must(function, () -> body.run(list, count));
            long n = within(function, Abi.number(count, 0), room);
            var numbers = new ArrayList<Long>();
            for (long i = 0; i < n; i++) {
                numbers.add(Abi.number(list, i * Long.BYTES));
            }
            return numbers;
        }
    }

    static long within(String function, long said, long limit) {
        if (said < 0 || said > limit) {
            throw new IllegalStateException(
                    function + " speaks of " + Long.toUnsignedString(said) + " where " + limit + " is the most");
        }
        return said;
    }

    void must(String function, Downcall body) {
        refuseUnlessOk(function, call(function, body));
    }

    static void refuseUnlessOk(String function, long rv) {
        if (rv != Ck.CKR_OK) {
            throw new CkException(function, rv);
        }
    }

    long call(String function, Downcall body) {
        long start = System.nanoTime();
        try {
            long rv = body.run();
            observer.called(function, rv, System.nanoTime() - start);
            return rv;
        } catch (Throwable e) {
            throw NativeLibrary.passOn(e);
        }
    }
}
