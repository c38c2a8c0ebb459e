package org.quorate.card.practice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// How many PIN tries a card has left: one digit in a file of its own, which stays when the card is pulled. Overwriting
/// one byte in place is never half done, and opening without creating never brings a removed card back. Held under an
/// exclusive lock, so that two programs together have no more tries than one.
final class Tries implements AutoCloseable {
    static final int ALL = 3;

    private final FileChannel channel;

    private Tries(FileChannel channel) {
        this.channel = channel;
    }

    static Tries open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            channel.lock();
            return new Tries(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// A card that was made before it counted for its PUK begins now.
    static Tries openOrCreate(Path path) throws IOException {
        try {
            create(path);
        } catch (FileAlreadyExistsException e) {
            // It counts already.
        }
        return open(path);
    }

    static void create(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            new Tries(channel).set(ALL);
        }
    }

    int left() throws IOException {
        ByteBuffer digit = ByteBuffer.allocate(1);
        int left = channel.read(digit, 0) == 1 ? digit.get(0) - '0' : -1;
        if (left < 0 || left > ALL) {
            throw new IOException("the count of tries is not a digit from 0 to " + ALL);
        }
        return left;
    }

    /// On disk when it returns.
    void set(int left) throws IOException {
        channel.write(ByteBuffer.wrap(new byte[] {(byte) ('0' + left)}), 0);
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
