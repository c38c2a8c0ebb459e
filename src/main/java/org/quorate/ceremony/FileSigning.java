package org.quorate.ceremony;

import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.card.Card;
import org.quorate.card.CardRefusal;
import org.quorate.card.SignAnswer;
import org.quorate.ledger.Cosign.Meaning;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Statement;
import org.quorate.quorum.Tally;
import org.quorate.script.Step;
import org.quorate.script.Step.SignQuorumFile.Format;

/// An HSM keeps its own quorum by a file that officers sign: it is brought, compared, signed by each officer's card and
/// handed out. A card signs first the statement that says in words which file it is, and then the file; what it made is
/// checked before it counts. A file that is good for a while only is too late at every point where its time may be
/// over.
final class FileSigning {
    private final Step.SignQuorumFile step;
    private final Stage stage;
    private final Entry brought;
    private final QuorumFile file;
    private final Quorum quorum;

    private FileSigning(Step.SignQuorumFile step, Stage stage, Entry brought) {
        this.step = step;
        this.stage = stage;
        this.brought = brought;
        this.file = read();
        this.quorum = stage.script().cast().quorum(step.quorum());
    }

    static String sign(Step.SignQuorumFile step, Stage stage) {
        Entry brought = CeremonyFiles.fresh(
                stage,
                step.file(),
                Texts.get("ceremony.quorum_file.bring." + step.format().wire(), step.file())
                        + step.withinMinutes()
                                .map(minutes -> " " + Texts.get("ceremony.quorum_file.bring.within", minutes))
                                .orElse(""),
                QuorumFile.MAX_BYTES,
                bytes -> QuorumFile.doubt(step.format(), bytes));
        return new FileSigning(step, stage, brought).perform();
    }

    private String perform() {
        endIfTooLate();
        stage.compare(
                "quorum_file",
                Exhibit.of(Texts.get("ceremony.quorum_file.label", step.file()), file.digest()),
                Texts.get("ceremony.quorum_file.against"));
        List<FileSignature> signatures = gather(stated());
        List<String> users = step.format() == Format.AWS_CLOUDHSM
                ? signatures.stream().map(this::userOf).toList()
                : List.of();
        endIfTooLate();
        CeremonyFiles.handOut(
                stage,
                step.out(),
                Texts.get("ceremony.quorum_file.take." + step.format().wire(), step.file()) + leftInWords(),
                file.signed(signatures, users));
        return Texts.get("ceremony.quorum_file.done", step.file(), signatures.size(), step.out());
    }

    /// From the ledger each time, so that what a card signs is what was brought.
    private QuorumFile read() {
        return switch (QuorumFile.read(step.format(), CeremonyFiles.content(stage, brought))) {
            case QuorumFile.Reading.Good(var good) -> good;
            case QuorumFile.Reading.Bad(var why) ->
                throw StepFailed.hard(Problem.of("ceremony.quorum_file_refused", step.file(), why));
        };
    }

    private Entry stated() {
        Json.Obj act = Json.obj()
                .put("op", "sign_file")
                .put("file", step.file())
                .put("format", step.format().wire())
                .put("sha256", file.digest().hex())
                .put("message_sha256", Digest.of(file.message()).hex())
                .put("out", step.out())
                .build();
        String text = Texts.get(
                "ceremony.statement.sign_file." + step.format().wire(),
                step.file(),
                file.digest().grouped(),
                Digest.of(file.message()).grouped(),
                step.out());
        return stage.statement("sign_file")
                .filter(entry -> entry.data().object("act").equals(act))
                .orElseGet(() -> stage.append(EntryType.STATEMENT, new Statement(text, act, quorum).toJson()));
    }

