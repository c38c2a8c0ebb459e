package org.quorate.ledger.sqlite.crash;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;

/// What is in a file: what surely is on the disk, and the changes since it was last synced, of which a power cut keeps
/// any sectors it likes.
final class Content {
    private static final int PAGE = 4096;
    private static final byte GARBAGE = (byte) 0xA5;

    private byte[] durable = new byte[0];
    private final List<Change> pending = new ArrayList<>();

    /// A write, or a new size where there is no data.
    @SuppressWarnings("ArrayRecordComponent")
    private record Change(int at, byte[] data, boolean resizes, boolean forgotten) {
        /// Whether this, a part of one page, reaches the disk with `later`.
        boolean isWrittenWith(Change later) {
            return later.resizes
                    || !later.forgotten && later.at / PAGE <= at / PAGE && at / PAGE <= (later.end() - 1) / PAGE;
        }

        List<Change> forgottenPages() {
            var pages = new ArrayList<Change>();
            for (int from = at; from < end(); from = (from / PAGE + 1) * PAGE) {
                int to = Math.min((from / PAGE + 1) * PAGE, end());
                pages.add(new Change(from, Arrays.copyOfRange(data, from - at, to - at), false, true));
            }
            return pages;
        }

        int end() {
            return at + data.length;
        }

        int sectors(int sector) {
            return resizes ? 1 : (at + data.length - 1) / sector - at / sector + 1;
        }
    }

    /// Which sectors of which change reach the disk.
    private interface Fate {
        boolean kept(int change, int sector);
    }

    /// What stands where a lost write would have made the file longer.
    private enum Tail {
        SHORT,
        ZEROS,
        GARBAGE
    }

    void write(int at, byte[] data) {
        pending.add(new Change(at, data, false, false));
    }

    void resize(int size) {
        pending.add(new Change(size, new byte[0], true, false));
    }

    void sync() {
        var lost = new ArrayList<Change>();
        var written = new Content();
        written.durable = durable;
        for (int i = 0; i < pending.size(); i++) {
            Change change = pending.get(i);
            List<Change> later = pending.subList(i + 1, pending.size());
            if (change.forgotten && later.stream().noneMatch(change::isWrittenWith)) {
                lost.add(change);
            } else {
                written.pending.add(change);
            }
        }
        durable = written.now();
        pending.clear();
        pending.addAll(lost);
    }

    /// Linux takes what it could not write for written, and writes a page of it only when that changes again. It keeps
    /// a new size in mind.
    void syncFailed() {
        List<Change> all = List.copyOf(pending);
        pending.clear();
        for (Change change : all) {
            if (change.resizes) {
                pending.add(change);
            } else {
                pending.addAll(change.forgottenPages());
            }
        }
    }

    /// As processes see it.
    byte[] now() {
        return left(512, (change, sector) -> true, Tail.SHORT);
    }

    /// What a power cut could leave: nothing, everything, and by how much `detail` wants, parts.
    List<byte[]> leftovers(Detail detail, Random random) {
        var all = new LinkedHashSet<ByteBuffer>();
        all.add(ByteBuffer.wrap(durable));
        all.add(ByteBuffer.wrap(now()));
        if (!pending.isEmpty()) {
            add(all, 512, (change, sector) -> false, Tail.ZEROS);
            add(all, 512, (change, sector) -> false, Tail.GARBAGE);
            byChange(all);
            bySector(all, detail, random);
            atRandom(all, detail, random);
        }
        return all.stream().map(ByteBuffer::array).toList();
    }

    private void add(LinkedHashSet<ByteBuffer> all, int sector, Fate fate, Tail tail) {
        all.add(ByteBuffer.wrap(left(sector, fate, tail)));
    }

    /// Only the first so many changes, and all but one.
    private void byChange(LinkedHashSet<ByteBuffer> all) {
        for (int i = 0; i < pending.size(); i++) {
            int one = i;
            add(all, 512, (change, sector) -> change < one, Tail.SHORT);
            add(all, 512, (change, sector) -> change != one, Tail.SHORT);
            add(all, 512, (change, sector) -> change != one, Tail.GARBAGE);
        }
    }

    /// All but one sector, the last write torn, and one sector alone.
    private void bySector(LinkedHashSet<ByteBuffer> all, Detail detail, Random random) {
        int last = pending.size() - 1;
        for (int sector : new int[] {512, 4096}) {
            for (int torn = 1; torn < Math.min(pending.get(last).sectors(sector), 1 + detail.sectors()); torn++) {
                int at = torn;
                add(all, sector, (change, s) -> change < last || s < at, Tail.SHORT);
                add(all, sector, (change, s) -> change < last || s >= at, Tail.ZEROS);
            }
        }
        for (int i = 0; i < detail.sectors(); i++) {
            int one = random.nextInt(pending.size());
            int lost = random.nextInt(pending.get(one).sectors(512));
            add(all, 512, (change, sector) -> change != one || sector != lost, Tail.SHORT);
            add(all, 512, (change, sector) -> change != one || sector != lost, Tail.GARBAGE);
            add(all, 512, (change, sector) -> change == one && sector == lost, Tail.SHORT);
        }
    }

    private void atRandom(LinkedHashSet<ByteBuffer> all, Detail detail, Random random) {
        for (int i = 0; i < detail.randoms(); i++) {
            int sector = random.nextBoolean() ? 512 : 4096;
            double share = new double[] {0.1, 0.5, 0.9}[random.nextInt(3)];
            long seed = random.nextLong();
            Tail tail = Tail.values()[random.nextInt(3)];
            add(
                    all,
                    sector,
                    (change, s) -> new Random(seed ^ (change * 8191L + s) * 0x9E3779B97F4A7C15L).nextDouble() < share,
                    tail);
        }
    }

    private byte[] left(int sector, Fate fate, Tail tail) {
        int most = durable.length;
        for (Change change : pending) {
            most = Math.max(most, change.end());
        }
        byte[] bytes = Arrays.copyOf(durable, most);
        int size = durable.length;
        for (int i = 0; i < pending.size(); i++) {
            Change change = pending.get(i);
            if (change.resizes) {
                if (fate.kept(i, 0)) {
                    Arrays.fill(bytes, Math.min(change.at, size), size, (byte) 0);
                    size = change.at;
                }
                continue;
            }
            int end = change.end();
            for (int from = change.at, s = 0; from < end; s++) {
                int to = Math.min((from / sector + 1) * sector, end);
                if (fate.kept(i, s)) {
                    System.arraycopy(change.data, from - change.at, bytes, from, to - from);
                    size = Math.max(size, to);
                } else if (tail != Tail.SHORT && to > size) {
                    Arrays.fill(bytes, Math.max(from, size), to, tail == Tail.ZEROS ? 0 : GARBAGE);
                    size = to;
                }
                from = to;
            }
        }
        return Arrays.copyOf(bytes, size);
    }
}
