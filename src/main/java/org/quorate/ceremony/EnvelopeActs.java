package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ceremony.EnvelopeFile.Envelope;
import org.quorate.hsm.KeyCheckValue;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Operation;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.WrapScheme;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Step;

/// Data keys and their envelopes. A data key is in the token only for the moment in which it changes its envelope, as
/// an object of the session, and is never in clear outside of it.
///
/// The keys go by the hundred, and each hundred is in the ledger before the next begins: an attempt that was broken
/// off is not lost, the next one takes up what is left.
final class EnvelopeActs {
    private static final int AT_ONCE = 100;
    private static final WrapScheme SCHEME = WrapScheme.AES_KWP;

    private EnvelopeActs() {}

    static String make(Step.MakeDataKeys step, Stage stage) {
        KeyDefinition under = stage.script().cast().key(step.under());
        TokenInfo token = stage.token(step.token()).info();
        KeyId id = stage.keyOn(step.under(), step.token());
        Job job = new Job(stage, step.token(), Operation.MAKE_DATA_KEYS, step.file(), Digest.of(id.bytes()));
        List<Envelope> done = job.done();
        Approval approval = stage.approve(
                Operation.MAKE_DATA_KEYS,
                step.quorum(),
                Texts.get(
                        "ceremony.statement.make_data_keys",
                        step.count() - done.size(),
                        step.spec().text(),
                        under.label(),
                        id.hex(),
                        token.label(),
                        token.serial(),
                        step.file()),
                () -> job.intent(step.under(), id)
                        .put("count", step.count() - done.size())
                        .put("spec", step.spec().text())
                        .build());
        List<String> names = IntStream.rangeClosed(1, step.count())
                .mapToObj("key-%05d"::formatted)
                .toList();
        List<Envelope> all = job.run(
                approval,
                done,
                names.subList(done.size(), names.size()),
                (session, name) -> made(session, stage, step.token(), step.spec(), id, name));
        CeremonyFiles.made(stage, step.file(), new EnvelopeFile(under.label(), id.hex(), all).bytes());
        return Texts.get("ceremony.make_data_keys.done", all.size(), under.label());
    }

    static String check(Step.CheckDataKeys step, Stage stage) {
        KeyDefinition under = stage.script().cast().key(step.under());
        KeyId id = stage.keyOn(step.under(), step.token());
        EnvelopeFile file = file(step.file(), stage);
        requireUnder(file, id, under);
        String title = stage.script().cast().token(step.token()).title();
        int opened = stage.withLogin(step.token(), PinKind.USER, session -> {
            int so = 0;
            for (Envelope envelope : file.keys()) {
                if (so % AT_ONCE == 0) {
                    stage.working("ceremony.working.data_keys", so, file.keys().size());
                }
                opened(session, stage, step.token(), id, envelope, key -> new Outcome.Done<>(key))
                        .orThrow();
                so++;
            }
            return so;
        });
        Entry seen = stage.observe(Observation.sensed(
                        "data_keys_opened",
                        Texts.get("ceremony.data_keys_opened.label", step.file(), title),
                        Texts.get("ceremony.data_keys_opened.text", opened, under.label()))
                .verdict(true)
                .detail(Json.obj()
                        .put("key", step.under())
                        .put("role", step.token())
                        .put("file", step.file())
                        .put("sha256", Digest.of(file.bytes()).hex())
                        .put("count", opened)
                        .build()));
        step.since()
                .ifPresent(since -> new RecoveryTime(step.under(), step.token(), since, step.withinMinutes())
                        .measure(stage, seen.time()));
        return Texts.get("ceremony.check_data_keys.done", opened, title);
    }

