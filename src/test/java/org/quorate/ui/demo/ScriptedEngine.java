package org.quorate.ui.demo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ceremony.Answer;
import org.quorate.ceremony.Conductor;
import org.quorate.ceremony.Exhibit;
import org.quorate.ceremony.Front;
import org.quorate.ceremony.Presented;
import org.quorate.ceremony.Question;
import org.quorate.ceremony.Site;
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
import org.quorate.script.Step;
import org.quorate.script.StepKind;

/// Walks a ceremony through every kind of question and writes to the ledger what the engine would write. It exists so
/// that every page can be seen and pressed.
public final class ScriptedEngine {
    public static final Digest ROOT_KEY = Digest.of("the root key".getBytes(StandardCharsets.UTF_8));
    public static final String SERIAL = "487213-A7";

    private final Ledger ledger;
    private final Front front;
    private final Script script;
    private final Site site;
    private final UUID id = UUID.fromString("7b0d4c1e-0000-4000-8000-000000000001");
    private final Map<String, Integer> attempts = new HashMap<>();
    private String step = "";

    public ScriptedEngine(Ledger ledger, Front front, Script script, Site site) {
        this.ledger = ledger;
        this.front = front;
        this.script = script;
        this.site = site;
    }

    /// People stopped.
    public static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// The whole of it; returns at the end or when people stop.
    public void run() {
        try {
            open();
            prepare();
            make();
            close();
        } catch (Stopped e) {
            // paused or aborted, and written down
        }
    }

    public UUID id() {
        return id;
    }

    public void open() {
        write(
                EntryType.CEREMONY_OPEN,
                Json.obj()
                        .put("script", script.digest().artefactName())
                        .put("script_id", script.id())
                        .put("title", script.title())
                        .put("mode", site.mode().wire())
                        .build());
    }

    public void prepare() {
        begin("read-digest");
        Exhibit digest = Exhibit.of("Digest of the script", script.digest());
        var asked = new Question.Compare(
                "digest", digest, "the approved paper script", List.of(Demo.WEBER), "It matches the paper");
        Question.Verdict verdict = ask(asked);
        compared("digest", digest.label(), digest.text(), verdict);
        end("done");
        rollCall();
        begin("clock");
        ask(enterTime());
        sensed("clock", "Console clock", "14:03:41Z");
        stated("reference", "Radio clock on the wall", "14:03:41Z", Demo.WEBER);
        end("overridden");
        begin("seal");
        ask(seal());
        stated("bag", "Number of the bag", "EX 0047 2216", Demo.WEBER);
        end("done");
    }

    public void rollCall() {
        begin("roll-call");
        for (Participant person : List.of(Demo.MORENO, Demo.OKAFOR, Demo.LINDQVIST, Demo.TANAKA, Demo.WEBER)) {
            write(
                    EntryType.PARTICIPANT,
                    Json.obj()
                            .put("event", "arrived")
                            .put("person", person.person())
                            .put("name", person.name())
                            .build());
            cosign(person, "witness");
        }
        end("done");
    }

    public void make() {
        begin("identify");
        front.working("The console looks for the HSM with the serial " + SERIAL);
        token();
        ask(choice());
        end("done");
        begin("initialise");
        gather();
        ask(secret(true));
        ask(secret(false));
        ask(commit());
        front.working("The HSM is initialised");
        write(EntryType.INTENT, Json.obj().put("op", "initialise").build());
        write(
                EntryType.OUTCOME,
                Json.obj().put("intent", 0).put("result", "done").build());
        end("done");
        begin("generate");
        ask(reconcile());
        end("failed");
        begin("generate");
        sensed("public_key", "Public key of the root", ROOT_KEY.hex());
        end("done");
    }

    public void close() {
        begin("close");
        ask(agree());
        write(EntryType.CEREMONY_CLOSE, Json.obj().put("exceptions", 1).build());
        ask(closed());
    }

