package org.quorate.ceremony;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.CheckpointSigner;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.Ledger;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Roster;
import org.quorate.quorum.Statement;
import org.quorate.quorum.Tally;
import org.quorate.script.Script;
import org.quorate.script.approval.ApprovalFile;
import org.quorate.script.approval.Approvals;
import org.quorate.script.approval.ScriptApproval;
import org.quorate.script.approval.ScriptApproval.Plan;
import org.quorate.script.approval.Standing;

/// Approvers approve a script, or withdraw that, outside of any ceremony: one card after the other signs one
/// statement in the ledger and, to approve, what will lie beside the file. Who signed stays on record, so that
/// the others may come on another day.
public final class Approving {
    private final Desk desk;
    private final Script script;
    private final Plan plan;
    private final Quorum quorum;

    private Approving(Desk desk, Script script) {
        this.desk = desk;
        this.script = script;
        this.plan = Plan.of(script);
        this.quorum = Approvals.quorum(script, desk.ledger().genesis());
    }

    /// What it takes to ask people and to put on record what they say.
    public record Desk(Ledger ledger, Site.Mode mode, InstantSource clock, CheckpointSigner checkpoints, Front front) {
        Roster roster() {
            return Roster.of(ledger.keys(), ledger.head().size());
        }

        Instant now() {
            return clock.instant();
        }

        /// Empty where people stop here. There is no ceremony that an exception could belong to.
        <T> Optional<T> ask(Question<T> question) {
            while (true) {
                switch (front.ask(question)) {
                    case Answer.Given<T>(var value) -> {
                        return Optional.of(value);
                    }
                    case Answer.Pause<T> pause -> {
                        return Optional.empty();
                    }
                    case Answer.Abort<T> abort -> {
                        return Optional.empty();
                    }
                    case Answer.RecordException<T> sheet -> front.notice(Problem.of("approval.no_exception"));
                }
            }
        }

        Stream<Entry> outside() {
            return ledger.range(0, ledger.head().size()).stream()
                    .filter(entry -> entry.ceremony().isEmpty());
        }

        /// What cards signed for beside the file, checked again.
        Stream<ApprovalFile.Signed> signed(long statement) {
            return outside()
                    .filter(entry -> entry.is(EntryType.OBSERVATION)
                            && entry.data().string("name").equals(ApprovalCards.SIGNED)
                            && entry.data().object("detail").integer("statement") == statement)
                    .flatMap(entry -> {
                        Json.Obj detail = entry.data().object("detail");
                        return ApprovalFile.signed(
                                detail.object("said"),
                                Base64.getDecoder().decode(detail.string("certificate")),
                                detail.string("alg"),
                                Base64.getDecoder().decode(detail.string("signature")))
                                .stream();
                    });
        }
    }

    /// What approvers are shown of a new version.
    ///
    /// @param since the approval of the version before
    /// @param lines the difference in words
    /// @param kept the same as it is kept in the ledger
    public record Shown(ScriptApproval since, List<String> lines, byte[] kept) {
        public Shown {
            lines = List.copyOf(lines);
        }
    }

    /// Asks until the quorum stands. Where it stands already, what lies beside the file is made once more.
    ///
    /// @param fileName what it is called beside the script
    /// @return empty where people stopped; who signed so far stays on record
    public static Optional<ApprovalFile> approve(Script script, Optional<Shown> shown, String fileName, Desk desk) {
        return new Approving(desk, script).approve(shown, fileName);
    }

    /// @return whether it is withdrawn; not where people stopped
    public static boolean withdraw(Script script, Desk desk) {
        return new Approving(desk, script).withdraw();
    }