    private List<FileSignature> gather(Entry statement) {
        var made = new ArrayList<FileSignature>();
        var rejected = new LinkedHashSet<String>();
        Map<String, Long> approved = approvals(statement, rejected);
        Tally tally = Tally.empty(quorum, stage.setting().roster());
        for (FileSignature signature : recorded().toList()) {
            tally = tally.with(signature.person());
            made.add(signature);
        }
        while (!tally.complete()) {
            Gathering.endIfOutOfReach(tally, rejected);
            endIfTooLate();
            Presented presented = stage.ask(new Question.PresentCard(
                    "cards",
                    Texts.get("ceremony.quorum_file.cards", tally.missing(), step.file()),
                    Statement.fromJson(statement.data()),
                    tally,
                    end()));
            try (Secret pin = presented.pin()) {
                endIfTooLate();
                endIfAltered(statement);
                Optional<Participant> person =
                        stage.gathering().admit(tally, presented.card()).filter(one -> suits(presented.card(), one));
                if (person.isPresent() && presented instanceof Presented.Rejects(var card, var p, var because)) {
                    reject(statement, card, pin, person.get(), because);
                    rejected.add(person.get().person());
                } else if (person.isPresent() && approves(statement, presented.card(), pin, person.get(), approved)) {
                    Optional<FileSignature> signature = signFile(presented.card(), pin, person.get());
                    signature.ifPresent(made::add);
                    signature.ifPresent(one -> rejected.remove(one.person().person()));
                    tally = signature.isPresent() ? tally.with(person.get()) : tally;
                }
            }
        }
        return made;
    }

    /// Who has signed the statement, by the ledger; who rejected it and did not think better goes into `rejected`.
    private Map<String, Long> approvals(Entry statement, Set<String> rejected) {
        var approved = new LinkedHashMap<String, Long>();
        for (Entry cosign : stage.gathering().cosignsOf(statement)) {
            stage.setting().roster().byKey(cosign.data().digest("key")).ifPresent(person -> {
                if (Gathering.rejects(cosign)) {
                    rejected.add(person.person());
                } else {
                    approved.put(person.person(), cosign.seq());
                    rejected.remove(person.person());
                }
            });
        }
        return approved;
    }

    /// What this attempt has already, checked again.
    private Stream<FileSignature> recorded() {
        return signedEntries().flatMap(entry -> {
            Json.Obj detail = entry.data().object("detail");
            return stage.setting().roster().byKey(detail.digest("key")).stream()
                    .filter(quorum::admits)
                    .flatMap(person ->
                            FileSignature.of(person, CeremonyFiles.content(stage, entry), detail, file).stream());
        });
    }

    private Stream<Entry> signedEntries() {
        return stage.run()
                .of(EntryType.OBSERVATION)
                .filter(entry -> entry.data().string("name").equals("file_signed"));
    }

    /// AWS CloudHSM takes RSA with 2048 bits and nothing else, so no other card signs at all.
    private boolean suits(Card card, Participant person) {
        PublicKey key = card.certificate().getPublicKey();
        boolean suits = step.format() != Format.AWS_CLOUDHSM
                || (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() == 2048);
        if (!suits) {
            stage.gathering()
                    .refuse(
                            card,
                            new CardAnswer.Refused(
                                    "unsuitable_key", Problem.of("ceremony.card.not_rsa_2048", person.name())),
                            Optional.of(person));
        }
        return suits;
    }

    private boolean approves(Entry statement, Card card, Secret pin, Participant person, Map<String, Long> approved) {
        if (approved.containsKey(person.person())) {
            return true;
        }
        Optional<Entry> cosign = stage.gathering().cosign(statement, Meaning.APPROVE, card, pin, person);
        cosign.ifPresent(entry -> approved.put(person.person(), entry.seq()));
        return cosign.isPresent();
    }

    private void reject(Entry statement, Card card, Secret pin, Participant person, String because) {
        stage.gathering()
                .cosign(statement, Meaning.REJECT, card, pin, person)
                .ifPresent(entry -> stage.observeAgain(Observation.stated(
                        "rejection", Texts.get("ceremony.rejection.label"), because, List.of(person))));
    }

