package org.quorate.hsm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.quorate.base.Json;
import org.quorate.base.Texts;

/// Attacks a token before it is trusted with a key. There are modules on which a key that may not leave can be wrapped,
/// and others that forget what an unwrapped key may not do, and all of them report the attributes that were asked for.
///
/// Everything is done on scratch objects of the session, never on the token, and works in a session without login where
/// the token lets one hold objects. A wrap that must be refused is preceded by one that must succeed, because a token
/// that can wrap nothing would otherwise pass.
public final class Admission {
    private static final String LABEL = "admission";
    private static final KeySpec.Aes AES = new KeySpec.Aes(256);
    private static final KeyId WRAPPING = id(1);
    private static final KeyId LEAVING = id(2);
    private static final KeyId STAYING = id(3);
    private static final KeyId STAYING_PAIR = id(4);
    private static final KeyId UNWRAPPED = id(5);

    public enum Verdict {
        PASSED,
        FAILED,
        /// The token did not let the attack come about, so that it shows nothing.
        NOT_TRIED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param name a stable name; its text stands in the bundle under `hsm.admission.<name>`
    /// @param detail what the token answered
    public record Finding(String name, Verdict verdict, String detail) {
        public boolean passed() {
            return verdict == Verdict.PASSED;
        }

        public String text() {
            return Texts.get("hsm.admission." + name);
        }

        public Json.Obj toJson() {
            return Json.obj()
                    .put("name", name)
                    .put("verdict", verdict.wire())
                    .put("detail", detail)
                    .build();
        }
    }

    /// @param login whose session it was: `none`, `user` or `so`
    public record Result(String login, List<Finding> findings) {
        public Result {
            findings = List.copyOf(findings);
        }

        public boolean admitted() {
            return findings.stream().allMatch(Finding::passed);
        }

        public Json.Obj toJson() {
            return Json.obj()
                    .put("login", login)
                    .put("admitted", admitted())
                    .put(
                            "findings",
                            Json.array(findings.stream().map(Finding::toJson).toList()))
                    .build();
        }
    }

    private final TokenSession session;

    private Admission(TokenSession session) {
        this.session = session;
    }

    /// Runs every attack; the scratch objects are gone afterwards.
    public static Result run(TokenSession session, String login) {
        var admission = new Admission(session);
        try {
            return new Result(login, admission.findings());
        } finally {
            List.of(WRAPPING, LEAVING, STAYING, STAYING_PAIR, UNWRAPPED)
                    .forEach(id -> session.find(id).forEach(session::destroy));
        }
    }

    private List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        Outcome<KeyId> staying = session.generateKey(AES, STAYING, secret(false));
        Outcome<byte[]> wrapped = session.generateKey(AES, WRAPPING, wrapping())
                .then(id -> session.generateKey(AES, LEAVING, secret(true)))
                .then(id -> wrap(LEAVING, ObjectClass.SECRET_KEY));
        Outcome<KeyId> pair = session.generateKeyPair(
                        new KeySpec.Ec(KeySpec.Curve.P256), STAYING_PAIR, publicHalf(), privateHalf())
                .map(key -> STAYING_PAIR);
        findings.add(refusesWrap("secret_key_refuses_wrap", both(wrapped, staying), STAYING, ObjectClass.SECRET_KEY));
        findings.add(
                refusesWrap("private_key_refuses_wrap", both(wrapped, pair), STAYING_PAIR, ObjectClass.PRIVATE_KEY));
        findings.add(keepsSecret("sensitive_value_not_readable", staying, STAYING, ObjectClass.SECRET_KEY));
        findings.add(keepsSecret("private_value_not_readable", pair, STAYING_PAIR, ObjectClass.PRIVATE_KEY));
        findings.add(refusesChange("extractable_not_settable", staying, Attribute.EXTRACTABLE, true));
        findings.add(refusesChange("sensitive_not_clearable", staying, Attribute.SENSITIVE, false));
        Outcome<KeyId> unwrapped = wrapped.then(
                bytes -> session.unwrap(WRAPPING, WrapScheme.AES_KWP, bytes, AES, UNWRAPPED, secret(false)));
        findings.add(keepsSecret("unwrapped_value_not_readable", unwrapped, UNWRAPPED, ObjectClass.SECRET_KEY));
        findings.add(refusesWrap("unwrapped_key_refuses_wrap", unwrapped, UNWRAPPED, ObjectClass.SECRET_KEY));
        findings.add(reportsAsAsked("unwrapped_key_reports_as_asked", unwrapped));
        return findings;
    }

