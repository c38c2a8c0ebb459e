package org.quorate.hsm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.quorate.base.Json;
import org.quorate.base.Texts;

/// Whether a token still does what it did: its generator, what it must deny, and how fast it is. Everything is
/// done with scratch keys of the session, which end with it.
public final class HealthCheck {
    /// As many as give the tests something to count, in pieces that every token hands out.
    private static final int RANDOM_BYTES = 1 << 16;

    private static final int PIECE = 1024;
    private static final String LABEL = "health";
    private static final byte[] MESSAGE = new byte[32];
    private static final byte[] BLOCK = new byte[16];

    private static final KeySpec.Ec EC = new KeySpec.Ec(KeySpec.Curve.P256);
    private static final KeySpec.Rsa RSA = new KeySpec.Rsa(2048);
    private static final KeySpec.Aes AES = new KeySpec.Aes(256);
    private static final KeySpec.Hmac HMAC = new KeySpec.Hmac(256);

    private final TokenSession session;
    private final List<KeyId> made = new ArrayList<>();

    private HealthCheck(TokenSession session) {
        this.session = session;
    }

    /// What a token must deny, and what it answered.
    ///
    /// @param name a stable name; its text stands in the bundle under `hsm.denied.<name>`
    public record Denied(String name, boolean denied, String answer) {
        public String text() {
            return Texts.get("hsm.denied." + name);
        }

        public Json.Obj toJson() {
            return Json.obj()
                    .put("name", name)
                    .put("denied", denied)
                    .put("answer", answer)
                    .build();
        }
    }

    /// Tests what the token calls random; nothing of it is kept.
    public static Outcome<List<RandomTests.Result>> random(Token token) {
        var bytes = new byte[RANDOM_BYTES];
        for (int at = 0; at < RANDOM_BYTES; at += PIECE) {
            Outcome<byte[]> piece = token.random(PIECE);
            if (!(piece instanceof Outcome.Done<byte[]>(var given))) {
                return piece.map(RandomTests::over);
            }
            System.arraycopy(given, 0, bytes, at, PIECE);
        }
        List<RandomTests.Result> results = RandomTests.over(bytes);
        Arrays.fill(bytes, (byte) 0);
        return new Outcome.Done<>(results);
    }

    /// Provokes what must be denied. A key that cannot be made denies nothing, and the finding says so.
    public static List<Denied> denied(TokenSession session) {
        var check = new HealthCheck(session);
        try {
            return check.denied();
        } finally {
            check.clear();
        }
    }

    private List<Denied> denied() {
        KeyId signing = id(1);
        KeyId opening = id(2);
        Outcome<KeyId> signer = pair(RSA, signing, Attribute.SIGN);
        Outcome<KeyId> opener = pair(RSA, opening, Attribute.DECRYPT);
        return List.of(
                mustBeDenied(
                        "sign_with_a_decryption_key",
                        opener.then(id -> session.sign(id, SignatureScheme.RSA_SHA256, MESSAGE))),
                mustBeDenied(
                        "decrypt_with_a_signing_key",
                        signer.then(id -> session.decrypt(id, CipherScheme.RSA_OAEP, new byte[RSA.bits() / 8]))),
                export(signer));
    }

    private Denied export(Outcome<KeyId> signer) {
        String name = "export_of_a_private_value";
        return switch (signer.then(id ->
                session.secretReadable(session.find(id, ObjectClass.PRIVATE_KEY).orElseThrow()))) {
            case Outcome.Done<Boolean>(var readable) ->
                new Denied(name, !readable, Texts.get(readable ? "hsm.denied.given_out" : "hsm.denied.kept"));
            case Outcome.Refused<Boolean>(var function, var rv) ->
                new Denied(name, Denials.isOfTheKey(function, rv), function + " " + rv);
            case Outcome.Unknown<Boolean>(var function, var why) -> new Denied(name, false, function + ": " + why);
        };
    }

    private static <T> Denied mustBeDenied(String name, Outcome<T> answered) {
        return switch (answered) {
            case Outcome.Done<T> done -> new Denied(name, false, "CKR_OK");
            // A key that could not be made proves nothing about what it would have been denied.
            case Outcome.Refused<T>(var function, var rv) ->
                new Denied(name, Denials.isOfTheKey(function, rv), function + " " + rv);
            case Outcome.Unknown<T>(var function, var why) -> new Denied(name, false, function + ": " + why);
        };
    }

