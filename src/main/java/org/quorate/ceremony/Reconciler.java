package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.ceremony.Question.Verdict;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Operation;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Template;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.script.Step;

/// Looks at the token for the effect of an intent that has no outcome, says what it finds, and lets people decide. It
/// never runs the act again.
final class Reconciler {
    private final Setting setting;

    Reconciler(Setting setting) {
        this.setting = setting;
    }

    /// @param finding done, not_done, partial or undecidable
    private record Finding(String finding, List<Exhibit> evidence) {}

    void settle(Entry intent) {
        Step step = setting.script().step(intent.step().orElseThrow()).orElseThrow();
        var stage = new Stage(setting, step);
        Finding found = see(stage, intent.data());
        Verdict verdict = stage.ask(new Question.Reconcile(
                "reconcile-" + intent.seq(),
                title(intent.data()),
                intent.data().string("expect"),
                found.finding(),
                found.evidence(),
                stage.performers()));
        switch (verdict) {
            case Verdict.Yes() -> record(stage, intent, found.finding(), found.evidence());
            // People who do not accept what the machine found say so, and then nobody builds on it.
            case Verdict.No(var because) -> {
                var evidence = new ArrayList<>(found.evidence());
                evidence.add(Exhibit.of(Texts.get("ceremony.reconcile.not_accepted"), because));
                record(stage, intent, "undecidable", evidence);
            }
        }
    }

    private static String title(Json.Obj intent) {
        return Texts.get("ceremony.reconcile.title", Texts.get("ceremony.op." + intent.string("op")));
    }

    /// A token that cannot be looked at is looked for until it can, or until people say that it never will be.
    private Finding see(Stage stage, Json.Obj intent) {
        while (true) {
            setting.front().working(Texts.get("ceremony.working.reconcile"));
            Problem problem;
            try {
                return look(stage, intent);
            } catch (StepFailed failed) {
                problem = failed.problem();
            } catch (ProblemException failed) {
                problem = failed.problem();
            }
            if (problem.id().startsWith("ledger.")) {
                throw problem.asException();
            }
            setting.front().notice(problem);
            String choice = stage.ask(new Question.Choose(
                    "reconcile-unseen",
                    title(intent),
                    problem.what() + " " + problem.cause() + " " + problem.next(),
                    List.of(option("retry"), option("undecidable"))));
            if (choice.equals("undecidable")) {
                return new Finding(
                        choice, List.of(Exhibit.of(Texts.get("ceremony.reconcile.not_seen"), problem.what())));
            }
        }
    }

    private static Question.Option option(String id) {
        return new Question.Option(
                id,
                Texts.get("ceremony.reconcile." + id + ".button"),
                Texts.get("ceremony.reconcile." + id + ".consequence"));
    }

    private static void record(Stage stage, Entry intent, String finding, List<Exhibit> evidence) {
        stage.append(
                EntryType.RECONCILE,
                Json.obj()
                        .put("intent", intent.seq())
                        .put("finding", finding)
                        .put(
                                "evidence",
                                Json.obj()
                                        .put(
                                                "seen",
                                                Json.strings(evidence.stream()
                                                        .map(e -> e.label() + ": " + e.text())
                                                        .toList()))
                                        .build())
                        .build());
    }

    /// An operation that only another version of this program knows is left to people.
    private Finding look(Stage stage, Json.Obj intent) {
        return Operation.ofWire(intent.string("op"))
                .map(operation -> look(stage, intent, operation))
                .orElseGet(() -> noTrace(intent));
    }

    private Finding look(Stage stage, Json.Obj intent, Operation operation) {
        return switch (operation) {
            case INITIALISE -> initialised(stage, intent);
            case GENERATE_KEY_PAIR ->
                objects(stage, intent, PinKind.USER, List.of(ObjectClass.PUBLIC_KEY, ObjectClass.PRIVATE_KEY));
            case GENERATE_KEY -> objects(stage, intent, makerOf(intent), List.of(ObjectClass.SECRET_KEY));
            case IMPORT_PUBLIC_KEY -> objects(stage, intent, PinKind.SECURITY_OFFICER, List.of(ObjectClass.PUBLIC_KEY));
            case ESCROW_KEY -> objects(stage, intent, makerOf(intent), List.of(ObjectClass.SECRET_KEY));
            case RECOVER_KEY -> objects(stage, intent, PinKind.USER, List.of(ObjectClass.SECRET_KEY));
            case TRANSFER, IMPORT_KEY -> objects(stage, intent, PinKind.USER, List.of(transferred(stage, intent)));
            case MAKE_DATA_KEYS, REWRAP_DATA_KEYS -> envelopes(stage, intent);
            case ZEROISE -> zeroised(stage, intent);
            case FORBID_EXTRACTION -> extraction(stage, intent);
            case DESTROY -> destroyed(stage, intent);
            case CHANGE_PIN -> pinChanged(stage, intent);
            case SIGN_CERTIFICATE, SIGN_REQUEST, SIGN_CRL, SIGN_JAR -> noTrace(intent);
            case VENDOR_COMMAND -> asItIsNow(stage, intent);
        };
    }

