package org.quorate.ledger.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.quorate.base.Problem;

/// One console at a time: a lock on `<ledger>.lock`, which says who holds it. The lock ends with the process, however
/// that ends; the file stays and means nothing by itself.
final class LedgerLock implements AutoCloseable {
    /// Locks held by this process. Closing any channel to a file drops the process's locks on it, so a lock file that
    /// is held here is never opened a second time.
    private static final Set<Object> HELD = new HashSet<>();

    private final FileChannel channel;
    private final Object key;

    private LedgerLock(FileChannel channel, Object key) {
        this.channel = channel;
        this.key = key;
    }

    static Path besides(Path ledger) {
        return ledger.resolveSibling(ledger.getFileName() + ".lock");
    }

    /// @param holder what another console is told about this one
    /// @throws org.quorate.base.ProblemException when another console holds the ledger
    static LedgerLock acquire(Path ledger, String holder) throws IOException {
        Path file = besides(ledger);
        synchronized (HELD) {
            if (Files.exists(file) && HELD.contains(keyOf(file))) {
                throw Problem.of("ledger.locked", ledger, "this console").asException();
            }
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                String other = read(channel);
                channel.close();
                throw Problem.of("ledger.locked", ledger, other).asException();
            }
            write(channel, holder);
            Object key = keyOf(file);
            HELD.add(key);
            return new LedgerLock(channel, key);
        }
    }

    /// Whether a console, this one or another, has the ledger open; asked without writing anything.
    static boolean isHeld(Path ledger) throws IOException {
        Path file = besides(ledger);
        synchronized (HELD) {
            if (!Files.exists(file)) {
                return false;
            }
            if (HELD.contains(keyOf(file))) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
                return shared == null;
            }
        }
    }

    /// Whether this very process has the ledger open: then it must not even be looked into, or its locks are gone.
    static boolean isHeldHere(Path ledger) throws IOException {
        Path file = besides(ledger);
        synchronized (HELD) {
            return Files.exists(file) && HELD.contains(keyOf(file));
        }
    }

    private static Object keyOf(Path file) throws IOException {
        return Optional.ofNullable(
                        Files.readAttributes(file, BasicFileAttributes.class).fileKey())
                .orElseThrow(() -> new IOException("the file system gives files no identity"));
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(200);
        channel.read(text, 0);
        String holder = StandardCharsets.UTF_8.decode(text.flip()).toString().strip();
        return holder.isEmpty() ? "another console" : holder;
    }

    /// On a full disk the name may not fit; the lock holds all the same.
    private static void write(FileChannel channel, String holder) {
        try {
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(holder + "\n"), 0);
        } catch (IOException e) {
            System.getLogger(LedgerLock.class.getName())
                    .log(System.Logger.Level.WARNING, "the holder of the ledger could not be written down", e);
        }
    }

    @Override
    public void close() {
        synchronized (HELD) {
            HELD.remove(key);
            try {
                channel.close();
            } catch (IOException e) {
                System.getLogger(LedgerLock.class.getName())
                        .log(System.Logger.Level.WARNING, "the lock of the ledger was not released cleanly", e);
            }
        }
    }
}
