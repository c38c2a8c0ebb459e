package org.quorate.hsm;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.quorate.hsm.Admission.Finding;
import org.quorate.hsm.Admission.Verdict;

/// What a token must refuse. Each attack was seen to succeed on a module that people use.
final class Attacks {
    private final TokenSession session;
    private final ScratchKeys keys;

    Attacks(TokenSession session, ScratchKeys keys) {
        this.session = session;
        this.keys = keys;
    }

    List<Finding> findings() {
        Outcome<KeyId> secret = keys.staying;
        Outcome<KeyId> pair = keys.pair;
        Outcome<KeyId> unwrapped = keys.unwrapped;
        return List.of(
                refusesWrap("secret_key_refuses_wrap", keys.wrapped.then(bytes -> secret), ObjectClass.SECRET_KEY),
                refusesWrap("private_key_refuses_wrap", keys.wrapped.then(bytes -> pair), ObjectClass.PRIVATE_KEY),
                keepsSecret("sensitive_value_not_readable", secret, ObjectClass.SECRET_KEY),
                keepsSecret("private_value_not_readable", pair, ObjectClass.PRIVATE_KEY),
                refusesChange("extractable_not_settable", secret, ObjectClass.SECRET_KEY, Attribute.EXTRACTABLE),
                refusesChange("sensitive_not_clearable", secret, ObjectClass.SECRET_KEY, Attribute.SENSITIVE),
                refusesChange("private_extractable_not_settable", pair, ObjectClass.PRIVATE_KEY, Attribute.EXTRACTABLE),
                refusesChange("private_sensitive_not_clearable", pair, ObjectClass.PRIVATE_KEY, Attribute.SENSITIVE),
                refusesCopy("copy_not_extractable", Attribute.EXTRACTABLE, true),
                refusesCopy("copy_not_readable", Attribute.SENSITIVE, false),
                refusesDecryption(),
                keepsSecret("unwrapped_value_not_readable", unwrapped, ObjectClass.SECRET_KEY),
                refusesWrap("unwrapped_key_refuses_wrap", unwrapped, ObjectClass.SECRET_KEY),
                reportsAsAsked());
    }

    private Finding refusesWrap(String name, Outcome<KeyId> prepared, ObjectClass kind) {
        return given(
                name,
                prepared,
                id -> mustBeRefused(name, keys.wrap(ScratchKeys.WRAPPING, id, kind), "the key was wrapped"));
    }

    /// From what the key was made with to the opposite, which is the one that makes it weaker.
    private Finding refusesChange(String name, Outcome<KeyId> prepared, ObjectClass kind, Attribute attribute) {
        return given(
                name,
                prepared,
                id -> mustBeRefused(
                        name,
                        session.set(found(id, kind), attribute, attribute == Attribute.EXTRACTABLE),
                        attribute.cka() + " was changed"));
    }

    private Finding refusesCopy(String name, Attribute attribute, boolean value) {
        return given(
                name,
                keys.staying,
                id -> mustBeRefused(
                        name,
                        session.copy(
                                found(id, ObjectClass.SECRET_KEY),
                                ScratchKeys.COPIED,
                                new Template("admission", Map.of(attribute, value))),
                        "a copy was made with " + attribute.cka() + " " + value));
    }

    /// A key made to wrap and for nothing else must not decrypt, or all that was wrapped under it could be read.
    private Finding refusesDecryption() {
        String name = "wrapping_key_does_not_decrypt";
        return given(
                name,
                keys.wrapped,
                bytes -> mustBeRefused(
                        name,
                        session.decrypt(ScratchKeys.WRAPPING, CipherScheme.AES_BLOCKS, new byte[16]),
                        "it decrypted a block"));
    }

    private Finding keepsSecret(String name, Outcome<KeyId> prepared, ObjectClass kind) {
        return given(name, prepared, id -> switch (session.secretReadable(found(id, kind))) {
            case Outcome.Done<Boolean>(var readable) ->
                readable
                        ? new Finding(name, Verdict.FAILED, "the value was given out")
                        : new Finding(name, Verdict.PASSED, "the value was not given out");
            case Outcome.Refused<Boolean> refused -> refused(name, refused);
            case Outcome.Unknown<Boolean> unknown -> notTried(name, unknown);
        });
    }

    private Finding reportsAsAsked() {
        String name = "unwrapped_key_reports_as_asked";
        return given(name, keys.unwrapped, id -> {
            KeyReport report = session.report(found(id, ObjectClass.SECRET_KEY), keys.secret(false));
            List<String> differing = report.differing().stream()
                    .map(line -> line.attribute().cka())
                    .toList();
            return differing.isEmpty()
                    ? new Finding(name, Verdict.PASSED, "no attribute differs")
                    : new Finding(name, Verdict.FAILED, "these differ: " + String.join(", ", differing));
        });
    }

    private TokenObject found(KeyId id, ObjectClass kind) {
        return session.find(id, kind).orElseThrow();
    }

    private static <T> Finding given(String name, Outcome<T> prepared, Function<T, Finding> attack) {
        return switch (prepared) {
            case Outcome.Done<T>(var value) -> attack.apply(value);
            case Outcome.Refused<T> refused -> notTried(name, refused);
            case Outcome.Unknown<T> unknown -> notTried(name, unknown);
        };
    }

    private static <T> Finding mustBeRefused(String name, Outcome<T> outcome, String otherwise) {
        return switch (outcome) {
            case Outcome.Done<T> done -> new Finding(name, Verdict.FAILED, otherwise);
            case Outcome.Refused<T> refused -> refused(name, refused);
            case Outcome.Unknown<T> unknown -> notTried(name, unknown);
        };
    }

    private static Finding refused(String name, Outcome.Refused<?> refused) {
        return Denials.isAnswer(refused.rv())
                ? new Finding(name, Verdict.PASSED, said(refused))
                : notTried(name, refused);
    }

    private static Finding notTried(String name, Outcome<?> why) {
        return new Finding(name, Verdict.NOT_TRIED, said(why));
    }

    static String said(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> done -> "CKR_OK";
            case Outcome.Refused<?>(var function, var rv) -> function + " answered " + rv;
            case Outcome.Unknown<?>(var function, var why) -> function + " did not answer: " + why;
        };
    }
}