    /// A signature leaves no trace on a token: its serial counts as issued.
    private static Finding noTrace(Json.Obj intent) {
        return new Finding(
                "undecidable",
                List.of(Exhibit.of(
                        Texts.get("ceremony.reconcile.no_trace"),
                        intent.optionalString("serial").orElse(""))));
    }

    /// What a maker's tool does is known to its maker: people see what the token says now, and decide.
    private static Finding asItIsNow(Stage stage, Json.Obj intent) {
        return new Finding("undecidable", VendorActs.asItIsNow(stage, intent.string("token_role")));
    }

    private Finding initialised(Stage stage, Json.Obj intent) {
        TokenInfo token = stage.token(intent.string("token_role")).info();
        boolean label = token.label().equals(intent.object("template").string("label"));
        boolean done = label && token.has("CKF_USER_PIN_INITIALIZED");
        var evidence = List.of(
                Exhibit.of(Texts.get("ceremony.fact.serial"), token.serial()),
                Exhibit.of(Texts.get("ceremony.fact.label"), token.label()),
                Exhibit.of(
                        Texts.get("ceremony.fact.flags"),
                        String.join(" ", token.flags().stream().sorted().toList())));
        // The label alone does not tell a token that was initialised now from one that had this label before.
        return new Finding(done ? "undecidable" : label ? "partial" : "not_done", evidence);
    }

    private Finding objects(Stage stage, Json.Obj intent, PinKind login, List<ObjectClass> wanted) {
        String role = intent.string("token_role");
        var id = new KeyId(intent.string("cka_id"));
        List<TokenObject> found = stage.withLogin(role, login, session -> session.find(id));
        long there = wanted.stream()
                .filter(kind -> found.stream().anyMatch(object -> object.kind() == kind))
                .count();
        String finding = there == wanted.size() ? "done" : there == 0 ? "not_done" : "partial";
        return new Finding(finding, List.of(seen(role, id, found, stage)));
    }

    private static PinKind makerOf(Json.Obj intent) {
        return KeyPurpose.ofWire(intent.string("purpose")).map(KeyActs::makerOf).orElse(PinKind.USER);
    }

    /// Nothing of it is on the token; what is done is what the ledger has.
    private static Finding envelopes(Stage stage, Json.Obj intent) {
        long wanted = intent.integer("count");
        long kept = stage.run()
                .of(EntryType.OBSERVATION)
                .map(Entry::data)
                .filter(data -> data.string("name").equals("data_keys"))
                .mapToLong(data -> data.object("detail").integer("count"))
                .sum();
        return new Finding(
                kept == wanted ? "done" : kept == 0 ? "not_done" : "partial",
                List.of(Exhibit.of(
                        Texts.get("ceremony.reconcile.data_keys"),
                        Texts.get("ceremony.reconcile.data_keys_kept", kept, wanted))));
    }

    /// An empty token without a user is what it was to become, whatever made it so.
    private Finding zeroised(Stage stage, Json.Obj intent) {
        String role = intent.string("token_role");
        Token token = stage.token(role);
        boolean label = token.info().label().equals(intent.object("template").string("label"));
        boolean user = token.info().has("CKF_USER_PIN_INITIALIZED");
        return new Finding(
                label && !user ? "done" : label || !user ? "partial" : "not_done",
                List.of(
                        Exhibit.of(
                                Texts.get("ceremony.fact.label"), token.info().label()),
                        Exhibit.of(
                                Texts.get("ceremony.fact.flags"),
                                String.join(
                                        " ",
                                        token.info().flags().stream().sorted().toList()))));
    }

    private Finding extraction(Stage stage, Json.Obj intent) {
        String role = intent.string("token_role");
        var id = new KeyId(intent.string("cka_id"));
        Optional<Boolean> extractable = VendorActs.reports(Attribute.EXTRACTABLE, role, stage)
                ? stage.withLogin(role, PinKind.USER, session -> extractable(session, id))
                : Optional.empty();
        String finding = extractable.map(still -> still ? "not_done" : "done").orElse("undecidable");
        return new Finding(
                finding,
                List.of(Exhibit.of(
                        "CKA_EXTRACTABLE",
                        extractable.map(String::valueOf).orElse(Texts.get("ceremony.not_reported")))));
    }