    /// Cards sign until two officers have; a wrong PIN comes back as a notice.
    public void gather() {
        Statement statement = statement();
        write(EntryType.STATEMENT, statement.toJson());
        Tally tally = Tally.empty(Demo.TWO_OFFICERS, Demo.ROSTER);
        while (!tally.complete()) {
            Presented presented = ask(cards(statement, tally));
            presented.pin().close();
            Tally.Admission admission = tally.admit(presented.card().keyId());
            if (admission instanceof Tally.Admission.Admitted(var person)) {
                boolean approves = presented instanceof Presented.Approves;
                cosign(person, approves ? "approve" : "reject");
                tally = approves ? tally.with(person) : tally;
            } else {
                front.notice(notice());
            }
        }
    }

    // The questions, each as the engine would word it.

    public static Question.Confirm seal() {
        return new Question.Confirm(
                "seal",
                "The bag is sealed, and its number is that of the last record.",
                List.of(Demo.WEBER, Demo.MORENO),
                "Confirm the seal",
                Optional.empty());
    }

    public static Question.Confirm unplug() {
        return new Question.Confirm(
                "cable",
                Texts.get("ceremony.connection.absent.statement", "Primary HSM"),
                List.of(Demo.WEBER),
                Texts.get("ceremony.connection.absent.button"),
                Optional.of(new Question.PracticeAct(Texts.get("ceremony.connection.absent.practice"), () -> {})));
    }

    public static Question.BringFile bringFile() {
        return new Question.BringFile(
                "file-data-keys.json",
                "data-keys.json",
                Texts.get("ceremony.envelopes.bring", "data-keys.json"),
                1024,
                List.of(Demo.WEBER),
                content -> Optional.empty());
    }

    public static Question.TakeFile takeFile() {
        return new Question.TakeFile(
                "take-import-door.pem",
                "import-door.pem",
                Texts.get("ceremony.hand_out.explanation", "import-door"),
                "-----BEGIN PUBLIC KEY-----".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                List.of(Demo.WEBER));
    }

    public static Question.TakeSecret takeSheet() {
        return new Question.TakeSecret(
                "sheet-3F2A91C0-2",
                "share-3F2A91C0-2.pdf",
                Texts.get("ceremony.sheet.take", Demo.OKAFOR.name(), "3F2A91C0-2"),
                new byte[16],
                List.of(Demo.OKAFOR));
    }

    public static Question.EnterWords enterWords() {
        return new Question.EnterWords(
                "words-3F2A91C0-2",
                Texts.get("ceremony.sheet.words", "3F2A91C0-2", Demo.OKAFOR.name()),
                Texts.get("ceremony.sheet.words.check"),
                31,
                Optional.of("abandon ability able ".repeat(10) + "about"),
                List.of(Demo.OKAFOR));
    }

    public static Question.Enter enterTime() {
        return new Question.Enter(
                "reference",
                "Time on the radio clock",
                "Hours, minutes and seconds in UTC, such as 14:03:41",
                List.of(Demo.WEBER),
                "Record the time",
                text -> text.matches("\\d\\d:\\d\\d:\\d\\d")
                        ? Optional.empty()
                        : Optional.of("Enter hours, minutes and seconds, such as 14:03:41"));
    }

    public static Question.Compare fingerprint() {
        return new Question.Compare(
                "fingerprint",
                Exhibit.of("Fingerprint of the root key", ROOT_KEY),
                "the words that the witness wrote down",
                List.of(Demo.WEBER),
                "The words match");
    }

    public static Question.Choose choice() {
        return new Question.Choose(
                "firmware",
                "Decide how to go on with this firmware",
                "The HSM reports firmware 2.61. The site profile expects 2.60.",
                List.of(
                        new Question.Option(
                                "again", "Look at the HSM again", "Nothing is recorded but the second look."),
                        new Question.Option(
                                "override",
                                "Go on with firmware 2.61",
                                "The difference stays visible to the end and is read aloud before the close."),
                        new Question.Option(
                                "fail", "End this step as failed", "The step can be tried again with another HSM.")));
    }

    public static Question.EnterSecret secret(boolean fresh) {
        return new Question.EnterSecret(
                fresh ? "so-pin" : "user-pin",
                fresh ? "New security officer PIN of ROOT-G4-A" : "User PIN of ROOT-G4-A",
                fresh,
                8,
                32,
                Optional.of("12345678"),
                Optional.empty(),
                List.of(Demo.OKAFOR));
    }

