package org.quorate.ui.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.script.Heading;
import org.quorate.script.InsertedStep;
import org.quorate.script.LintReport;
import org.quorate.script.Linter;
import org.quorate.script.Script;
import org.quorate.script.StepSample;
import org.quorate.script.yaml.ScriptReader;
import org.quorate.script.yaml.StepInsertion;
import org.quorate.script.yaml.StepSamples;
import org.quorate.ui.backstage.ScriptLibrary;
import org.quorate.ui.backstage.ScriptName;
import org.quorate.ui.backstage.ScriptName.Shelf;

/// A library in memory with two shipped scripts and a part, judged by the real lint.
public final class DemoLibrary implements ScriptLibrary {
    public static final ScriptName ROOT = new ScriptName(Shelf.SHIPPED, false, "root-key-generation.yaml");
    public static final ScriptName HEALTH = new ScriptName(Shelf.SHIPPED, false, "hsm-health.yaml");
    public static final ScriptName PART = new ScriptName(Shelf.SHIPPED, true, "opening.yaml");
    public static final ScriptName CLOSING = new ScriptName(Shelf.SHIPPED, true, "closing.yaml");
    public static final ScriptName OWN = new ScriptName(Shelf.OWN, false, "our-ceremony.yaml");

    public final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
    public final Map<ScriptName, Draft> drafts = new ConcurrentHashMap<>();
    public final AtomicInteger checks = new AtomicInteger();

    /// What the next write meets.
    public volatile Optional<Problem> failing = Optional.empty();

    private final StepSamples samples = StepSamples.read();
    private final Linter linter = new Linter(new ScriptReader());

    public DemoLibrary() {
        for (ScriptName name : List.of(ROOT, HEALTH, PART, CLOSING)) {
            put(name, shipped(name.shown()));
        }
        put(OWN, Heading.put(emptyCeremony(), "our-ceremony", "A ceremony of our own"));
    }

    private static String shipped(String file) {
        return text(Path.of("ceremony-scripts", file));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void put(ScriptName name, String text) {
        files.put(key(name), text.getBytes(StandardCharsets.UTF_8));
    }

    public String text(ScriptName name) {
        return new String(files.get(key(name)), StandardCharsets.UTF_8);
    }

    private static String key(ScriptName name) {
        return name.shelf() + " " + name.part() + " " + name.file();
    }

    @Override
    public List<Item> items() {
        var items = new ArrayList<Item>();
        files.keySet().forEach(key -> {
            String[] parts = key.split(" ");
            var name = new ScriptName(Shelf.valueOf(parts[0]), Boolean.parseBoolean(parts[1]), parts[2]);
            items.add(new Item(name, Heading.title(text(name))));
        });
        return items;
    }

    @Override
    public Opened read(ScriptName name) {
        byte[] source = files.get(key(name));
        if (source == null) {
            throw Problem.of("author.no_file", name.shown()).asException();
        }
        return new Opened(source, text(name), Digest.of(source), Optional.ofNullable(drafts.get(name)));
    }

    @Override
    public String emptyCeremony() {
        return text(Path.of("src/main/resources/org/quorate/app/console/empty-ceremony.yaml"));
    }

    @Override
    public LintReport check(ScriptName name, byte[] source) {
        checks.incrementAndGet();
        return linter.check(
                name.shown(),
                source,
                (file, digest) -> Optional.ofNullable(files.get(key(new ScriptName(name.shelf(), true, file)))));
    }

    @Override
    public List<StepSample> steps() {
        return samples.all();
    }

    @Override
    public Optional<InsertedStep> insert(ScriptName name, String text, int line, String kind) {
        return new StepInsertion(samples, now -> check(name, now.getBytes(StandardCharsets.UTF_8)))
                .put(text, line, kind);
    }

    @Override
    public Digest save(ScriptName name, byte[] source, Digest opened) {
        fail();
        if (!Digest.of(files.get(key(name))).equals(opened)) {
            throw Problem.of("author.changed", name.shown()).asException();
        }
        files.put(key(name), source);
        drafts.remove(name);
        return Digest.of(source);
    }

    @Override
    public void create(ScriptName name, byte[] source, Optional<ScriptName> original) {
        fail();
        if (files.putIfAbsent(key(name), source) != null) {
            throw Problem.of("author.exists", name.shown()).asException();
        }
    }

    @Override
    public void keepDraft(ScriptName name, Draft draft) {
        fail();
        drafts.put(name, draft);
    }

    @Override
    public void dropDraft(ScriptName name) {
        drafts.remove(name);
    }

    private void fail() {
        failing.ifPresent(problem -> {
            throw problem.asException();
        });
    }

    /// A page of a real paper; its picture stands in the project's pages.
    @Override
    public List<byte[]> paper(Script script) {
        try {
            byte[] page = Files.readAllBytes(Path.of("docs/pictures/record-page-1.png"));
            return List.of(page, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String place(ScriptName name) {
        return "/var/lib/quorate/scripts/" + name.shown();
    }
}