    private Optional<ApprovalFile> approve(Optional<Shown> shown, String fileName) {
        if (standing() instanceof Standing.Approved(var given)) {
            return Optional.of(file(given.statement()));
        }
        requireApprovable();
        Json.Obj act = act(Approvals.APPROVE)
                .put("next_review", script.document().nextReview())
                .put("difference", shown.map(one -> Digest.of(one.kept()).artefactName()))
                .putIfPresent("since", shown.map(one -> Json.of(one.since().seq())))
                .build();
        Optional<Entry> open = open(act);
        if (open.isEmpty() && !read(shown)) {
            return Optional.empty();
        }
        Entry statement = open.orElseGet(() -> state(words(shown), act, shown));
        return gather(statement, true).map(cosigns -> {
            finish(act, cosigns);
            ApprovalFile file = file(statement.seq());
            byte[] bytes = file.toBytes();
            append(
                    EntryType.EXPORT,
                    Json.obj()
                            .put(
                                    "files",
                                    Json.array(List.of(Json.obj()
                                            .put("name", fileName)
                                            .put("sha256", Digest.of(bytes).hex())
                                            .put("bytes", bytes.length)
                                            .build())))
                            .build());
            checkpoint();
            return file;
        });
    }

    private boolean withdraw() {
        ScriptApproval given = standing()
                .approval()
                .orElseThrow(
                        () -> Problem.of("approval.not_approved", plan.title()).asException());
        requireEnough();
        Optional<Entry> open = newest(act -> act.string("op").equals(Approvals.WITHDRAW)
                && act.string("script").equals(plan.digest().artefactName())
                && act.integer("approval") == given.seq());
        Optional<String> why = open.map(entry -> entry.data().object("act").string("why"))
                .or(() -> ask(new Question.Enter(
                        "why",
                        Texts.get("approval.why"),
                        Texts.get("approval.why.hint"),
                        eligible(),
                        Texts.get("approval.why.button"),
                        OpeningActs::notBlank)));
        return why.flatMap(reason -> {
                    Json.Obj act = act(Approvals.WITHDRAW)
                            .put("approval", given.seq())
                            .put("why", reason)
                            .build();
                    String text = Texts.get(
                            "approval.statement.withdraw",
                            plan.title(),
                            plan.id(),
                            plan.version(),
                            plan.digest().grouped(),
                            reason);
                    Entry statement = open.orElseGet(() -> state(text, act, Optional.empty()));
                    return gather(statement, false).map(cosigns -> {
                        finish(act, cosigns);
                        checkpoint();
                        return true;
                    });
                })
                .orElse(false);
    }

    private Standing standing() {
        return Approvals.of(desk.ledger()).standing(script, desk.now());
    }

    private void requireApprovable() {
        Instant end = LocalDate.parse(script.document().nextReview())
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        if (!desk.now().isBefore(end)) {
            throw Problem.of(
                            "approval.review_over",
                            plan.title(),
                            script.document().nextReview())
                    .asException();
        }
        requireEnough();
    }

    private void requireEnough() {
        if (eligible().size() < quorum.m()) {
            throw Problem.of("approval.too_few", quorum.m(), roles(), eligible().size())
                    .asException();
        }
    }

    private List<Participant> eligible() {
        return Tally.empty(quorum, desk.roster()).eligible();
    }

    private String roles() {
        return String.join(", ", quorum.roles()).replace('_', ' ');
    }

    private Json.Builder act(String op) {
        return Json.obj()
                .put("op", op)
                .put("script", plan.digest().artefactName())
                .put("script_id", plan.id())
                .put("version", plan.version())
                .put("title", plan.title());
    }

    // ---- what people read before they sign ----

    /// The file is the one on the paper that was reviewed, and what is new in it was seen.
    private boolean read(Optional<Shown> shown) {
        boolean same = agreed(
                new Question.Compare(
                        "script_digest",
                        Exhibit.of(Texts.get("approval.digest"), plan.digest()),
                        Texts.get("approval.digest.against"),
                        eligible(),
                        Texts.get("ceremony.button.it_matches")),
                "compared",
                Texts.get("approval.digest"));
        return same
                && shown.map(one -> agreed(
                                new Question.Confirm(
                                        "difference",
                                        Texts.get(
                                                "approval.difference",
                                                one.since().plan().version(),
                                                String.join("\n", one.lines())),
                                        eligible(),
                                        Texts.get("approval.difference.button"),
                                        Optional.empty()),
                                "stated",
                                Texts.get("approval.difference.label")))
                        .orElse(true);
    }

