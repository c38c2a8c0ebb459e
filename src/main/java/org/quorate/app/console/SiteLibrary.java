package org.quorate.app.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.app.site.OwnFiles;
import org.quorate.app.site.ScriptFiles;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.record.pdf.PaperScript;
import org.quorate.record.pdf.PdfPictures;
import org.quorate.script.Heading;
import org.quorate.script.InsertedStep;
import org.quorate.script.LintReport;
import org.quorate.script.Part;
import org.quorate.script.Script;
import org.quorate.script.ScriptFormat;
import org.quorate.script.StepSample;
import org.quorate.script.approval.OnPaper;
import org.quorate.script.yaml.StepInsertion;
import org.quorate.script.yaml.StepSamples;
import org.quorate.ui.backstage.ScriptLibrary;
import org.quorate.ui.backstage.ScriptName;
import org.quorate.ui.backstage.ScriptName.Shelf;

/// The library on the disk: the shipped folder, and `scripts` of the site. A draft lies in `scripts/.drafts` under the
/// name of its file, its first line a comment that names what it began with.
public final class SiteLibrary implements ScriptLibrary {
    private static final String PARTS = "parts";
    private static final String BASE = "# Quorate draft of ";
    private static final int MOST_OF_A_DRAFT = BASE.length() + Digest.ZERO.hex().length() + 1 + ScriptFormat.MAX_BYTES;

    private final SiteFolder site;
    private final ScriptFiles scripts;
    private final InstantSource clock;
    private Optional<StepSamples> samples = Optional.empty();

    public SiteLibrary(SiteFolder site, ScriptFiles scripts, InstantSource clock) {
        this.site = site;
        this.scripts = scripts;
        this.clock = clock;
    }

    @Override
    public List<Item> items() {
        var items = new ArrayList<Item>();
        for (Shelf shelf : List.of(Shelf.OWN, Shelf.SHIPPED)) {
            for (boolean part : new boolean[] {false, true}) {
                names(shelf, part).forEach(name -> items.add(new Item(name, title(name))));
            }
        }
        return List.copyOf(items);
    }