    private Finding refusesWrap(String name, Outcome<KeyId> prepared, KeyId target, ObjectClass kind) {
        if (!(prepared instanceof Outcome.Done)) {
            return notTried(name, prepared);
        }
        return mustBeRefused(name, wrap(target, kind), "the key was wrapped");
    }

    private Finding refusesChange(String name, Outcome<KeyId> prepared, Attribute attribute, boolean value) {
        if (!(prepared instanceof Outcome.Done)) {
            return notTried(name, prepared);
        }
        TokenObject object = session.find(STAYING, ObjectClass.SECRET_KEY).orElseThrow();
        return mustBeRefused(name, session.set(object, attribute, value), attribute.cka() + " was changed");
    }

    private Finding keepsSecret(String name, Outcome<KeyId> prepared, KeyId id, ObjectClass kind) {
        if (!(prepared instanceof Outcome.Done)) {
            return notTried(name, prepared);
        }
        TokenObject object = session.find(id, kind).orElseThrow();
        return switch (session.secretReadable(object)) {
            case Outcome.Done<Boolean>(var readable) ->
                readable
                        ? new Finding(name, Verdict.FAILED, "the value was given out")
                        : new Finding(name, Verdict.PASSED, "the value was not given out");
            case Outcome.Refused<Boolean> refused -> new Finding(name, Verdict.PASSED, said(refused));
            case Outcome.Unknown<Boolean> unknown -> notTried(name, unknown);
        };
    }

    private Finding reportsAsAsked(String name, Outcome<KeyId> prepared) {
        if (!(prepared instanceof Outcome.Done)) {
            return notTried(name, prepared);
        }
        TokenObject object = session.find(UNWRAPPED, ObjectClass.SECRET_KEY).orElseThrow();
        List<String> differing = session.report(object, secret(false)).differing().stream()
                .map(line -> line.attribute().cka())
                .toList();
        return differing.isEmpty()
                ? new Finding(name, Verdict.PASSED, "no attribute differs")
                : new Finding(name, Verdict.FAILED, "these differ: " + String.join(", ", differing));
    }

    private static <T> Finding mustBeRefused(String name, Outcome<T> outcome, String otherwise) {
        return switch (outcome) {
            case Outcome.Done<T> done -> new Finding(name, Verdict.FAILED, otherwise);
            case Outcome.Refused<T> refused -> new Finding(name, Verdict.PASSED, said(refused));
            case Outcome.Unknown<T> unknown -> notTried(name, unknown);
        };
    }

    private static Finding notTried(String name, Outcome<?> why) {
        return new Finding(name, Verdict.NOT_TRIED, said(why));
    }

    private static String said(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> done -> "CKR_OK";
            case Outcome.Refused<?>(var function, var rv) -> function + " answered " + rv;
            case Outcome.Unknown<?>(var function, var why) -> function + " did not answer: " + why;
        };
    }

    private static <T> Outcome<KeyId> both(Outcome<T> first, Outcome<KeyId> second) {
        return first.then(value -> second);
    }

    private Outcome<byte[]> wrap(KeyId target, ObjectClass kind) {
        return session.wrap(WRAPPING, WrapScheme.AES_KWP, target, kind);
    }

    private static Template wrapping() {
        return secret(false).with(Attribute.WRAP, true).with(Attribute.UNWRAP, true);
    }

    private static Template secret(boolean extractable) {
        return scratch()
                .with(Attribute.SENSITIVE, true)
                .with(Attribute.EXTRACTABLE, extractable)
                .with(Attribute.WRAP, false)
                .with(Attribute.UNWRAP, false)
                .with(Attribute.ENCRYPT, false)
                .with(Attribute.DECRYPT, false);
    }

    private static Template privateHalf() {
        return scratch()
                .with(Attribute.SENSITIVE, true)
                .with(Attribute.EXTRACTABLE, false)
                .with(Attribute.SIGN, true);
    }

    private static Template publicHalf() {
        return scratch().with(Attribute.VERIFY, true);
    }

    private static Template scratch() {
        return new Template(
                LABEL, Map.of(Attribute.TOKEN, false, Attribute.PRIVATE, false, Attribute.MODIFIABLE, true));
    }

    private static KeyId id(int number) {
        return new KeyId(String.format(Locale.ROOT, "51a0ad%026x", number));
    }
}
