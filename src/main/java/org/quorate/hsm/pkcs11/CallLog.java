package org.quorate.hsm.pkcs11;

import java.util.ArrayDeque;
import java.util.List;

/// What was called, what came back and how long it took; no value ever. The oldest lines go when nobody asks for them.
final class CallLog {
    private static final int MOST = 10_000;

    private final ArrayDeque<String> lines = new ArrayDeque<>();

    synchronized void add(String function, String rv, long milliseconds) {
        if (lines.size() == MOST) {
            lines.removeFirst();
        }
        lines.addLast(function + " " + rv + " " + milliseconds + " ms");
    }

    synchronized List<String> drain() {
        var all = List.copyOf(lines);
        lines.clear();
        return all;
    }
}
