package org.quorate.ceremony;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Texts;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;

/// Files that come into a ceremony and leave it. Each is kept in the ledger, whole.
final class CeremonyFiles {
    private CeremonyFiles() {}

    /// By its name: as this ceremony made it, or as it was brought before, or as people bring it now.
    static byte[] get(
            Stage stage, String fileName, String explanation, int maxBytes, Function<byte[], Optional<String>> check) {
        Entry entry = newest(stage, fileName).orElseGet(() -> ask(stage, fileName, explanation, maxBytes, check));
        return content(stage, entry);
    }

    /// Brought for this attempt and no other, for a file that is good for a while only.
    static Entry fresh(
            Stage stage, String fileName, String explanation, int maxBytes, Function<byte[], Optional<String>> check) {
        return stage.run()
                .of(EntryType.OBSERVATION)
                .filter(entry -> isOf(entry, "file_brought", fileName))
                .findFirst()
                .orElseGet(() -> ask(stage, fileName, explanation, maxBytes, check));
    }

    private static Entry ask(
            Stage stage, String fileName, String explanation, int maxBytes, Function<byte[], Optional<String>> check) {
        byte[] content = stage.ask(
                new Question.BringFile("file-" + fileName, fileName, explanation, maxBytes, stage.performers(), check));
        return keep(stage, "file_brought", fileName, content);
    }

    /// Keeps a file that came to be here; it goes into the evidence under its name.
    static void made(Stage stage, String fileName, byte[] content) {
        keep(stage, "file_made", fileName, content);
    }

    /// What this attempt made under this name before it was stopped.
    static Optional<byte[]> madeBefore(Stage stage, String fileName) {
        return stage.run()
                .of(EntryType.OBSERVATION)
                .filter(entry -> isOf(entry, "file_made", fileName))
                .findFirst()
                .map(entry -> content(stage, entry));
    }

    /// The same, and somebody takes it along now: the file that is on record, also where a second one would differ.
    static void handOut(Stage stage, String fileName, String explanation, byte[] content) {
        byte[] kept = content(stage, keep(stage, "file_made", fileName, content));
        if (stage.run().observation("file_taken").isPresent()) {
            return;
        }
        Verdict verdict =
                stage.ask(new Question.TakeFile("take-" + fileName, fileName, explanation, kept, stage.performers()));
        stage.observe(Observation.stated(
                        "file_taken",
                        Texts.get("ceremony.file.taken", fileName),
                        Texts.get(verdict instanceof Verdict.Yes ? "ceremony.stated.yes" : "ceremony.stated.no"),
                        stage.performers())
                .verdict(verdict instanceof Verdict.Yes));
    }

    private static Optional<Entry> newest(Stage stage, String fileName) {
        List<Entry> now = stage.run().entries();
        return stage.ceremony()
                .of(EntryType.OBSERVATION)
                .filter(entry -> isOf(entry, "file_made", fileName) || isOf(entry, "file_brought", fileName))
                // What an attempt at this step failed with may have been the wrong file, so it is brought again.
                .filter(entry -> isOf(entry, "file_made", fileName)
                        || !entry.step().equals(Optional.of(stage.step().id()))
                        || now.contains(entry))
                .reduce((first, second) -> second);
    }

    private static boolean isOf(Entry entry, String name, String fileName) {
        return entry.data().string("name").equals(name)
                && entry.data().object("detail").string("file").equals(fileName);
    }

    private static Entry keep(Stage stage, String name, String fileName, byte[] content) {
        return stage.observe(Observation.sensed(
                        name,
                        Texts.get("ceremony." + name.replace('_', '.'), fileName),
                        Digest.of(content).grouped())
                .with(content)
                .detail(Json.obj()
                        .put("file", fileName)
                        .put("bytes", content.length)
                        .build()));
    }

    static byte[] content(Stage stage, Entry entry) {
        return stage.equipment()
                .ledger()
                .artefact(Digest.fromArtefactName(entry.data().string("artefact")))
                .orElseThrow();
    }
}
