package org.quorate.hsm.pkcs11;

import java.util.ArrayDeque;
import java.util.List;

/// What was called, what came back and how long it took; no value ever. The oldest lines go when nobody asks for them.
final class CallLog {
    private static final int MOST = 10_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ArrayDeque<String> lines = new ArrayDeque<>();

    void add(Frames.Logged call) {
        String times = call.times() == 1 ? "" : ", " + call.times() + " times";
        add(call.function() + " " + Names.rv(call.rv()) + " " + call.nanos() / NANOS_PER_MILLI + " ms" + times);
    }

    void addUnknown(String function, long milliseconds) {
        add(function + " unknown " + milliseconds + " ms");
    }

    private synchronized void add(String line) {
        if (lines.size() == MOST) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    synchronized List<String> drain() {
        var all = List.copyOf(lines);
        lines.clear();
        return all;
    }
}
