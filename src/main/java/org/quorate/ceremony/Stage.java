package org.quorate.ceremony;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.Operation;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenSession;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.Participant;
import org.quorate.script.Script;
import org.quorate.script.Step;

/// Where a step performs. All that a performer asks of people, cards and HSMs goes through here, and each verb answers
/// from the ledger what this attempt has there already.
final class Stage {
    private final Setting setting;
    private final Step step;
    private final Gathering gathering;

    Stage(Setting setting, Step step) {
        this.setting = setting;
        this.step = step;
        this.gathering = new Gathering(this, setting);
    }

    Step step() {
        return step;
    }

    Script script() {
        return setting.script();
    }

    Setting setting() {
        return setting;
    }

    Equipment equipment() {
        return setting.equipment();
    }

    Ceremony ceremony() {
        return setting.journal().now();
    }

    /// This attempt so far.
    StepRun run() {
        return ceremony().latest(step.id()).orElseThrow();
    }

    // ---- facts ----

    /// Records a fact once; an attempt that is resumed does not record it again.
    Entry observe(Observation observation) {
        return run().observation(observation.name(), observation.label()).orElseGet(() -> observeAgain(observation));
    }

    /// Records a fact that can come more than once in a step, such as a refused card.
    Entry observeAgain(Observation observation) {
        return append(
                EntryType.OBSERVATION,
                observation.toJson(),
                observation.artefact().map(List::of).orElse(List.of()));
    }

    /// The same of something secret that is in memory now. Where it does not come on record nobody gets the secret.
    void observeOrWipe(Observation observation, Runnable wipe) {
        boolean onRecord = false;
        try {
            observeAgain(observation);
            onRecord = true;
        } finally {
            if (!onRecord) {
                wipe.run();
            }
        }
    }

    Entry append(EntryType type, Json.Obj data) {
        return setting.journal().append(type, step.id(), data);
    }

    private Entry append(EntryType type, Json.Obj data, List<byte[]> artefacts) {
        return setting.journal().append(type, step.id(), data, artefacts);
    }

    // ---- people ----

    /// Those who perform this step.
    List<Participant> performers() {
        return people(step.head().by());
    }

    List<Participant> people(String role) {
        return setting.roster().holding(role);
    }

    void working(String textKey, Object... values) {
        setting.front().working(Texts.get(textKey, values));
    }

    <T> T ask(Question<T> question) {
        return setting.ask(Optional.of(step.id()), question);
    }

    /// A person says that `statement` is so. A *no* ends the attempt, and people may overrule it on record.
    void confirm(String name, String statement, String button) {
        confirm(name, statement, button, Optional.empty());
    }

    void confirm(String name, String statement, String button, Optional<Question.PracticeAct> practice) {
        Entry entry = run().observation(name).orElseGet(() -> {
            Verdict verdict = ask(new Question.Confirm(name, statement, performers(), button, practice));
            return observe(judged(Observation.stated(name, statement, said(verdict, "stated"), performers()), verdict));
        });
        endIfNo(entry);
    }

    /// A person compares the machine's value with another source.
    void compare(String name, Exhibit shown, String against) {
        compare(name, shown, against, performers());
    }

    /// The same by others than those who perform the step.
    void compare(String name, Exhibit shown, String against, List<Participant> by) {
        Entry entry = run().observation(name).orElseGet(() -> {
            Verdict verdict =
                    ask(new Question.Compare(name, shown, against, by, Texts.get("ceremony.button.it_matches")));
            return observe(judged(Observation.compared(name, shown.label(), shown.text(), by), verdict)
                    .detail(Json.obj().put("against", against).build()));
        });
        endIfNo(entry);
    }

    /// A person types in what they see; `check` says why a text is not acceptable.
    String enter(String name, String label, String hint, Function<String, Optional<String>> check) {
        return run().observation(name)
                .orElseGet(() -> {
                    String text = ask(new Question.Enter(
                            name, label, hint, performers(), Texts.get("ceremony.button.record_entry"), check));
                    return observe(Observation.stated(name, label, text, performers()));
                })
                .data()
                .string("text");
    }

