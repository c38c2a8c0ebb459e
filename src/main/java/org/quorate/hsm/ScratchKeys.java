package org.quorate.hsm;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.quorate.base.ProblemException;

/// The objects on which a token is attacked. They are of the session, and public, so that they need no login; where a
/// token makes no such objects, they are private ones of the token. All are gone at the end; their CKA_IDs are always
/// the same, so that what a console left that was killed in the middle goes with the next attack.
///
/// They are made one by one, since a token that cannot make the one may make the other, and the first kind that it does
/// make is taken.
final class ScratchKeys implements AutoCloseable {
    static final KeySpec.Aes AES = new KeySpec.Aes(256);
    static final KeyId WRAPPING = id(1);
    static final KeyId LEAVING = id(2);
    static final KeyId STAYING = id(3);
    static final KeyId STAYING_PAIR = id(4);
    static final KeyId UNWRAPPED = id(5);
    static final KeyId COPIED = id(6);
    static final KeyId WRAPPING_AND_DECRYPTING = id(7);
    static final KeyId BARE = id(8);
    static final KeyId TRANSPORT = id(9);

    private static final List<KeyId> ALL = List.of(
            WRAPPING, LEAVING, STAYING, STAYING_PAIR, UNWRAPPED, COPIED, WRAPPING_AND_DECRYPTING, BARE, TRANSPORT);
    private static final String LABEL = "admission";

    private final TokenSession session;

    /// Whether they are objects of the token.
    final boolean onToken;

    /// What [#STAYING_PAIR] is, where it could be made.
    final KeySpec.Pair pairSpec;

    /// How [#wrapped] was made.
    final WrapScheme scheme;

    final Outcome<KeyId> staying;
    final Outcome<KeyId> pair;

    /// [#LEAVING] under [#WRAPPING]. A wrap that must be refused is preceded by one that must succeed, because a token
    /// that can wrap nothing would otherwise pass.
    final Outcome<byte[]> wrapped;

    final Outcome<KeyId> unwrapped;

    private record Pair(boolean onToken, KeySpec.Pair spec, Outcome<KeyId> made) {}

    private record Wrapped(WrapScheme scheme, Outcome<byte[]> bytes) {}

    /// @param mayUseToken whether somebody is logged in, so that the token can be written
    ScratchKeys(TokenSession session, boolean mayUseToken) {
        this.session = session;
        clear();
        var ec = new KeySpec.Ec(KeySpec.Curve.P256);
        var rsa = new KeySpec.Rsa(2048);
        Pair first = first(
                found -> found.made() instanceof Outcome.Done,
                List.of(
                        () -> pair(false, ec),
                        () -> pair(false, rsa),
                        () -> mayUseToken ? pair(true, ec) : pair(false, rsa)));
        pair = first.made();
        pairSpec = first.spec();
        onToken = first.onToken();
        staying = session.generateKey(AES, STAYING, secret(false));
        Outcome<KeyId> both = session.generateKey(AES, WRAPPING, wrapping())
                .then(id -> session.generateKey(AES, LEAVING, secret(true)));
        Wrapped leaving = first(
                found -> found.bytes() instanceof Outcome.Done,
                List.of(
                        () -> wrapped(both, WrapScheme.AES_KWP),
                        () -> wrapped(both, WrapScheme.AES_KW),
                        () -> wrapped(both, WrapScheme.AES_CBC_PAD)));
        wrapped = leaving.bytes();
        scheme = leaving.scheme();
        unwrapped = wrapped.then(bytes -> session.unwrap(WRAPPING, scheme, bytes, AES, UNWRAPPED, secret(false)));
    }

    /// The first that is as wanted; where none is, the first of all, whose refusal says most.
    private static <T> T first(Function<T, Boolean> wanted, List<Supplier<T>> ways) {
        T one = ways.getFirst().get();
        if (wanted.apply(one)) {
            return one;
        }
        return ways.stream()
                .skip(1)
                .map(Supplier::get)
                .filter(wanted::apply)
                .findFirst()
                .orElse(one);
    }

    private Pair pair(boolean token, KeySpec.Pair spec) {
        return new Pair(
                token,
                spec,
                session.generateKeyPair(spec, STAYING_PAIR, publicHalf(token), privateHalf(token))
                        .map(key -> STAYING_PAIR));
    }

    private Wrapped wrapped(Outcome<KeyId> both, WrapScheme way) {
        return new Wrapped(way, both.then(id -> session.wrap(WRAPPING, way, LEAVING, ObjectClass.SECRET_KEY)));
    }

    Outcome<byte[]> wrap(KeyId wrapping, KeyId target, ObjectClass kind) {
        return session.wrap(wrapping, scheme, target, kind);
    }

    Template wrapping() {
        return secret(false).with(Attribute.WRAP, true).with(Attribute.UNWRAP, true);
    }

    Template secret(boolean extractable) {
        return scratch(onToken)
                .with(Attribute.SENSITIVE, true)
                .with(Attribute.EXTRACTABLE, extractable)
                .with(Attribute.WRAP, false)
                .with(Attribute.UNWRAP, false)
                .with(Attribute.ENCRYPT, false)
                .with(Attribute.DECRYPT, false);
    }

    Template transportPublicHalf() {
        return scratch(onToken).with(Attribute.WRAP, true).with(Attribute.VERIFY, false);
    }

    Template transportPrivateHalf() {
        return scratch(onToken)
                .with(Attribute.SENSITIVE, true)
                .with(Attribute.EXTRACTABLE, false)
                .with(Attribute.SIGN, false)
                .with(Attribute.UNWRAP, true);
    }

    private static Template privateHalf(boolean token) {
        return scratch(token)
                .with(Attribute.SENSITIVE, true)
                .with(Attribute.EXTRACTABLE, false)
                .with(Attribute.SIGN, true);
    }

    private static Template publicHalf(boolean token) {
        return new Template(LABEL, Map.of(Attribute.TOKEN, token, Attribute.PRIVATE, false, Attribute.VERIFY, true));
    }

    /// Nothing but where it lies.
    Template bare() {
        return new Template(LABEL, Map.of(Attribute.TOKEN, onToken));
    }

    private static Template scratch(boolean token) {
        return new Template(
                LABEL, Map.of(Attribute.TOKEN, token, Attribute.PRIVATE, token, Attribute.MODIFIABLE, true));
    }

    private void clear() {
        ALL.forEach(id -> session.find(id).forEach(session::destroy));
    }

    /// A session whose process ended has taken its objects with it; what it left on the token goes with the next
    /// attack.
    @Override
    public void close() {
        try {
            clear();
        } catch (ProblemException gone) {
            return;
        }
    }

    private static KeyId id(int number) {
        return new KeyId(String.format(Locale.ROOT, "51a0ad%026x", number));
    }
}