    static String rewrap(Step.RewrapDataKeys step, Stage stage) {
        KeyDefinition from = stage.script().cast().key(step.from());
        KeyDefinition to = stage.script().cast().key(step.to());
        TokenInfo token = stage.token(step.token()).info();
        KeyId old = stage.keyOn(step.from(), step.token());
        KeyId fresh = stage.keyOn(step.to(), step.token());
        EnvelopeFile file = file(step.file(), stage);
        requireUnder(file, old, from);
        Digest source = Digest.of(file.bytes());
        Job job = new Job(stage, step.token(), Operation.REWRAP_DATA_KEYS, step.file(), source);
        List<Envelope> done = job.done();
        List<Envelope> left = file.keys().subList(done.size(), file.keys().size());
        Approval approval = stage.approve(
                Operation.REWRAP_DATA_KEYS,
                step.quorum(),
                Texts.get(
                        "ceremony.statement.rewrap_data_keys",
                        left.size(),
                        step.file(),
                        source.grouped(),
                        from.label() + " (" + old.hex() + ")",
                        to.label() + " (" + fresh.hex() + ")",
                        token.label(),
                        token.serial()),
                () -> job.intent(step.to(), fresh)
                        .put("from_key", step.from())
                        .put("source", source.hex())
                        .put("count", left.size())
                        .build());
        List<Envelope> all = job.run(
                approval,
                done,
                left,
                (session, envelope) -> rewrapped(session, stage, step.token(), old, fresh, envelope));
        CeremonyFiles.made(stage, step.file(), new EnvelopeFile(to.label(), fresh.hex(), all).bytes());
        return Texts.get("ceremony.rewrap_data_keys.done", all.size(), to.label());
    }

    private static EnvelopeFile file(String name, Stage stage) {
        return EnvelopeFile.parse(CeremonyFiles.get(
                stage,
                name,
                Texts.get("ceremony.envelopes.bring", name),
                EnvelopeFile.MAX_BYTES,
                EnvelopeFile::objection));
    }

    private static void requireUnder(EnvelopeFile file, KeyId id, KeyDefinition under) {
        if (!file.keyId().equals(id.hex())) {
            throw StepFailed.hard(
                    Problem.of("ceremony.envelopes_of_another_key", file.under(), file.keyId(), under.label()));
        }
    }

    // ---- one key ----

    private static Outcome<Envelope> made(
            TokenSession session, Stage stage, String role, KeySpec.Aes spec, KeyId under, String name) {
        KeyId id = KeyActs.freshId(stage, role);
        return session.generateKey(spec, id, KeyPurpose.enveloped(name))
                .then(key -> valueOf(session, key)
                        .then(value -> session.wrap(under, SCHEME, key, ObjectClass.SECRET_KEY)
                                .map(blob -> new Envelope(name, spec, value.hex(), blob))))
                .then(envelope -> gone(session, id, envelope));
    }

    /// Opens the old envelope, makes the new one, and opens that too before the old one counts for nothing.
    private static Outcome<Envelope> rewrapped(
            TokenSession session, Stage stage, String role, KeyId old, KeyId fresh, Envelope envelope) {
        return opened(
                        session,
                        stage,
                        role,
                        old,
                        envelope,
                        key -> session.wrap(fresh, SCHEME, key, ObjectClass.SECRET_KEY))
                .map(blob -> new Envelope(envelope.name(), envelope.spec(), envelope.checkValue(), blob))
                .then(renewed -> opened(session, stage, role, fresh, renewed, key -> new Outcome.Done<>(renewed)));
    }

    /// The key is in the session while `use` works with it, and is the one that the file speaks of.
    private static <T> Outcome<T> opened(
            TokenSession session,
            Stage stage,
            String role,
            KeyId under,
            Envelope envelope,
            Function<KeyId, Outcome<T>> use) {
        KeyId id = KeyActs.freshId(stage, role);
        return session.unwrap(
                        under, SCHEME, envelope.wrapped(), envelope.spec(), id, KeyPurpose.enveloped(envelope.name()))
                .then(key -> valueOf(session, key).then(value -> {
                    if (!value.hex().equals(envelope.checkValue())) {
                        throw StepFailed.hard(Problem.of(
                                "ceremony.data_key_differs", envelope.name(), envelope.checkValue(), value.hex()));
                    }
                    return use.apply(key);
                }))
                .then(used -> gone(session, id, used));
    }