    private static Observation judged(Observation observation, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Yes() -> observation.verdict(true);
            case Verdict.No(var because) -> observation.verdict(false).because(because);
        };
    }

    private static String said(Verdict verdict, String kind) {
        return Texts.get(verdict instanceof Verdict.Yes ? "ceremony." + kind + ".yes" : "ceremony." + kind + ".no");
    }

    private static void endIfNo(Entry entry) {
        if (entry.data().string("verdict").equals("differs")) {
            throw StepFailed.overridable(Problem.of(
                    "ceremony.not_so",
                    entry.data().string("label"),
                    entry.data().optionalString("because").orElse("")));
        }
    }

    // ---- cards ----

    /// Cards sign one statement until the quorum stands. An attempt that is resumed keeps the statement and the
    /// signatures it has for this operation.
    Approval approve(Operation operation, String quorum, String text, Supplier<Json.Obj> act) {
        return approve(operation.wire(), quorum, text, act);
    }

    /// The same for what changes the ledger's own keys or words and no HSM.
    Approval approve(String op, String quorum, String text, Supplier<Json.Obj> act) {
        return gathering.approve(op, script().cast().quorum(quorum), text, act);
    }

    /// The statement of this attempt for what `op` names.
    Optional<Entry> statement(String op) {
        return run().of(EntryType.STATEMENT)
                .filter(entry -> entry.data().object("act").string("op").equals(op))
                .reduce((first, second) -> second);
    }

    /// Why a person rejected what they were last asked to sign in this step.
    Optional<String> reasonOf(Participant participant) {
        return run().of(EntryType.OBSERVATION)
                .map(Entry::data)
                .filter(data -> data.string("name").equals("rejection")
                        && data.optionalString("by").equals(Optional.of(participant.person())))
                .map(data -> data.string("text"))
                .reduce((first, second) -> second);
    }

    Gathering gathering() {
        return gathering;
    }

    /// The page before an act that cannot be undone: the serial of the device is typed exactly.
    void commit(String title, String consequence, List<Exhibit> facts, Approval approval, TokenInfo token) {
        if (run().observation("commit").isPresent()) {
            return;
        }
        String typed =
                ask(new Question.Commit("commit", title, consequence, facts, approval.people(), token.serial(), title));
        if (!typed.equals(token.serial())) {
            throw StepFailed.hard(Problem.of("ceremony.serial_differs", typed, token.serial()));
        }
        observe(Observation.stated("commit", Texts.get("ceremony.commit.label"), typed, performers())
                .expected(token.serial(), true));
    }

    // ---- the HSM ----

    /// Whether this attempt has not yet begun what `operation` does.
    boolean unbegun(Operation operation) {
        return run().of(EntryType.INTENT)
                .noneMatch(intent -> intent.data().string("op").equals(operation.wire()));
    }

    /// Durable intent, call, durable outcome. Never runs twice: where the ledger has the intent already, what became
    /// of it is answered from there.
    Json.Obj act(Approval approval, String workingText, Supplier<Outcome<Json.Obj>> call) {
        Json.Obj data = approval.act();
        Optional<Entry> before = run().of(EntryType.INTENT)
                .filter(intent -> intent.data().string("op").equals(data.string("op")))
                .findFirst();
        Entry intent = before.orElseGet(() -> perform(approval, workingText, call));
        if (run().settlement(intent).isEmpty()) {
            setting.reconciler().settle(intent);
        }
        StepRun run = run();
        Json.Obj settled = run.settlement(intent).orElseThrow().data();
        if (!run.happened(intent)) {
            throw StepFailed.hard(notDone(intent, settled));
        }
        return settled.optionalObject("observed")
                .or(() -> settled.optionalObject("evidence"))
                .orElseThrow();
    }

    /// Begun and, unless nobody knows its outcome, settled.
    Entry perform(Approval approval, String workingText, Supplier<Outcome<Json.Obj>> call) {
        Entry intent = append(EntryType.INTENT, approval.intent());
        setting.front().working(workingText);
        long began = equipment().workstation().now().toEpochMilli();
        Outcome<Json.Obj> outcome = outcome(call);
        long took = equipment().workstation().now().toEpochMilli() - began;
        append(
                EntryType.OUTCOME,
                Json.obj()
                        .put("intent", intent.seq())
                        .put("result", result(outcome))
                        .put("rv", outcome.rv())
                        .put("ms", Math.max(took, 0))
                        .put("observed", observed(outcome))
                        .build());
        keepCallLog();
        return intent;
    }

    /// An act that was broken off may have had its effect: a token that went away in between, say.
    private static Outcome<Json.Obj> outcome(Supplier<Outcome<Json.Obj>> call) {
        try {
            return call.get();
        } catch (StepFailed failed) {
            return new Outcome.Unknown<>("", failed.problem().what());
        } catch (ProblemException failed) {
            if (failed.problem().id().startsWith("ledger.")) {
                throw failed;
            }
            return new Outcome.Unknown<>("", failed.problem().what());
        }
    }

    private static String result(Outcome<Json.Obj> outcome) {
        return switch (outcome) {
            case Outcome.Done<Json.Obj> d -> "done";
            case Outcome.Refused<Json.Obj> r -> "refused";
            case Outcome.Unknown<Json.Obj> u -> "unknown";
        };
    }

    private static Json.Obj observed(Outcome<Json.Obj> outcome) {
        return switch (outcome) {
            case Outcome.Done<Json.Obj>(var value) -> value;
            case Outcome.Refused<Json.Obj>(var function, var rv) ->
                Json.obj().put("function", function).build();
            case Outcome.Unknown<Json.Obj>(var function, var why) ->
                Json.obj().put("function", function).put("why", why).build();
        };
    }

    Problem notDone(Entry intent, Json.Obj settled) {
        String op = Texts.get("ceremony.op." + intent.data().string("op"));
        return settled.has("finding")
                ? Problem.of("ceremony.found_not_done", op, Texts.get("ceremony.finding." + settled.string("finding")))
                : Problem.of(
                        "ceremony.act_refused",
                        op,
                        VendorActs.refusal(
                                        settled.object("observed").string("function"),
                                        settled.string("rv"),
                                        intent.data().string("token_role"),
                                        this)
                                .cause());
    }

    /// Keeps what the module host was asked since the last time, without any value: after each act, and at the end of
    /// the step, so that no call is put down to a step that did not make it.
    void keepCallLog() {
        List<String> calls = equipment().hsms().drainCallLog();
        if (!calls.isEmpty()) {
            observeAgain(Observation.sensed(
                            "call_log",
                            Texts.get("ceremony.call_log.label"),
                            Texts.get("ceremony.call_log.text", calls.size()))
                    .with(String.join("\n", calls).concat("\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    /// The module through which the token with this role is reached.
    Hsm hsm(String role) {
        return equipment().hsms().of(role);
    }

    /// The token that plays a role here, by the serial of the site profile.
    Token token(String role) {
        return setting.token(role);
    }

    KeyId keyOn(String key, String role) {
        return ceremony().keyOn(key, role).orElseThrow(() -> StepFailed.hard(Problem.of("ceremony.no_key", key, role)));
    }

    /// A PIN that a token has, asked once and kept in wiped memory until the ceremony pauses or ends; one that is split
    /// until the step ends.
    Secret pin(String role, PinKind kind) {
        return pin(role, kind, performers());
    }

    /// The same where others than the performers know it.
    Secret pin(String role, PinKind kind, List<Participant> by) {
        return setting.pins().get(role, kind).orElseGet(() -> {
            Secret pin = setting.splits().isSplit(role, kind)
                    ? setting.splits().gather(this, role, kind, by)
                    : enterPin(role, setting.existingPin(role, kind, by));
            // One that is entered at the device is entered there each time.
            if (pin.length() > 0) {
                setting.pins().keep(role, kind, pin);
            }
            return pin;
        });
    }

    boolean hasPinPad(String role) {
        return token(role).info().hasPinPad();
    }

    /// A PIN for one use. One that is entered at the device never comes here: people are told, and with an empty one
    /// the device asks for it.
    Secret enterPin(String role, Question.EnterSecret question) {
        if (hasPinPad(role)) {
            working("ceremony.working.pin_pad", question.label());
            return Secret.ofBytes(new byte[0]);
        }
        return ask(question);
    }

    /// A session of the user, or of the security officer, that is closed after `use`. A wrong PIN is asked again.
    <T> T withLogin(String role, PinKind kind, Function<TokenSession, T> use) {
        return setting.logins().with(this, role, kind, use);
    }
}
