package org.quorate.hsm.pkcs11;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Values as tagged bytes: only the few types and the listed records that cross the pipe, so that reading a frame can
/// make nothing else.
final class Codec {
    /// No single value is larger, a CRL with ten thousand entries included.
    private static final int LARGEST = 16 << 20;

    private static final List<Shape> RECORDS = Stream.of(
                    Cryptoki.LibraryInfo.class,
                    Cryptoki.SlotInfo.class,
                    Cryptoki.TokenData.class,
                    Cryptoki.Counts.class,
                    Cryptoki.Versions.class,
                    Cryptoki.TokenNames.class,
                    Cryptoki.MechanismData.class,
                    Cryptoki.Mech.class,
                    Cryptoki.Param.None.class,
                    Cryptoki.Param.Raw.class,
                    Cryptoki.Param.Oaep.class,
                    Cryptoki.Param.RsaAes.class,
                    Cryptoki.Param.Ecdh.class,
                    Cryptoki.Readings.class,
                    Cryptoki.PairHandles.class,
                    Cryptoki.CardSet.class,
                    Frames.Logged.class,
                    Frames.Request.class,
                    Frames.Answer.Value.class,
                    Frames.Answer.Refusal.class,
                    Frames.Answer.Failure.class,
                    Frames.Answer.Broken.class)
            .map(Shape::of)
            .toList();

    /// How a record is taken apart and put together; found once, since a list of objects has thousands of records.
    private record Shape(Class<?> type, List<Method> accessors, Constructor<?> constructor) {
        static Shape of(Class<? extends Record> type) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            try {
                return new Shape(
                        type,
                        Arrays.stream(components)
                                .map(RecordComponent::getAccessor)
                                .toList(),
                        type.getDeclaredConstructor(types));
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Codec() {}

    static void write(DataOutputStream out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeByte('N');
            case Boolean b -> {
                out.writeByte('Z');
                out.writeBoolean(b);
            }
            case Integer i -> {
                out.writeByte('I');
                out.writeInt(i);
            }
            case Long l -> {
                out.writeByte('J');
                out.writeLong(l);
            }
            case String s -> {
                out.writeByte('S');
                writeBytes(out, s.getBytes(StandardCharsets.UTF_8));
            }
            case byte[] bytes -> {
                out.writeByte('B');
                writeBytes(out, bytes);
            }
            case Optional<?> optional -> {
                out.writeByte('O');
                write(out, optional.isPresent() ? optional.get() : null);
            }
            case List<?> list -> {
                out.writeByte('L');
                out.writeInt(list.size());
                for (Object item : list) {
                    write(out, item);
                }
            }
            // There are more of these than of all others, and most of them are small.
            case Cryptoki.Attr(var type, var bytes) -> {
                out.writeByte('A');
                out.writeLong(type);
                writeBytes(out, bytes);
            }
            case Record record -> writeRecord(out, record);
            default -> throw new IOException("a frame cannot carry " + value.getClass());
        }
    }

    private static void writeRecord(DataOutputStream out, Record record) throws IOException {
        for (int index = 0; index < RECORDS.size(); index++) {
            Shape shape = RECORDS.get(index);
            if (shape.type() == record.getClass()) {
                out.writeByte('R');
                out.writeByte(index);
                for (Method accessor : shape.accessors()) {
                    try {
                        write(out, accessor.invoke(record));
                    } catch (ReflectiveOperationException e) {
                        throw new IOException(e);
                    }
                }
                return;
            }
        }
        throw new IOException("a frame cannot carry " + record.getClass());
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /// @throws IOException where the bytes are not of this form
    static @Nullable Object read(DataInputStream in) throws IOException {
        byte tag = in.readByte();
        return switch (tag) {
            case 'N' -> null;
            case 'Z' -> in.readBoolean();
            case 'I' -> in.readInt();
            case 'J' -> in.readLong();
            case 'S' -> new String(readBytes(in), StandardCharsets.UTF_8);
            case 'B' -> readBytes(in);
            case 'O' -> Optional.ofNullable(read(in));
            case 'L' -> readList(in);
            case 'A' -> new Cryptoki.Attr(in.readLong(), readBytes(in));
            case 'R' -> readRecord(in);
            default -> throw new IOException("garbage in a frame: tag " + tag);
        };
    }

    private static List<@Nullable Object> readList(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > LARGEST) {
            throw new IOException("garbage in a frame: a list of " + size);
        }
        var list = new ArrayList<@Nullable Object>();
        for (int i = 0; i < size; i++) {
            list.add(read(in));
        }
        return list;
    }

    private static Object readRecord(DataInputStream in) throws IOException {
        int index = in.readUnsignedByte();
        if (index >= RECORDS.size()) {
            throw new IOException("garbage in a frame: record " + index);
        }
        Shape shape = RECORDS.get(index);
        @Nullable Object[] values = new @Nullable Object[shape.accessors().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(in);
        }
        try {
            return shape.constructor().newInstance(values);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new IOException("garbage in a frame: " + shape.type().getSimpleName(), e);
        }
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LARGEST) {
            throw new IOException("garbage in a frame: " + length + " bytes");
        }
        return in.readNBytes(length);
    }
}
