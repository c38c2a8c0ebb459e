package org.quorate.ledger.sqlite.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
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

/// One folder of a disk, with what is surely on it and what is on its way there. A file that is synced is on the disk
/// with what it holds, but its name only once the folder is synced; names get there in the order in which they were
/// given.
final class Disk {
    private final Map<Long, Content> files = new HashMap<>();
    private final Map<String, Content> durable = new TreeMap<>();
    private final List<Consumer<Map<String, Content>>> pending = new ArrayList<>();

    void on(Event event) {
        switch (event) {
            case Created(var file, var name) -> {
                var content = new Content();
                files.put(file, content);
                pending.add(names -> names.put(name, content));
            }
            case Opened(var file, var name) ->
                files.put(
                        file,
                        Optional.ofNullable(names(pending.size()).get(name)).orElseThrow());
            case Written(var file, var at, var data) -> of(file).write(at, data);
            case Resized(var file, var size) -> of(file).resize(size);
            case Synced(var file) -> of(file).sync();
            case FolderSynced() -> {
                Map<String, Content> now = names(pending.size());
                durable.clear();
                durable.putAll(now);
                pending.clear();
            }
            case Unlinked(var name) -> pending.add(names -> names.remove(name));
            case Renamed(var from, var to) ->
                pending.add(names ->
                        names.put(to, Optional.ofNullable(names.remove(from)).orElseThrow()));
            case SyncFailed(var file) -> of(file).syncFailed();
            case Said _ -> {
                // Nothing reaches the disk.
            }
        }
    }

    private Content of(long file) {
        return Optional.ofNullable(files.get(file)).orElseThrow();
    }

    /// The names when the first `changes` of the pending ones have reached the disk.
    private Map<String, Content> names(int changes) {
        var names = new TreeMap<>(durable);
        pending.subList(0, changes).forEach(change -> change.accept(names));
        return names;
    }

    /// As processes see it.
    Map<String, byte[]> now() {
        var now = new TreeMap<String, byte[]>();
        names(pending.size()).forEach((name, content) -> now.put(name, content.now()));
        return now;
    }

    /// Hands over the disks that a power cut could leave.
    void leftovers(Detail detail, Random random, Consumer<Map<String, byte[]>> to) {
        var known = new HashMap<Content, List<byte[]>>();
        for (int changes = 0; changes <= pending.size(); changes++) {
            var left = new TreeMap<String, List<byte[]>>();
            names(changes)
                    .forEach((name, content) ->
                            left.put(name, known.computeIfAbsent(content, fresh -> fresh.leftovers(detail, random))));
            combine(left, detail, random, to);
        }
    }

    /// Every leftover of each file while the others have lost all or nothing, and some random combinations.
    private static void combine(
            Map<String, List<byte[]>> left, Detail detail, Random random, Consumer<Map<String, byte[]>> to) {
        List<String> names = List.copyOf(left.keySet());
        for (String fine : names.isEmpty() ? List.of("") : names) {
            for (int others = 0; others < 1 << names.size(); others++) {
                for (byte[] one : left.getOrDefault(fine, List.of(new byte[0]))) {
                    var image = new TreeMap<String, byte[]>();
                    for (int i = 0; i < names.size(); i++) {
                        List<byte[]> choices = left.get(names.get(i));
                        image.put(names.get(i), choices.get(Math.min(others >> i & 1, choices.size() - 1)));
                    }
                    image.replace(fine, one);
                    to.accept(image);
                }
            }
        }
        for (int i = 0; i < detail.randoms(); i++) {
            var image = new TreeMap<String, byte[]>();
            left.forEach((name, choices) -> image.put(name, choices.get(random.nextInt(choices.size()))));
            to.accept(image);
        }
    }
}