    /// Times `calls` calls of each operation, one after the other. What the token cannot do is left out.
    ///
    /// @param nanos a clock that only goes forward
    public static List<Latency> latencies(Token token, TokenSession session, int calls, LongSupplier nanos) {
        var check = new HealthCheck(session);
        try {
            return check.latencies(token, calls, nanos);
        } finally {
            check.clear();
        }
    }

    private List<Latency> latencies(Token token, int calls, LongSupplier nanos) {
        Outcome<KeyId> ec = pair(EC, id(3), Attribute.SIGN);
        Outcome<KeyId> rsa = pair(RSA, id(4), Attribute.SIGN);
        Outcome<KeyId> aes = session.generateKey(AES, kept(id(5)), secret());
        Outcome<KeyId> edwards = pair(new KeySpec.Ed25519(), id(6), Attribute.SIGN);
        Outcome<KeyId> hmac = session.generateKey(HMAC, kept(id(7)), scratch().with(Attribute.SIGN, true));
        var found = new ArrayList<Latency>();
        timed(found, "random_32_bytes", calls, nanos, () -> token.random(32));
        timed(
                found,
                "sign_ec_p256",
                calls,
                nanos,
                () -> ec.then(id -> session.sign(id, SignatureScheme.ECDSA_SHA256, MESSAGE)));
        timed(
                found,
                "sign_rsa_2048",
                calls,
                nanos,
                () -> rsa.then(id -> session.sign(id, SignatureScheme.RSA_SHA256, MESSAGE)));
        timed(
                found,
                "sign_ed25519",
                calls,
                nanos,
                () -> edwards.then(id -> session.sign(id, SignatureScheme.ED25519, MESSAGE)));
        timed(
                found,
                "hmac_256",
                calls,
                nanos,
                () -> hmac.then(id -> session.sign(id, SignatureScheme.of(HMAC), MESSAGE)));
        timed(
                found,
                "encrypt_aes_256",
                calls,
                nanos,
                () -> aes.then(id -> session.encrypt(id, CipherScheme.AES_BLOCKS, BLOCK)));
        timed(
                found,
                "decrypt_aes_256",
                calls,
                nanos,
                () -> aes.then(id -> session.decrypt(id, CipherScheme.AES_BLOCKS, BLOCK)));
        return List.copyOf(found);
    }

    private static <T> void timed(
            List<Latency> into, String operation, int calls, LongSupplier nanos, Supplier<Outcome<T>> call) {
        if (Latency.measured(operation, calls, nanos, call) instanceof Outcome.Done<Latency>(var latency)) {
            into.add(latency);
        }
    }

    private Outcome<KeyId> pair(KeySpec.Pair spec, KeyId id, Attribute allowed) {
        Template publicHalf = new Template(LABEL, Map.of(Attribute.TOKEN, false, Attribute.PRIVATE, false));
        return session.generateKeyPair(spec, kept(id), publicHalf, secret(allowed))
                .map(key -> id);
    }

    private static Template secret(Attribute allowed) {
        return scratch()
                .with(Attribute.SIGN, allowed == Attribute.SIGN)
                .with(Attribute.DECRYPT, allowed == Attribute.DECRYPT)
                .with(Attribute.UNWRAP, false);
    }

    private static Template secret() {
        return scratch().with(Attribute.ENCRYPT, true).with(Attribute.DECRYPT, true);
    }

    private static Template scratch() {
        return new Template(
                LABEL,
                Map.of(
                        Attribute.TOKEN, false,
                        Attribute.PRIVATE, true,
                        Attribute.SENSITIVE, true,
                        Attribute.EXTRACTABLE, false));
    }

    private KeyId kept(KeyId id) {
        made.add(id);
        return id;
    }

    private void clear() {
        made.forEach(id -> session.find(id).forEach(session::destroy));
    }

    private static KeyId id(int number) {
        return new KeyId(String.format(Locale.ROOT, "4ea17400%024x", number));
    }
}
