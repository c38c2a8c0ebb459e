package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.base.VisibleText;
import org.quorate.ledger.Entry;
import org.quorate.ledger.Genesis;
import org.quorate.ledger.LedgerKey;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;

/// The first ceremony of a site looks back at how it was founded. Nothing is typed in: all that is compared comes from
/// the first entry, and the other half of each comparison is what people took home from the founding. In the end the
/// founders' cards sign what was compared, so that this ledger and no other is the one that they know.
final class FoundingActs {
    private static final String COMPARED = "founding_compared";
    private static final String COPIED = "ledger_copied";

    private FoundingActs() {}

    // ---- the first entry ----

    static String compare(Stage stage) {
        Entry first = stage.equipment().ledger().entry(0);
        Genesis genesis = stage.equipment().ledger().genesis();
        stage.observe(Observation.sensed(
                        "founding",
                        Texts.get("ceremony.founding.label"),
                        Texts.get(
                                "ceremony.founding.text",
                                genesis.ledger(),
                                UtcTime.forPeople(first.time()),
                                persons(genesis).size()))
                .detail(detail(first, genesis)));
        compareDigest(stage, "founding_entry", first.leaf());
        compareDigest(stage, "founding_console_key", genesis.console().id());
        recordCertificate(genesis).ifPresent(digest -> compareDigest(stage, "founding_record_certificate", digest));
        stage.compare(
                "founding_people",
                Exhibit.of(Texts.get("ceremony.founding_people.label"), people(genesis, stage)),
                Texts.get("ceremony.founding_people.against"));
        genesis.founding()
                .flatMap(said -> said.optionalObject("console"))
                .ifPresent(console -> stage.compare(
                        "founding_custody",
                        Exhibit.of(
                                Texts.get("ceremony.founding_custody.label"),
                                Texts.get(
                                        "ceremony.founding_custody.text",
                                        VisibleText.of(console.string("serial")),
                                        VisibleText.of(console.string("keeper")),
                                        VisibleText.of(console.string("place")))),
                        Texts.get("ceremony.founding_custody.against")));
        stage.confirm(
                "founding_rules",
                Texts.get("ceremony.founding_rules", genesis.m(), genesis.n()),
                Texts.get("ceremony.button.confirm"));
        return sign(first, genesis, stage);
    }

    private static void compareDigest(Stage stage, String name, Digest digest) {
        stage.compare(
                name,
                Exhibit.of(Texts.get("ceremony." + name + ".label"), digest),
                Texts.get("ceremony." + name + ".against"));
    }

    private static Json.Obj detail(Entry first, Genesis genesis) {
        return Json.obj()
                .put("ledger", genesis.ledger().toString())
                .put("leaf", first.leaf().hex())
                .put("console_key", genesis.console().id().hex())
                .put("record_certificate", recordCertificate(genesis).map(Digest::hex))
                .put("m", genesis.m())
                .put("n", genesis.n())
                .put("founders", Json.strings(List.copyOf(persons(genesis))))
                .build();
    }

    private static Optional<Digest> recordCertificate(Genesis genesis) {
        return genesis.keys().stream()
                .filter(key -> key.role() == LedgerKey.Role.DEVICE)
                .flatMap(key -> key.certificate().stream())
                .findFirst()
                .map(Digest::of);
    }

    private static Set<String> persons(Genesis genesis) {
        return genesis.founders().stream()
                .flatMap(key -> key.person().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// One line for each founder's card; of whoever left since, the name stands in the first entry only.
    private static String people(Genesis genesis, Stage stage) {
        return genesis.founders().stream()
                .map(key -> Texts.get(
                        "ceremony.founding_people.line",
                        name(key.person().orElseThrow(), stage),
                        key.person().orElseThrow(),
                        String.join(", ", key.roles()).replace('_', ' '),
                        key.id().grouped()))
                .collect(Collectors.joining("\n"));
    }

    private static String name(String person, Stage stage) {
        return stage.setting()
                .roster()
                .byPerson(person)
                .map(Participant::name)
                .map(VisibleText::of)
                .orElse(person);
    }

    /// All founders who are here sign; who is not is on record as a deviation, and does not hold the others up.
    private static String sign(Entry first, Genesis genesis, Stage stage) {
        Set<String> founders = persons(genesis);
        List<Participant> here = OpeningActs.present(stage).stream()
                .filter(person -> founders.contains(person.person()))
                .toList();
        if (here.isEmpty()) {
            throw StepFailed.hard(Problem.of("ceremony.no_founder"));
        }
        Set<String> signers = here.stream().map(Participant::person).collect(Collectors.toSet());
        List<String> roles = here.stream()
                .flatMap(person -> person.roles().stream())
                .distinct()
                .sorted()
                .toList();
        Approval approval = stage.gathering()
                .of(signers)
                .approve(
                        COMPARED,
                        new Quorum(here.size(), roles),
                        Texts.get(
                                "ceremony.statement.founding",
                                genesis.ledger(),
                                first.leaf().grouped(),
                                genesis.m(),
                                genesis.n()),
                        () -> Json.obj()
                                .put("op", COMPARED)
                                .put("ledger", genesis.ledger().toString())
                                .put("leaf", first.leaf().hex())
                                .put("console_key", genesis.console().id().hex())
                                .build());
        var absent = new ArrayList<>(founders);
        here.forEach(person -> absent.remove(person.person()));
        stage.observe(Observation.sensed(
                        COMPARED,
                        Texts.get("ceremony.founding_compared.label"),
                        names(here.stream().map(Participant::person).toList(), stage))
                .expected(names(List.copyOf(founders), stage), absent.isEmpty())
                .detail(approval.act()
                        .with(
                                "persons",
                                Json.strings(
                                        here.stream().map(Participant::person).toList()))
                        .with("absent", Json.strings(absent))
                        .with("quorum", Json.integers(approval.cosigns()))));
        return Texts.get("ceremony.founding.done", here.size(), founders.size());
    }

    private static String names(List<String> persons, Stage stage) {
        return persons.stream().map(person -> name(person, stage)).collect(Collectors.joining(", "));
    }

    // ---- the second disk ----

    /// The ledger as it stands now lies once more on the second disk. What is there must be an earlier state of
    /// the same ledger; anything else is never written over, and is why this step ends.
    static String copy(Stage stage) {
        Json.Obj copied = stage.run()
                .observation(COPIED)
                .orElseGet(() -> mirror(stage))
                .data()
                .object("detail");
        long size = copied.integer("size");
        stage.compare(
                "copy_words",
                Exhibit.of(Texts.get("ceremony.head.label", size), copied.digest("root")),
                Texts.get("ceremony.ledger_copied.against"));
        return Texts.get("ceremony.ledger_copied.done", size);
    }

    private static Entry mirror(Stage stage) {
        stage.working("ceremony.working.mirror");
        return switch (LastEntries.mirror(stage.setting())) {
            case LastEntries.Mirror.None() -> throw StepFailed.overridable(Problem.of("ceremony.no_mirror"));
            case LastEntries.Mirror.Failed(var problem) -> throw StepFailed.overridable(problem);
            case LastEntries.Mirror.Made(var made) ->
                stage.observe(Observation.sensed(
                                COPIED,
                                Texts.get("ceremony.ledger_copied.label"),
                                Texts.get(
                                        "ceremony.ledger_copied.text",
                                        made.head().size(),
                                        made.file()))
                        .detail(Json.obj()
                                .put("size", made.head().size())
                                .put("root", made.head().root().hex())
                                .build()));
        };
    }
}