    /// The PIN of a real token, of a maker whose PINs have a form of their own.
    public static Question.EnterSecret makersSecret() {
        return new Question.EnterSecret(
                "user-pin",
                "User PIN of ROOT-G4-A",
                false,
                8,
                255,
                Optional.empty(),
                Optional.of(new Question.MakersPin(
                        "YubiHSM 2",
                        "0001password",
                        "Four hex digits of the authentication key, then its password. 0001 is the key that comes "
                                + "with the device; it is to be replaced.")),
                List.of(Demo.OKAFOR));
    }

    public static Statement statement() {
        return new Statement(
                "Initialise the HSM 487213-A7 with the label ROOT-G4-A. Everything that is on it is destroyed.",
                Json.obj()
                        .put("op", "initialise")
                        .put("serial", SERIAL)
                        .put("label", "ROOT-G4-A")
                        .build(),
                Demo.TWO_OFFICERS);
    }

    public static Question.PresentCard cardsUntil(Tally tally, Instant end) {
        return new Question.PresentCard(
                "quorum", "Approve the initialisation: 2 of 3 officers", statement(), tally, Optional.of(end));
    }

    public static Question.PresentCard cards(Statement statement, Tally tally) {
        return new Question.PresentCard("quorum", "Approve the initialisation: 2 of 3 officers", statement, tally);
    }

    public static Question.OpenShare openShare(Tally tally) {
        String text = Texts.get(
                "ceremony.statement.split_login.user",
                "Primary HSM",
                "487213-A7",
                3L,
                "2.3",
                "Generate the root key pair",
                4L);
        return new Question.OpenShare(
                "shares-primary-user",
                Texts.get("ceremony.shares.title", tally.missing()),
                new Statement(text, statement().act(), tally.quorum()),
                tally,
                true);
    }

    public static Question.PickCard newCard() {
        return new Question.PickCard(
                "new-card", Texts.get("ceremony.enrol.pick"), Texts.get("ceremony.enrol.pick.explained"));
    }

    public static Question.SetCardPin newPin() {
        return new Question.SetCardPin(
                "card-pin-1",
                Texts.get("ceremony.card_pin.change.title", Demo.OKAFOR.name()),
                Texts.get("ceremony.card_pin.change.how"),
                Question.SetCardPin.Act.CHANGE,
                Tally.empty(new Quorum(1, List.copyOf(Demo.OKAFOR.roles())), new Roster(List.of(Demo.OKAFOR))));
    }

    public static Question.Commit commit() {
        return new Question.Commit(
                "commit",
                "Initialise the HSM 487213-A7",
                "Every key on this HSM is destroyed at once. There is no way back.",
                List.of(
                        Exhibit.of("Label on the HSM", "ROOT-G3-A"),
                        Exhibit.of("Model and firmware", "Practice HSM, 2.61"),
                        Exhibit.of("Objects on it now", "2 keys, 1 certificate")),
                List.of(Demo.OKAFOR, Demo.LINDQVIST),
                SERIAL,
                "Initialise this HSM");
    }

    public static Question.Reconcile reconcile() {
        return new Question.Reconcile(
                "reconcile",
                "Settle what happened to the root key",
                "Generate the key pair ROOT-G4 on the HSM 487213-A7, begun 14:09:12Z. The HSM did not answer.",
                "partial",
                List.of(
                        Exhibit.of("Public key with this CKA_ID", "present"),
                        Exhibit.of("Private key with this CKA_ID", "absent"),
                        Exhibit.of("CKA_ID", "4a1f 09c2 77de 1b60 83aa 5e0d 11c9 f2d4")),
                List.of(Demo.MORENO, Demo.WEBER));
    }

    public static Question.Agree agree() {
        return new Question.Agree(
                "agree-weber",
                Demo.WEBER,
                "What the record says of this ceremony is what I saw. One exception was read aloud.");
    }

    public static Question.Closed closed() {
        return new Question.Closed(
                "closed",
                Conductor.Ending.CLOSED,
                Path.of("/var/lib/quorate/records/2026-11-22-root-ca-g4"),
                "record.pdf",
                List.of(
                        "anchors.txt",
                        "certificates/record-chain.pem",
                        "ledger.db",
                        "manifest.json",
                        "record.pdf",
                        "root-ca.pem",
                        "trust.json"));
    }