    private boolean agreed(Question<Question.Verdict> question, String item, String label) {
        Optional<Question.Verdict> verdict = ask(question);
        verdict.ifPresent(said -> {
            boolean yes = said instanceof Question.Verdict.Yes;
            Json.Builder data = Json.obj()
                    .put("item", item)
                    .put("name", "approval_" + question.name())
                    .put("label", label)
                    .put("text", plan.digest().grouped())
                    .put("verdict", yes ? "matches" : "differs");
            if (said instanceof Question.Verdict.No(var because)) {
                data.put("because", because);
            }
            append(EntryType.OBSERVATION, data.build());
            if (!yes) {
                throw Problem.of("approval.refused", plan.title()).asException();
            }
        });
        return verdict.isPresent();
    }

    private String words(Optional<Shown> shown) {
        String text = Texts.get(
                "approval.statement",
                plan.title(),
                plan.id(),
                plan.version(),
                script.document().nextReview(),
                plan.digest().grouped(),
                String.join(" ", Exhibit.of("", plan.digest()).spokenWords()));
        return text
                + shown.map(one -> "\n"
                                + Texts.get(
                                        "approval.statement.difference",
                                        one.lines().size(),
                                        one.since().plan().version(),
                                        Digest.of(one.kept()).grouped()))
                        .orElse("");
    }

    // ---- the ledger ----

    /// The statement of this very act that is still open.
    private Optional<Entry> open(Json.Obj act) {
        return newest(act::equals);
    }

    private Optional<Entry> newest(Predicate<Json.Obj> act) {
        long after = newestApproval();
        return outside()
                .filter(entry -> entry.is(EntryType.STATEMENT) && entry.seq() > after)
                .filter(entry -> {
                    Optional<String> op = entry.data().object("act").optionalString("op");
                    return op.filter(one -> one.equals(Approvals.APPROVE) || one.equals(Approvals.WITHDRAW))
                                    .isPresent()
                            && act.test(entry.data().object("act"));
                })
                .reduce((first, second) -> second);
    }

    /// What was signed before the file was last approved or withdrawn counts for nothing new.
    private long newestApproval() {
        return outside()
                .filter(entry -> entry.is(EntryType.SCRIPT_APPROVAL)
                        && entry.data().string("script").equals(plan.digest().artefactName()))
                .mapToLong(Entry::seq)
                .max()
                .orElse(0);
    }

    private Stream<Entry> outside() {
        return desk.outside();
    }

    private Entry state(String text, Json.Obj act, Optional<Shown> shown) {
        var artefacts = new ArrayList<byte[]>();
        artefacts.add(script.source());
        shown.ifPresent(one -> artefacts.add(one.kept()));
        artefacts.removeIf(bytes -> desk.ledger().artefact(Digest.of(bytes)).isPresent());
        return desk.ledger()
                .append(Draft.ofLedger(EntryType.STATEMENT, new Statement(text, act, quorum).toJson())
                        .with(artefacts));
    }

    private Optional<List<Long>> gather(Entry statement, boolean detached) {
        return new ApprovalCards(desk, plan, quorum, statement, detached).gather();
    }

    private void finish(Json.Obj act, List<Long> cosigns) {
        append(EntryType.SCRIPT_APPROVAL, act.with("quorum", Json.integers(cosigns)));
    }

    /// From the ledger each time, so that it can be made again.
    private ApprovalFile file(long statement) {
        return new ApprovalFile(
                plan,
                desk.ledger().id().toString(),
                desk.mode().wire(),
                script.document().nextReview(),
                desk.signed(statement).toList());
    }

    private void append(EntryType type, Json.Obj data) {
        desk.ledger().append(Draft.ofLedger(type, data));
    }

    private void checkpoint() {
        String note = Checkpoint.of(desk.ledger()).sign(desk.checkpoints());
        append(EntryType.CHECKPOINT, Json.obj().put("note", note).build());
    }

    private <T> Optional<T> ask(Question<T> question) {
        return desk.ask(question);
    }
}
