package org.quorate.card.practice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/// How many PIN tries a card has left: one digit in a file of its own, which stays when the card is pulled. Overwriting
/// one byte in place is never half done, and opening without creating never brings a removed card back. Held under an
/// exclusive lock, so that two programs together have no more tries than one.
///
/// A lock of a file is one of the whole program, which refuses its second thread instead of letting it wait: the window
/// looks at a card while the officer's PIN is tried. So threads wait here, for one another and for other programs.
final class Tries implements AutoCloseable {
    static final int ALL = 3;

    private static final ReentrantLock THREADS = new ReentrantLock();

    private final FileChannel channel;

    private Tries(FileChannel channel) {
        this.channel = channel;
    }

    static Tries open(Path path) throws IOException {
        THREADS.lock();
        try {
            return new Tries(locked(path));
        } catch (IOException | RuntimeException e) {
            THREADS.unlock();
            throw e;
        }
    }

    private static FileChannel locked(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            channel.lock();
            return channel;
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
            set(channel, ALL);
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
        set(channel, left);
    }

    private static void set(FileChannel channel, int left) throws IOException {
        channel.write(ByteBuffer.wrap(new byte[] {(byte) ('0' + left)}), 0);
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            THREADS.unlock();
        }
    }
}