    public static Problem notice() {
        return new Problem(
                        "card.wrong_pin",
                        "The card of Johan Lindqvist refused the PIN.",
                        "The PIN was mistyped, or it is the PIN of another card.",
                        "Enter the PIN again; 2 tries are left.",
                        Optional.empty())
                .withTechnical("SW 63C2");
    }

    // What the engine writes.

    public void begin(String name) {
        step = name;
        Step started = script.step(name).orElseThrow();
        int attempt = attempts.merge(name, 1, Integer::sum);
        write(
                EntryType.STEP_START,
                Json.obj()
                        .put("number", script.number(started))
                        .put("kind", StepKind.of(started))
                        .put("title", started.title())
                        .put("attempt", attempt)
                        .build());
    }

    public void end(String result) {
        write(
                EntryType.STEP_END,
                Json.obj()
                        .put("attempt", attempts.get(step))
                        .put("result", result)
                        .build());
        step = "";
    }

    public void sensed(String name, String label, String text) {
        observe(name, Json.obj().put("item", "sensed").put("label", label).put("text", text));
    }

    public void stated(String name, String label, String text, Participant by) {
        observe(
                name,
                Json.obj()
                        .put("item", "stated")
                        .put("label", label)
                        .put("text", text)
                        .put("by", by.person()));
    }

    public void compared(String name, String label, String text, Question.Verdict verdict) {
        Json.Builder data = Json.obj()
                .put("item", "compared")
                .put("label", label)
                .put("text", text)
                .put("by", Demo.WEBER.person());
        switch (verdict) {
            case Question.Verdict.Yes yes -> data.put("verdict", "matches");
            case Question.Verdict.No(var because) ->
                data.put("verdict", "differs").put("because", because);
        }
        observe(name, data);
    }

    public void token() {
        observe(
                "token",
                Json.obj()
                        .put("item", "sensed")
                        .put("label", "Serial number of the HSM")
                        .put("text", SERIAL)
                        .put("expected", SERIAL)
                        .put(
                                "detail",
                                Json.obj()
                                        .put("role", "primary")
                                        .put("serial", SERIAL)
                                        .build()));
        observe(
                "firmware",
                Json.obj()
                        .put("item", "sensed")
                        .put("label", "Firmware")
                        .put("text", "2.61")
                        .put("expected", "2.60"));
    }

    private void observe(String name, Json.Builder data) {
        write(EntryType.OBSERVATION, data.put("name", name).build());
    }

    public void refuse(Participant person, String reason) {
        observe(
                "card_refused",
                Json.obj()
                        .put("item", "sensed")
                        .put("label", "A card was refused")
                        .put("text", reason)
                        .put(
                                "detail",
                                Json.obj()
                                        .put("reason", reason)
                                        .put("person", person.person())
                                        .build()));
    }

    /// Of the entry before, whose leaf nobody here compares.
    public Entry cosign(Participant person, String meaning) {
        return write(
                EntryType.COSIGN,
                Json.obj()
                        .put("target", ledger.head().size() - 1)
                        .put("meaning", meaning)
                        .put("key", person.keys().getFirst().hex())
                        .build());
    }

    public Entry write(EntryType type, Json.Obj data) {
        return ledger.append(new Draft(
                type, Optional.of(id), step.isEmpty() ? Optional.empty() : Optional.of(step), data, new ArrayList<>()));
    }

    private <T> T ask(Question<T> question) {
        while (true) {
            switch (front.ask(question)) {
                case Answer.Given<T>(var value) -> {
                    return value;
                }
                case Answer.RecordException<T>(var sheet) ->
                    write(
                            EntryType.EXCEPTION,
                            Json.obj()
                                    .put("number", 1)
                                    .put("expected", sheet.expected())
                                    .put("happened", sheet.happened())
                                    .put("decided", sheet.decided())
                                    .put("decided_by", sheet.decidedBy())
                                    .put("witnessed_by", sheet.witnessedBy())
                                    .build());
                case Answer.Pause<T>(var why) -> {
                    write(EntryType.PAUSE, Json.obj().put("why", why).build());
                    throw new Stopped();
                }
                case Answer.Abort<T>(var why) -> {
                    write(EntryType.ABORT, Json.obj().put("why", why).build());
                    throw new Stopped();
                }
            }
        }
    }
}
