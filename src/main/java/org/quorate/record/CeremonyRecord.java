package org.quorate.record;

import java.util.List;
import java.util.Optional;
import org.quorate.base.Texts;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.TrustFile;
import org.quorate.script.Script;

/// What the ledger says of one ceremony: a pure function of entries and artefacts. Two programs that are given the same
/// entries make the same record.
public record CeremonyRecord(
        Heading heading, Review review, List<Person> people, Inventory inventory, Log log, Anchoring anchoring) {
    public CeremonyRecord {
        people = List.copyOf(people);
    }

    /// What a reader must judge.
    public record Review(Verdict verdict, List<Deviation> deviations, List<WithoutQuorum> withoutQuorum) {
        public Review {
            deviations = List.copyOf(deviations);
            withoutQuorum = List.copyOf(withoutQuorum);
        }
    }

    /// What was there, and what came out.
    public record Inventory(
            Equipment equipment,
            List<KeyFacts> keys,
            List<CertificateFacts> certificates,
            List<RevocationFacts> revocations) {
        public Inventory {
            revocations = List.copyOf(revocations);
            keys = List.copyOf(keys);
            certificates = List.copyOf(certificates);
        }
    }

    /// @param between entries outside the steps
    public record Log(
            List<StepLog> steps,
            List<LogItem> between,
            List<ExceptionFacts> exceptions,
            List<QuorumFacts> quorums,
            List<SignatureFacts> signatures) {
        public Log {
            quorums = List.copyOf(quorums);
            steps = List.copyOf(steps);
            between = List.copyOf(between);
            exceptions = List.copyOf(exceptions);
            signatures = List.copyOf(signatures);
        }
    }

    /// What holds the record to the world outside.
    public record Anchoring(Checkpoint.Signed checkpoint, List<AnchorFacts> made, TrustFile trust) {
        public Anchoring {
            made = List.copyOf(made);
        }
    }

    /// @param entries those of an [Extract]; the one ceremony that opens among them is the record's
    /// @param script the parsed script that the opening names
    /// @param artefacts the site profile; what is missing is left out of the record
    public record Sources(List<Entry> entries, Script script, Artefacts artefacts, Checkpoint.Signed checkpoint) {
        public Sources {
            entries = List.copyOf(entries);
        }
    }

    public static CeremonyRecord of(Sources sources) {
        var story = new Story(sources.entries(), sources.script());
        List<StepLog> steps = new StepReader(story).steps();
        List<WithoutQuorum> withoutQuorum = withoutQuorum(story);
        List<Person> people = new PeopleReader(story).people();
        List<Deviation> deviations = new DeviationReader(story, steps, people).deviations();
        var keys = new KeyReader(story);
        return new CeremonyRecord(
                new HeadingReader(story, sources.checkpoint()).heading(),
                new Review(
                        VerdictReader.verdict(story, steps, people, deviations, withoutQuorum),
                        deviations,
                        withoutQuorum),
                people,
                new Inventory(
                        new EquipmentReader(story, sources.artefacts()).equipment(),
                        keys.keys(),
                        keys.certificates(),
                        keys.revocations()),
                new Log(
                        steps,
                        new LogReader(story).items(story.outsideSteps()),
                        exceptions(story),
                        new QuorumReader(story).quorums(),
                        new SignatureReader(story).signatures()),
                new Anchoring(sources.checkpoint(), anchors(story), trust(sources)));
    }

    public Verdict verdict() {
        return review.verdict();
    }

    public List<Deviation> deviations() {
        return review.deviations();
    }

    public List<WithoutQuorum> withoutQuorum() {
        return review.withoutQuorum();
    }

    public Equipment equipment() {
        return inventory.equipment();
    }

    public List<KeyFacts> keys() {
        return inventory.keys();
    }

    public List<CertificateFacts> certificates() {
        return inventory.certificates();
    }

    public List<RevocationFacts> revocations() {
        return inventory.revocations();
    }

    public List<StepLog> steps() {
        return log.steps();
    }

    public List<ExceptionFacts> exceptions() {
        return log.exceptions();
    }

    public List<QuorumFacts> quorums() {
        return log.quorums();
    }

    public List<SignatureFacts> signatures() {
        return log.signatures();
    }

    private static List<WithoutQuorum> withoutQuorum(Story story) {
        return story.of(EntryType.INTENT)
                .filter(intent -> intent.data().array("quorum").isEmpty())
                .map(intent ->
                        new WithoutQuorum(intent.seq(), intent.time(), story.number(intent), story.act(intent.data())))
                .toList();
    }

    private static List<ExceptionFacts> exceptions(Story story) {
        return story.of(EntryType.EXCEPTION)
                .map(entry -> new ExceptionFacts(
                        entry.data().integer("number"),
                        story.number(entry),
                        entry.time(),
                        new ExceptionFacts.Answers(
                                entry.data().string("expected"),
                                entry.data().string("happened"),
                                entry.data().string("decided")),
                        story.name(entry.data().string("decided_by")),
                        story.name(entry.data().string("witnessed_by"))))
                .toList();
    }

    private static List<AnchorFacts> anchors(Story story) {
        return story.of(EntryType.ANCHOR)
                .map(entry -> new AnchorFacts(
                        Plain.word("record.anchor.", entry.data().string("kind")),
                        entry.data().integer("size"),
                        entry.data().optionalString("where").orElse("")))
                .toList();
    }

    private static TrustFile trust(Sources sources) {
        Entry genesis = sources.entries().getFirst();
        if (!genesis.is(EntryType.GENESIS)) {
            throw new IllegalArgumentException(
                    "the first entry of a record is the genesis entry, and this is " + genesis);
        }
        return TrustFile.of(genesis);
    }

    /// `rehearsal` or `live`, in words.
    public String mode() {
        return Texts.get(heading.occasion().rehearsal() ? "record.mode.rehearsal" : "record.mode.live");
    }

    /// The key of this name in the script.
    public Optional<KeyFacts> key(String name) {
        return keys().stream().filter(key -> key.name().equals(name)).findFirst();
    }
}