    private List<ScriptName> names(Shelf shelf, boolean part) {
        Path folder = folder(shelf, part);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(OwnFiles::isThere)
                    .map(file -> file.getFileName().toString())
                    .filter(ScriptName::fits)
                    .sorted()
                    .map(file -> new ScriptName(shelf, part, file))
                    .toList();
        } catch (IOException e) {
            throw Problem.of("author.unreadable", folder).causedBy(e);
        }
    }

    /// Also of what is too long to be opened, so that it can be seen and chosen.
    private String title(ScriptName name) {
        return Heading.title(new String(begin(file(name), ScriptFormat.MAX_BYTES), StandardCharsets.UTF_8));
    }

    @Override
    public Opened read(ScriptName name) {
        byte[] source = bytes(name);
        String text = text(name, source);
        return new Opened(
                source,
                text,
                Digest.of(source),
                draft(name).filter(draft -> !draft.text().equals(text)));
    }

    @Override
    public String emptyCeremony() {
        try (InputStream in = SiteLibrary.class.getResourceAsStream("empty-ceremony.yaml")) {
            if (in == null) {
                throw new IllegalStateException("the empty ceremony is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the empty ceremony cannot be read", e);
        }
    }

    @Override
    public LintReport check(ScriptName name, byte[] source) {
        return scripts.check(script(name), name.shown(), source);
    }

    /// Read when somebody first wants a step; most people never do.
    private synchronized StepSamples samples() {
        StepSamples read = samples.orElseGet(StepSamples::read);
        samples = Optional.of(read);
        return read;
    }

    @Override
    public List<StepSample> steps() {
        return samples().all();
    }

    @Override
    public Optional<InsertedStep> insert(ScriptName name, String text, int line, String kind) {
        return new StepInsertion(samples(), now -> check(name, now.getBytes(StandardCharsets.UTF_8)))
                .put(text, line, kind);
    }

    /// Parts stand in a folder beside scripts; a part uses none.
    private Path script(ScriptName name) {
        return folder(name.shelf(), false).resolve(name.file());
    }

    @Override
    public Digest save(ScriptName name, byte[] source, Digest opened) {
        requireOwn(name);
        Path file = file(name);
        requireFits(file, source.length, ScriptFormat.MAX_BYTES);
        if (!OwnFiles.isThere(file) || !Digest.of(bytes(name)).equals(opened)) {
            throw Problem.of("author.changed", name.shown()).asException();
        }
        try {
            OwnFiles.replace(file, source);
        } catch (IOException e) {
            throw Problem.of("author.not_saved", file).causedBy(e);
        }
        dropIfPossible(name);
        return Digest.of(source);
    }

    /// The file is saved whatever becomes of the draft; one that is left behind has the same text and is not offered.
    private void dropIfPossible(ScriptName name) {
        try {
            dropDraft(name);
        } catch (ProblemException e) {
            // said when the next draft cannot be kept
        }
    }

    @Override
    public void create(ScriptName name, byte[] source, Optional<ScriptName> original) {
        requireOwn(name);
        requireFits(file(name), source.length, ScriptFormat.MAX_BYTES);
        try {
            original.filter(ScriptName::readOnly)
                    .filter(script -> !script.part())
                    .ifPresent(script -> takeParts(script, source));
            OwnFiles.create(file(name), source);
        } catch (IOException e) {
            Problem problem = OwnFiles.isTaken(file(name))
                    ? Problem.of("author.exists", name.shown())
                    : Problem.of("author.not_saved", file(name));
            throw problem.causedBy(e);
        }
    }

    /// A part that is there stays: a script that wanted another one says so when it is checked.
    private void takeParts(ScriptName original, byte[] source) {
        List<Part> parts = check(original, source).script().map(Script::parts).orElse(List.of());
        for (Part part : parts) {
            Path file = folder(Shelf.OWN, true).resolve(part.file());
            try {
                if (!OwnFiles.isTaken(file)) {
                    OwnFiles.create(file, part.bytes());
                }
            } catch (IOException e) {
                throw Problem.of("author.not_saved", file).causedBy(e);
            }
        }
    }

    @Override
    public void keepDraft(ScriptName name, Draft draft) {
        requireOwn(name);
        byte[] kept = (BASE + draft.base().hex() + "\n" + draft.text()).getBytes(StandardCharsets.UTF_8);
        requireFits(file(name), kept.length, MOST_OF_A_DRAFT);
        try {
            OwnFiles.replace(draftFile(name), kept);
        } catch (IOException e) {
            throw Problem.of("author.draft_not_kept", draftFile(name)).causedBy(e);
        }
    }

    @Override
    public void dropDraft(ScriptName name) {
        try {
            OwnFiles.delete(draftFile(name));
        } catch (IOException e) {
            throw Problem.of("author.draft_not_kept", draftFile(name)).causedBy(e);
        }
    }

    /// What is no draft of ours, is none.
    private Optional<Draft> draft(ScriptName name) {
        if (name.readOnly() || !OwnFiles.isThere(draftFile(name))) {
            return Optional.empty();
        }
        String kept = text(name, read(draftFile(name), MOST_OF_A_DRAFT));
        int end = kept.indexOf('\n');
        return kept.startsWith(BASE) && end > 0
                ? Digest.ofHex(kept.substring(BASE.length(), end)).map(base -> new Draft(kept.substring(end + 1), base))
                : Optional.empty();
    }

    private Path draftFile(ScriptName name) {
        return site.scripts()
                .resolve(".drafts")
                .resolve(name.part() ? PARTS : "")
                .resolve(name.file());
    }

    @Override
    public List<byte[]> paper(Script script) {
        try {
            return PdfPictures.pages(PaperScript.pdf(script, OnPaper.NONE, clock.instant()));
        } catch (IOException e) {
            throw Problem.of("author.no_paper", script.title()).causedBy(e);
        }
    }

    @Override
    public String place(ScriptName name) {
        return file(name).toString();
    }

    private static void requireOwn(ScriptName name) {
        if (name.readOnly()) {
            throw Problem.of("author.shipped", name.shown()).asException();
        }
    }

    private Path folder(Shelf shelf, boolean part) {
        Path folder = shelf == Shelf.SHIPPED ? scripts.shippedFolder() : site.scripts();
        return part ? folder.resolve(PARTS) : folder;
    }

    private Path file(ScriptName name) {
        return folder(name.shelf(), name.part()).resolve(name.file());
    }

    private byte[] bytes(ScriptName name) {
        Path file = file(name);
        if (!OwnFiles.isThere(file)) {
            throw Problem.of("author.no_file", file).asException();
        }
        return read(file, ScriptFormat.MAX_BYTES);
    }

    /// No more than can be checked: what is longer is no script.
    private static byte[] read(Path file, int most) {
        byte[] bytes = begin(file, most + 1);
        requireFits(file, bytes.length, most);
        return bytes;
    }

    private static void requireFits(Path file, int length, int most) {
        if (length > most) {
            throw Problem.of("author.too_long", file, ScriptFormat.MAX_BYTES).asException();
        }
    }

    private static byte[] begin(Path file, int most) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most);
        } catch (IOException e) {
            throw Problem.of("author.unreadable", file).causedBy(e);
        }
    }

    /// Strictly, because what was read wrongly would be saved wrongly.
    private static String text(ScriptName name, byte[] source) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(source))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.of("author.not_utf8", name.shown()).causedBy(e);
        }
    }
}