    private Optional<FileSignature> signFile(Card card, Secret pin, Participant person) {
        return switch (card.sign(pin, file.message())) {
            case SignAnswer.Signed answer -> {
                Optional<FileSignature> signature = FileSignature.of(person, card, answer, file);
                if (signature.isEmpty()) {
                    refuse(card, person, CardAnswer.of(new CardRefusal.BadSignature(), person.name()));
                }
                signature.ifPresent(one -> record(card, one));
                yield signature;
            }
            case CardRefusal refusal -> {
                refuse(card, person, CardAnswer.of(refusal, person.name()));
                yield Optional.empty();
            }
        };
    }

    private void refuse(Card card, Participant person, CardAnswer.Refused why) {
        stage.gathering().refuse(card, why, Optional.of(person));
    }

    private void record(Card card, FileSignature signature) {
        stage.observeAgain(Observation.sensed(
                        "file_signed",
                        Texts.get(
                                "ceremony.file_signed.label", signature.person().name(), step.file()),
                        Texts.get(
                                "ceremony.file_signed.text",
                                signature.algorithm().name()))
                .with(signature.der())
                .detail(Json.obj()
                        .put("file", step.file())
                        .put("sha256", file.digest().hex())
                        .put("message_sha256", Digest.of(file.message()).hex())
                        .put("person", signature.person().person())
                        .put("key", card.keyId().hex())
                        .put("alg", signature.algorithm().name())
                        .put("signature", signature.base64())
                        .build()));
    }

    private String userOf(FileSignature signature) {
        return stage.enter(
                "hsm_user_" + signature.person().person(),
                Texts.get("ceremony.quorum_file.user", signature.person().name()),
                Texts.get("ceremony.quorum_file.user.hint"),
                text -> text.isBlank() || text.length() > 64
                        ? Optional.of(Texts.get("ceremony.quorum_file.user.form"))
                        : Optional.empty());
    }

    private void endIfAltered(Entry statement) {
        QuorumFile now = read();
        if (!now.digest().hex().equals(statement.data().object("act").string("sha256"))) {
            throw StepFailed.hard(Problem.of("ceremony.quorum_file_altered", step.file()));
        }
    }

    // ---- time ----

    /// When what is still missing comes too late: by how long the file is good, and by the quorum's own limit.
    private Optional<Instant> end() {
        Optional<Instant> ofFile = step.withinMinutes().map(minutes -> after(brought, minutes));
        Optional<Instant> ofQuorum = quorum.withinMinutes()
                .flatMap(minutes -> signedEntries().findFirst().map(first -> after(first, minutes)));
        return Stream.of(ofFile, ofQuorum).flatMap(Optional::stream).min(Instant::compareTo);
    }

    private static Instant after(Entry entry, int minutes) {
        return entry.time().plus(Duration.ofMinutes(minutes));
    }

    private Instant now() {
        return stage.equipment().workstation().now();
    }

    /// Such as " – 7 min 12 s left, until 2026-11-22 09:41:02 UTC"; nothing where there is no limit.
    private String leftInWords() {
        return end().map(end -> {
                    Duration left = Duration.between(now(), end);
                    return " "
                            + Texts.get(
                                    "ceremony.quorum_file.left",
                                    left.toMinutes(),
                                    left.toSecondsPart(),
                                    UtcTime.forPeople(end));
                })
                .orElse("");
    }

    /// What was handed out in time stays so, also where the program ended right afterwards.
    private void endIfTooLate() {
        if (stage.run().observation("file_taken").isPresent()) {
            return;
        }
        end().filter(end -> !now().isBefore(end)).ifPresent(end -> {
            Problem problem = Problem.of("ceremony.quorum_file_expired", step.file(), UtcTime.forPeople(end));
            stage.observeAgain(Observation.sensed(
                            "file_expired", Texts.get("ceremony.file_expired.label", step.file()), problem.what())
                    .detail(Json.obj()
                            .put("file", step.file())
                            .put("sha256", file.digest().hex())
                            .put("signatures", recorded().count())
                            .build()));
            throw StepFailed.hard(problem);
        });
    }
}