    private static Optional<Boolean> extractable(TokenSession session, KeyId id) {
        var asked = new Template("", Map.of(Attribute.EXTRACTABLE, false));
        return session.find(id).stream()
                .filter(object -> object.kind() != ObjectClass.PUBLIC_KEY)
                .findFirst()
                .flatMap(object -> session.report(object, asked).reported(Attribute.EXTRACTABLE));
    }

    /// The new PIN is tried once, then the old one once, and neither where it could be the last try.
    private Finding pinChanged(Stage stage, Json.Obj intent) {
        String role = intent.string("token_role");
        PinKind kind = PinKind.ofWire(intent.object("template").string("pin")).orElseThrow();
        var evidence = new ArrayList<Exhibit>();
        for (boolean fresh : List.of(true, false)) {
            Token token = stage.token(role);
            Optional<String> last = token.info().lastTry(kind);
            if (last.isPresent()) {
                evidence.add(Exhibit.of(Texts.get("ceremony.fact.flags"), last.get()));
                return new Finding("undecidable", evidence);
            }
            String which = Texts.get(fresh ? "ceremony.reconcile.new_pin" : "ceremony.reconcile.old_pin");
            try (Secret pin = pinToTry(stage, role, kind, fresh, intent)) {
                switch (token.open(Token.Login.of(kind, pin))) {
                    case Outcome.Done<TokenSession>(var session) -> {
                        session.close();
                        evidence.add(Exhibit.of(which, Texts.get("ceremony.reconcile.pin_accepted")));
                        return new Finding(fresh ? "done" : "not_done", evidence);
                    }
                    case Outcome.Refused<TokenSession>(var function, var rv) ->
                        evidence.add(Exhibit.of(which, function + " " + rv));
                    case Outcome.Unknown<TokenSession>(var function, var why) ->
                        throw StepFailed.hard(
                                Problem.of("hsm.unknown", function).withTechnical(why));
                }
            }
        }
        return new Finding("undecidable", evidence);
    }

    /// One that is split is put together once more, from shares that were durable before the act.
    private Secret pinToTry(Stage stage, String role, PinKind kind, boolean fresh, Json.Obj intent) {
        Json.Obj template = intent.object("template");
        long made = template.has("generation") ? template.integer("generation") : SplitPins.TYPED;
        long tried = fresh ? made : setting.splits().other(role, kind, made);
        return tried == SplitPins.TYPED
                ? stage.enterPin(role, setting.pinToTry(role, kind, fresh, stage.performers()))
                : setting.splits().rebuild(stage, role, kind, tried);
    }

    private Finding destroyed(Stage stage, Json.Obj intent) {
        List<Json.Obj> places = intent.has("places") ? intent.objects("places") : List.of(intent);
        var evidence = new ArrayList<Exhibit>();
        long were = 0;
        long left = 0;
        for (Json.Obj place : places) {
            String role = place.string("token_role");
            var id = new KeyId(place.string("cka_id"));
            List<TokenObject> found = stage.withLogin(role, PinKind.USER, session -> session.find(id));
            evidence.add(seen(role, id, found, stage));
            were += Math.max(brought(stage, role, id), found.size());
            left += found.size();
        }
        return new Finding(left == 0 ? "done" : left == were ? "not_done" : "partial", evidence);
    }

    /// How many objects the ledger says came to be under this id.
    private static long brought(Stage stage, String role, KeyId id) {
        return stage.ceremony().runs().stream()
                .flatMap(run -> run.of(EntryType.INTENT).filter(run::happened))
                .map(Entry::data)
                .filter(data -> Operation.bringsAKey(data.string("op"))
                        && data.string("token_role").equals(role)
                        && data.string("cka_id").equals(id.hex()))
                .flatMap(data -> Operation.ofWire(data.string("op")).stream())
                .mapToLong(Operation::objects)
                .sum();
    }

    private static ObjectClass transferred(Stage stage, Json.Obj intent) {
        return stage.script().cast().key(intent.string("key")).spec() instanceof KeySpec.Secret
                ? ObjectClass.SECRET_KEY
                : ObjectClass.PRIVATE_KEY;
    }

    private static Exhibit seen(String role, KeyId id, List<TokenObject> found, Stage stage) {
        String objects = found.stream()
                .map(object -> object.kind().cko())
                .reduce((a, b) -> a + ", " + b)
                .orElse(Texts.get("ceremony.reconcile.nothing"));
        return Exhibit.of(
                Texts.get(
                        "ceremony.reconcile.objects",
                        id.hex(),
                        stage.script().cast().token(role).title()),
                objects);
    }
}
