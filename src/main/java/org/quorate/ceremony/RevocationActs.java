package org.quorate.ceremony;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.ceremony.x509.LastList;
import org.quorate.ceremony.x509.RevocationLint;
import org.quorate.ceremony.x509.RevocationList;
import org.quorate.ceremony.x509.Revoked;
import org.quorate.ceremony.x509.SignedStructure;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.Operation;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.TokenInfo;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.script.KeyDefinition;
import org.quorate.script.Step;

/// An authority signs the list of what it has revoked. All of the last list stays on it but what ended before
/// that list; people say what is added.
final class RevocationActs {
    private static final String NOTHING = "nothing";
    private static final int MAX_SERIAL_BITS = 159;

    private final Step.IssueCrl step;
    private final Stage stage;
    private final KeyDefinition key;
    private final KeyId id;
    private final X509Certificate issuer;
    private final Authority authority;
    private final Optional<LastList> last;

    private RevocationActs(Step.IssueCrl step, Stage stage) {
        this.step = step;
        this.stage = stage;
        this.key = stage.script().cast().key(step.key());
        this.id = stage.keyOn(step.key(), step.token());
        this.issuer = Authority.certificate(stage, KeyActs.publicKey(stage, step.key(), step.token()), key.label());
        this.authority = Authority.of(stage.equipment().ledger(), id);
        this.last = authority
                .last()
                .map(list -> new LastList(list, Authority.ends(stage.equipment().ledger(), issuer)));
    }

    static String issue(Step.IssueCrl step, Stage stage) {
        return new RevocationActs(step, stage).perform();
    }

    private String perform() {
        TokenInfo token = stage.token(step.token()).info();
        SignatureScheme scheme = SignatureScheme.strongestFor((KeySpec.Pair) key.spec());
        boolean begun = !stage.unbegun(Operation.SIGN_CRL);
        byte[] tbs = HsmSigning.fixed(stage, Texts.get("ceremony.crl.tbs"), () -> list().toBeSigned(issuer, scheme));
        RevocationList list = RevocationList.of(tbs);
        // Once it is begun, the ledger has this list itself.
        Optional<LastList> before = begun ? Optional.empty() : last;
        endIfWrong("ceremony.crl_not_to_be_signed", RevocationLint.ofUnsigned(tbs, scheme, issuer, before));
        List<Exhibit> contents = contents(list, tbs);
        Approval approval = stage.approve(
                Operation.SIGN_CRL,
                step.quorum(),
                Texts.get("ceremony.statement.crl", key.label(), token.label(), token.serial()) + "\n\n"
                        + contents.stream()
                                .map(one -> one.label() + ": "
                                        + one.digest().map(Digest::grouped).orElse(one.text()))
                                .collect(Collectors.joining("\n")),
                () -> HsmSigning.intent(
                                KeyActs.intent(Operation.SIGN_CRL, step.token(), step.key(), id, stage),
                                scheme,
                                tbs,
                                Texts.get("ceremony.expect.certificate"))
                        .put("number", list.number().longValueExact())
                        .build());
        stage.commit(
                Texts.get("ceremony.commit.crl"),
                Texts.get("ceremony.consequence.crl"),
                Stream.concat(
                                Stream.of(Exhibit.of(Texts.get("ceremony.fact.serial"), token.serial())),
                                contents.stream())
                        .toList(),
                approval,
                token);
        byte[] signature = HsmSigning.sign(
                stage, approval, new HsmSigning.Use(step.token(), id, scheme), tbs, "ceremony.working.crl");
        byte[] signed = SignedStructure.assemble(tbs, scheme, signature);
        endIfWrong("ceremony.crl_wrong", RevocationLint.ofSigned(signed, tbs, issuer, before));
        record(list, signed);
        CeremonyFiles.handOut(stage, step.file(), Texts.get("ceremony.crl.take", key.label()), signed);
        return Texts.get("ceremony.crl.done", list.number(), list.revoked().size(), step.file());
    }

