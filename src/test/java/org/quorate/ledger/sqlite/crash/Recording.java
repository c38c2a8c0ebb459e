package org.quorate.ledger.sqlite.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.quorate.ledger.sqlite.crash.Event.Created;
import org.quorate.ledger.sqlite.crash.Event.FolderSynced;
import org.quorate.ledger.sqlite.crash.Event.Opened;
import org.quorate.ledger.sqlite.crash.Event.Renamed;
import org.quorate.ledger.sqlite.crash.Event.Resized;
import org.quorate.ledger.sqlite.crash.Event.Said;
import org.quorate.ledger.sqlite.crash.Event.SyncFailed;
import org.quorate.ledger.sqlite.crash.Event.Synced;
import org.quorate.ledger.sqlite.crash.Event.Unlinked;
import org.quorate.ledger.sqlite.crash.Event.Written;

/// What was done in one folder, in order. The lock and the ballast are left out, since nothing
/// depends on them.
record Recording(List<Event> events) {
    private static final AtomicLong FILES = new AtomicLong();

    Recording {
        events = List.copyOf(events);
    }

    /// This recording up to `cut`, and `later` after it: what happens when a process dies and another takes over.
    Recording upTo(int cut, Recording later) {
        var all = new ArrayList<>(events.subList(0, cut));
        all.addAll(later.events);
        return new Recording(all);
    }

    /// What the library `recorder.c` wrote down of `folder`. Marks say to which folder they belong.
    static Recording of(Path log, Path folder) throws IOException {
        var reader = new Reader(folder);
        ByteBuffer records = ByteBuffer.wrap(Files.readAllBytes(log)).order(ByteOrder.nativeOrder());
        while (records.hasRemaining()) {
            reader.take(records);
        }
        return new Recording(reader.events);
    }

    private static final class Reader {
        private final Path folder;
        private final String mark;
        private final List<Event> events = new ArrayList<>();
        /// By inode, which a later file may have again.
        private final Map<Long, Long> files = new HashMap<>();

        Reader(Path folder) {
            this.folder = folder;
            this.mark = folder.getFileName() + ": ";
        }

        void take(ByteBuffer records) {
            char kind = (char) records.getLong();
            long inode = records.getLong();
            int at = Math.toIntExact(records.getLong());
            byte[] one = new byte[Math.toIntExact(records.getLong())];
            byte[] two = new byte[Math.toIntExact(records.getLong())];
            records.getLong();
            records.get(one).get(two);
            switch (kind) {
                case 'C', 'O' -> file(kind == 'C', inode, text(one));
                case 'W' -> known(inode).ifPresent(file -> events.add(new Written(file, at, one)));
                case 'T' -> known(inode).ifPresent(file -> events.add(new Resized(file, at)));
                case 'S' -> known(inode).ifPresent(file -> events.add(new Synced(file)));
                case 'D' -> {
                    if (Path.of(text(one)).equals(folder)) {
                        events.add(new FolderSynced());
                    }
                }
                case 'U' -> name(text(one)).ifPresent(name -> events.add(new Unlinked(name)));
                case 'R' ->
                    name(text(one))
                            .ifPresent(from ->
                                    events.add(new Renamed(from, name(text(two)).orElseThrow())));
                case 'M' -> mark(text(one));
                case 'X' ->
                    known(inode)
                            .filter(file -> text(one).equals("sync"))
                            .ifPresent(file -> events.add(new SyncFailed(file)));
                default -> throw new IllegalStateException("the recorder does not follow " + text(one));
            }
        }

        private void file(boolean created, long inode, String path) {
            Optional<String> name = name(path);
            if (name.isEmpty()) {
                files.remove(inode);
            } else if (created || !files.containsKey(inode)) {
                long file = FILES.incrementAndGet();
                files.put(inode, file);
                events.add(created ? new Created(file, name.get()) : new Opened(file, name.get()));
            }
        }

        private Optional<Long> known(long inode) {
            return Optional.ofNullable(files.get(inode));
        }

        private void mark(String text) {
            if (text.startsWith(mark)) {
                events.add(new Said(text.substring(mark.length())));
            }
        }

        private Optional<String> name(String path) {
            Path file = Path.of(path);
            String name = String.valueOf(file.getFileName());
            return folder.equals(file.getParent()) && !name.endsWith(".lock") ? Optional.of(name) : Optional.empty();
        }

        private static String text(byte[] bytes) {
            return new String(bytes, UTF_8);
        }
    }
}
