package org.quorate.hsm.pkcs11;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Native memory for one call, zeroed before it is given back: PINs and key values pass through it.
final class Scratch implements SegmentAllocator, AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final List<MemorySegment> lent = new ArrayList<>();

    @Override
    public MemorySegment allocate(long size, long alignment) {
        MemorySegment segment = arena.allocate(size, alignment);
        lent.add(segment);
        return segment;
    }

    /// NULL where there are no bytes.
    MemorySegment bytes(byte[] bytes) {
        return bytes.length == 0 ? MemorySegment.NULL : allocateFrom(ValueLayout.JAVA_BYTE, bytes);
    }

    /// Something to point at also where there are no bytes: NULL would be no empty message but a mistake.
    MemorySegment message(byte[] bytes) {
        return bytes.length == 0 ? allocate(1, 1) : bytes(bytes);
    }

    /// Blank-padded UTF-8 without a terminator, as C_InitToken wants its label.
    MemorySegment padded(String text, int width) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > width) {
            throw new IllegalArgumentException("the text has more than " + width + " bytes: " + text);
        }
        MemorySegment segment = allocate(width, 1).fill((byte) ' ');
        MemorySegment.copy(utf8, 0, segment, ValueLayout.JAVA_BYTE, 0, utf8.length);
        return segment;
    }

    MemorySegment number() {
        return allocate(ValueLayout.JAVA_LONG);
    }

    @Override
    public void close() {
        lent.forEach(segment -> segment.fill((byte) 0));
        arena.close();
    }
}