    private static void endIfWrong(String problem, List<String> wrong) {
        if (!wrong.isEmpty()) {
            throw StepFailed.hard(Problem.of(problem, String.join("; ", wrong)));
        }
    }

    private RevocationList list() {
        RevocationList list = asOfNow(last.map(LastList::staying).orElse(List.of()));
        for (Entry said : revocations()) {
            list = list.with(revoked(said));
        }
        for (int number = revocations().size() + 1; wanted(number); number++) {
            list = list.with(revoked(revokeOne(number, list)));
        }
        // Nothing is revoked later than the list says it was made.
        return asOfNow(list.revoked());
    }

    private RevocationList asOfNow(List<Revoked> revoked) {
        Instant now = stage.equipment().workstation().now().truncatedTo(ChronoUnit.SECONDS);
        return new RevocationList(
                BigInteger.valueOf(authority.lists() + 1), now, now.plus(step.days(), ChronoUnit.DAYS), revoked);
    }

    private List<Entry> revocations() {
        return stage.run()
                .of(EntryType.OBSERVATION)
                .filter(entry -> entry.data().string("name").equals("revocation"))
                .toList();
    }

    private static Revoked revoked(Entry said) {
        Json.Obj detail = said.data().object("detail");
        return new Revoked(
                new BigInteger(detail.string("serial"), 16),
                said.time().truncatedTo(ChronoUnit.SECONDS),
                Revoked.Reason.ofWire(detail.string("reason")).orElseThrow());
    }

    // ---- what people add ----

    private boolean wanted(int number) {
        String choice = stage.ask(new Question.Choose(
                "revoke-" + number,
                Texts.get(number == 1 ? "ceremony.revoke.first" : "ceremony.revoke.further"),
                Texts.get(
                        "ceremony.revoke.explained",
                        last.map(list -> list.staying().size()).orElse(0)),
                List.of(
                        new Question.Option(
                                "revoke",
                                Texts.get("ceremony.revoke.button"),
                                Texts.get("ceremony.revoke.consequence")),
                        new Question.Option(
                                NOTHING,
                                Texts.get("ceremony.revoke.nothing"),
                                Texts.get("ceremony.revoke.nothing.consequence")))));
        return !choice.equals(NOTHING);
    }

    private Entry revokeOne(int number, RevocationList list) {
        BigInteger serial = serial(stage.enter(
                        "revoked_serial_" + number,
                        Texts.get("ceremony.revoke.serial", number),
                        Texts.get("ceremony.revoke.serial.hint"),
                        text -> objection(text, list)))
                .orElseThrow();
        Optional<String> subject = Optional.ofNullable(authority.issued().get(serial));
        Optional<String> foreign = Optional.empty();
        if (subject.isPresent()) {
            stage.confirm(
                    "revoked_subject_" + number,
                    Texts.get("ceremony.revoke.known", serial.toString(16), subject.get()),
                    Texts.get("ceremony.revoke.button"));
        } else {
            foreign = Optional.of(stage.enter(
                    "revoked_foreign_" + number,
                    Texts.get("ceremony.revoke.foreign", serial.toString(16)),
                    Texts.get("ceremony.revoke.foreign.hint"),
                    OpeningActs::notBlank));
        }
        String reason = stage.ask(new Question.Choose(
                "revoke-reason-" + number,
                Texts.get("ceremony.revoke.reason", serial.toString(16)),
                Texts.get("ceremony.revoke.reason.explained"),
                Stream.of(Revoked.Reason.values())
                        .map(one -> new Question.Option(
                                one.wire(),
                                Texts.get("ceremony.reason." + one.wire()),
                                Texts.get("ceremony.reason." + one.wire() + ".consequence")))
                        .toList()));
        return stage.observe(Observation.stated(
                        "revocation",
                        Texts.get("ceremony.revoke.said", serial.toString(16)),
                        Texts.get("ceremony.reason." + reason),
                        stage.performers())
                .detail(Json.obj()
                        .put("key", step.key())
                        .put("role", step.token())
                        .put("serial", serial.toString(16))
                        .put("reason", reason)
                        .put("subject", subject)
                        .put("foreign", foreign)
                        .build()));
    }