    private static Outcome<KeyCheckValue> valueOf(TokenSession session, KeyId id) {
        return session.checkValue(session.find(id, ObjectClass.SECRET_KEY)
                .orElseThrow(() -> StepFailed.hard(
                        Problem.of("ceremony.key_not_found", ObjectClass.SECRET_KEY.cko(), id.hex(), ""))));
    }

    private static <T> Outcome<T> gone(TokenSession session, KeyId id, T result) {
        return Leftovers.destroy(session, id).map(destroyed -> result);
    }

    // ---- many keys ----

    /// What is done to one key, or made of one name.
    @FunctionalInterface
    private interface Act<T> {
        Outcome<Envelope> perform(TokenSession session, T on);
    }

    /// Many keys under one approval.
    ///
    /// @param source what earlier attempts worked on, too: the file, or the key that envelopes are made under
    private record Job(Stage stage, String role, Operation operation, String file, Digest source) {

        /// What earlier attempts at this step have in the ledger.
        List<Envelope> done() {
            return stage.ceremony().attempts(stage.step().id()).stream()
                    .flatMap(run -> run.of(EntryType.OBSERVATION))
                    .filter(entry -> entry.data().string("name").equals("data_keys")
                            && entry.data().object("detail").string("source").equals(source.hex()))
                    .flatMap(entry -> envelopes(entry).stream())
                    .toList();
        }

        private List<Envelope> envelopes(Entry entry) {
            return Json.parseObject(CeremonyFiles.content(stage, entry)).objects("keys").stream()
                    .map(Envelope::fromJson)
                    .toList();
        }

        Json.Builder intent(String key, KeyId id) {
            return KeyActs.intent(operation, role, key, id, stage)
                    .put("file", file)
                    .put("mechanism", SCHEME.name())
                    .put("template", KeyPurpose.enveloped("").toJson())
                    .put("expect", Texts.get("ceremony.expect." + operation.wire()));
        }

        <T> List<Envelope> run(Approval approval, List<Envelope> done, List<T> left, Act<T> act) {
            stage.withLogin(
                    role,
                    PinKind.USER,
                    session -> stage.act(
                            approval,
                            Texts.get("ceremony.working.data_keys", done.size(), done.size() + left.size()),
                            () -> perform(session, done.size(), left, act)));
            return done();
        }

        private <T> Outcome<Json.Obj> perform(TokenSession session, int before, List<T> left, Act<T> act) {
            for (int from = 0; from < left.size(); from += AT_ONCE) {
                var batch = new ArrayList<Envelope>();
                for (T one : left.subList(from, Math.min(from + AT_ONCE, left.size()))) {
                    Outcome<Envelope> outcome = act.perform(session, one);
                    if (!(outcome instanceof Outcome.Done<Envelope>(var envelope))) {
                        return outcome.map(never -> Json.obj().build());
                    }
                    batch.add(envelope);
                }
                keep(batch, before + from);
                stage.working("ceremony.working.data_keys", before + from + batch.size(), before + left.size());
            }
            return new Outcome.Done<>(Json.obj().put("count", left.size()).build());
        }

        private void keep(List<Envelope> batch, int from) {
            stage.observeAgain(Observation.sensed(
                            "data_keys",
                            Texts.get("ceremony.data_keys.label", file),
                            Texts.get("ceremony.data_keys.text", from + 1, from + batch.size()))
                    .with(Json.obj()
                            .put(
                                    "keys",
                                    Json.array(
                                            batch.stream().map(Envelope::toJson).toList()))
                            .build()
                            .canonical())
                    .detail(Json.obj()
                            .put("file", file)
                            .put("source", source.hex())
                            .put("from", from + 1)
                            .put("count", batch.size())
                            .build()));
        }
    }
}