    private Optional<String> objection(String text, RevocationList list) {
        Optional<BigInteger> serial = serial(text);
        if (serial.isEmpty()) {
            return Optional.of(Texts.get("ceremony.revoke.no_serial"));
        }
        if (serial.get().equals(issuer.getSerialNumber())) {
            return Optional.of(Texts.get("ceremony.revoke.own"));
        }
        return Revoked.isAmong(list.revoked(), serial.get())
                ? Optional.of(Texts.get("ceremony.revoke.already"))
                : Optional.empty();
    }

    /// In hex, as certificates are shown: with or without colons and spaces.
    private static Optional<BigInteger> serial(String text) {
        String hex = text.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
        return Optional.of(hex)
                .filter(digits -> digits.matches("[0-9a-f]{1,42}"))
                .map(digits -> new BigInteger(digits, 16))
                .filter(serial -> serial.signum() > 0 && serial.bitLength() <= MAX_SERIAL_BITS);
    }

    // ---- what they read, and what is kept ----

    private List<Exhibit> contents(RevocationList list, byte[] tbs) {
        var contents = new ArrayList<Exhibit>();
        // Of what is signed and on record, so that it is the same after a stop.
        List<Revoked> left = last.map(LastList::leaving).orElse(List.of()).stream()
                .filter(one -> !Revoked.isAmong(list.revoked(), one.serial()))
                .toList();
        if (!left.isEmpty()) {
            contents.add(Exhibit.of(
                    Texts.get("ceremony.fact.crl_left"),
                    left.stream().map(one -> one.serial().toString(16)).collect(Collectors.joining("; "))));
        }
        contents.addAll(List.of(
                Exhibit.of(
                        Texts.get("ceremony.fact.issuer"),
                        issuer.getSubjectX500Principal().getName()),
                Exhibit.of(Texts.get("ceremony.fact.crl_number"), list.number().toString()),
                Exhibit.of(
                        Texts.get("ceremony.fact.validity"),
                        UtcTime.forPeople(list.from()) + " – " + UtcTime.forPeople(list.until())),
                Exhibit.of(
                        Texts.get("ceremony.fact.revoked"),
                        list.revoked().isEmpty()
                                ? Texts.get("ceremony.crl.none")
                                : list.revoked().stream()
                                        .map(one -> one.serial().toString(16) + " ("
                                                + Texts.get("ceremony.reason."
                                                        + one.reason().wire())
                                                + ")")
                                        .collect(Collectors.joining("; "))),
                Exhibit.of(Texts.get("ceremony.fact.tbs"), Digest.of(tbs))));
        return contents;
    }

    private void record(RevocationList list, byte[] signed) {
        stage.observe(Observation.sensed(
                        "crl",
                        Texts.get("ceremony.crl.label", list.number()),
                        Digest.of(signed).grouped())
                .verdict(true)
                .with(signed)
                .detail(Json.obj()
                        .put("key", step.key())
                        .put("role", step.token())
                        .put("issuer", issuer.getSubjectX500Principal().getName())
                        .put("number", list.number().longValueExact())
                        .put("this_update", UtcTime.format(list.from()))
                        .put("next_update", UtcTime.format(list.until()))
                        .put(
                                "revoked",
                                Json.array(list.revoked().stream()
                                        .map(one -> Json.obj()
                                                .put("serial", one.serial().toString(16))
                                                .put("since", UtcTime.format(one.since()))
                                                .put("reason", one.reason().wire())
                                                .build())
                                        .toList()))
                        .put("sha256", Digest.of(signed).hex())
                        .build()));
    }
}
