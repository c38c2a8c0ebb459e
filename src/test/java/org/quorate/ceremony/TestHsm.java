package org.quorate.ceremony;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.quorate.base.Digest;
import org.quorate.base.Secret;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.CertifiedKeys;
import org.quorate.hsm.CipherScheme;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.InspectedObject;
import org.quorate.hsm.KeyCheckValue;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyReport;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.MadeKey;
import org.quorate.hsm.Mechanism;
import org.quorate.hsm.ModuleInfo;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.Template;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenRoom;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.WrapScheme;

/// An HSM in memory that does at the next change just what a test wants: all of it, half or nothing, and then answers,
/// does not answer, or takes the whole console down.
final class TestHsm implements Hsm {
    /// What happens at the next call that changes something.
    record Fault(Effect effect, Reply reply) {}

    enum Effect {
        NOTHING,
        HALF,
        ALL
    }

    enum Reply {
        REFUSED,
        UNKNOWN,
        /// As if the console had been killed in the middle of the call.
        KILLED
    }

    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final String PIN = "11112222";

    private final Random random = new Random(20261122);
    final List<TestToken> present = new ArrayList<>();
    Optional<Fault> fault = Optional.empty();
    /// What the token answers where it refuses.
    String refusal = "CKR_DEVICE_ERROR";
    /// Every PIN that was ever set.
    final List<String> pinsSet = new ArrayList<>();
    /// Every template of a call that made an object, as it was given.
    final List<Template> given = new ArrayList<>();
    /// The value of each key that came in clear, the last one under its id.
    final Map<KeyId, byte[]> values = new HashMap<>();
    private long handles;

    TestHsm(String... serials) {
        for (String serial : serials) {
            present.add(new TestToken(serial));
        }
    }

    TestToken token(String serial) {
        return present.stream()
                .filter(token -> token.serial.equals(serial))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public ModuleInfo module() {
        return new ModuleInfo("/module.so", Digest.of(new byte[1]), "3.0", "Test", "In memory", "1.0");
    }

    @Override
    public List<Token> tokens() {
        return List.copyOf(present);
    }

    @Override
    public List<String> emptySlots() {
        return List.of();
    }

    @Override
    public Outcome<Optional<Long>> slotEvent() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> extensions() {
        return List.of();
    }

    @Override
    public List<String> drainCallLog() {
        return List.of();
    }

    @Override
    public void close() {}

    private <T> Outcome<T> change(Runnable half, Supplier<T> all) {
        Optional<Fault> now = fault;
        fault = Optional.empty();
        if (now.isEmpty()) {
            return new Outcome.Done<>(all.get());
        }
        switch (now.get().effect()) {
            case NOTHING -> {}
            case HALF -> half.run();
            case ALL -> all.get();
        }
        return switch (now.get().reply()) {
            case REFUSED -> new Outcome.Refused<>("C_Test", refusal);
            case UNKNOWN -> new Outcome.Unknown<>("C_Test", "the host was lost");
            case KILLED -> throw new Killed();
        };
    }

    private static final class Kept {
        final TokenObject object;
        final PublicKey key;
        final Optional<PrivateKey> secret;
        boolean extractable;

        Kept(TokenObject object, PublicKey key, Optional<PrivateKey> secret) {
            this.object = object;
            this.key = key;
            this.secret = secret;
        }
    }

    final class TestToken implements Token {
        private final String serial;
        String label = "token";
        boolean userPin = true;
        /// It says that it was initialised, and keeps everything.
        boolean lies;
        Set<String> moreFlags = Set.of();
        /// What every login with a PIN is answered.
        Optional<String> refusedLogin = Optional.empty();
        /// How often somebody logged in with an empty PIN, which a token with a pad takes for the one typed there.
        int atThePad;
        private final Map<PinKind, String> pins = new EnumMap<>(PinKind.class);
        private final List<Kept> objects = new ArrayList<>();

        TestToken(String serial) {
            this.serial = serial;
        }

        /// Somebody brings all objects of another token over, behind the back of the console.
        void takeFrom(TestToken other) {
            objects.addAll(other.objects);
        }

        void forget(ObjectClass kind) {
            objects.removeIf(kept -> kept.object.kind() == kind);
        }

        /// Another public key stands where that of a pair was.
        void swapPublicKey() {
            objects.replaceAll(kept -> new Kept(kept.object, Session.newPair().getPublic(), kept.secret));
        }

        List<ObjectClass> kinds() {
            return objects.stream().map(kept -> kept.object.kind()).toList();
        }

        @Override
        public CertifiedKeys certifiedKeys() {
            throw new UnsupportedOperationException("no card is behind this module");
        }

        @Override
        public TokenInfo info() {
            Set<String> flags = new LinkedHashSet<>(Set.of("CKF_TOKEN_INITIALIZED"));
            if (userPin) {
                flags.add("CKF_USER_PIN_INITIALIZED");
            }
            flags.addAll(moreFlags);
            return new TokenInfo(7, label, "Test", "Memory", serial, "1", "1", flags, 4, 64, TokenRoom.UNKNOWN);
        }

        @Override
        public List<Mechanism> mechanisms() {
            return List.of();
        }

        @Override
        public Outcome<TokenInfo> initialise(Secret soPin, String newLabel) {
            if (lies) {
                label = newLabel;
                return new Outcome.Done<>(info());
            }
            Runnable half = () -> {
                objects.clear();
                label = newLabel;
                userPin = false;
            };
            return isRight(PinKind.SECURITY_OFFICER, soPin)
                    ? change(half, () -> {
                        half.run();
                        userPin = true;
                        return info();
                    })
                    : new Outcome.Refused<>("C_InitToken", "CKR_PIN_INCORRECT");
        }

        @Override
        public Outcome<TokenInfo> setUserPin(Secret soPin, Secret newPin) {
            if (!isRight(PinKind.SECURITY_OFFICER, soPin)) {
                return new Outcome.Refused<>("C_Login", "CKR_PIN_INCORRECT");
            }
            userPin = true;
            pins.put(PinKind.USER, text(newPin));
            pinsSet.add(text(newPin));
            return new Outcome.Done<>(info());
        }

        @Override
        public Outcome<TokenInfo> setRolePin(Secret soPin, long userType, Secret pin) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome<byte[]> random(int length) {
            var bytes = new byte[length];
            random.nextBytes(bytes);
            return new Outcome.Done<>(bytes);
        }

        @Override
        public Outcome<TokenSession> open(Login login) {
            if (refusedLogin.isPresent() && !(login instanceof Login.None)) {
                if (info().hasPinPad() && ++atThePad > 3) {
                    throw new AssertionError("the device has locked the PIN");
                }
                return new Outcome.Refused<>("C_Login", refusedLogin.get());
            }
            boolean right = switch (login) {
                case Login.None() -> true;
                case Login.User(var pin) -> isRight(PinKind.USER, pin);
                case Login.SecurityOfficer(var pin) -> isRight(PinKind.SECURITY_OFFICER, pin);
                case Login.Role role -> throw new UnsupportedOperationException();
                case Login.CardSet cards -> throw new UnsupportedOperationException();
            };
            return right
                    ? new Outcome.Done<>(new Session(this))
                    : new Outcome.Refused<>("C_Login", "CKR_PIN_INCORRECT");
        }

        private boolean isRight(PinKind kind, Secret pin) {
            if (pin.length() == 0 && info().hasPinPad()) {
                atThePad++;
                return true;
            }
            return text(pin).equals(pins.getOrDefault(kind, PIN));
        }

        private static String text(Secret pin) {
            return pin.use(bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
        }

        @Override
        public Outcome<TokenInfo> changePin(PinKind kind, Secret old, Secret fresh) {
            if (!isRight(kind, old)) {
                return new Outcome.Refused<>("C_Login", "CKR_PIN_INCORRECT");
            }
            return change(() -> {}, () -> {
                pins.put(kind, text(fresh));
                pinsSet.add(text(fresh));
                return info();
            });
        }

        private KeyId add(ObjectClass kind, KeyId id, Template template, PublicKey key, Optional<PrivateKey> secret) {
            var kept = new Kept(new TokenObject(++handles, kind, template.label(), Optional.of(id), true), key, secret);
            kept.extractable = template.get(Attribute.EXTRACTABLE).orElse(false);
            objects.add(kept);
            return id;
        }

        private KeyId add(ObjectClass kind, KeyId id, Template template, PublicKey key) {
            return add(kind, id, template, key, Optional.empty());
        }
    }

    private final class Session implements TokenSession {
        private final TestToken token;

        Session(TestToken token) {
            this.token = token;
        }

        private static KeyPair newPair() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Outcome<PublicKey> generateKeyPair(
                KeySpec.Pair spec, KeyId id, Template publicHalf, Template privateHalf) {
            given.add(publicHalf);
            given.add(privateHalf);
            KeyPair pair = newPair();
            PublicKey key = pair.getPublic();
            return change(() -> token.add(ObjectClass.PUBLIC_KEY, id, publicHalf, key), () -> {
                token.add(ObjectClass.PUBLIC_KEY, id, publicHalf, key);
                token.add(ObjectClass.PRIVATE_KEY, id, privateHalf, key, Optional.of(pair.getPrivate()));
                return key;
            });
        }

        @Override
        public Outcome<KeyId> generateKey(KeySpec.Secret spec, KeyId id, Template template) {
            given.add(template);
            return change(
                    () -> {},
                    () -> token.add(
                            ObjectClass.SECRET_KEY, id, template, newPair().getPublic()));
        }

        @Override
        public Outcome<KeyId> importSecretKey(MadeKey key, KeyId id, Template template) {
            given.add(template);
            byte[] value = key.secret().use(byte[]::clone);
            return change(() -> {}, () -> {
                values.put(id, value);
                return token.add(ObjectClass.SECRET_KEY, id, template, newPair().getPublic());
            });
        }

        @Override
        public Outcome<KeyId> importPublicKey(PublicKey key, KeyId id, Template template) {
            given.add(template);
            return change(() -> {}, () -> token.add(ObjectClass.PUBLIC_KEY, id, template, key));
        }

        @Override
        public Outcome<KeyId> importCertificate(byte[] der, KeyId id, String label) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<TokenObject> objects() {
            return token.objects.stream().map(kept -> kept.object).toList();
        }

        @Override
        public List<InspectedObject> inspect(Set<String> attributes) {
            throw new UnsupportedOperationException();
        }

        private Kept kept(KeyId id) {
            return token.objects.stream()
                    .filter(kept -> kept.object.id().equals(Optional.of(id)))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public Outcome<PublicKey> publicKey(KeyId id) {
            return new Outcome.Done<>(kept(id).key);
        }

        @Override
        public KeyReport report(TokenObject object, Template asked) {
            List<KeyReport.Line> lines = asked.attributes().entrySet().stream()
                    .map(wish -> new KeyReport.Line(
                            wish.getKey(), Optional.of(wish.getValue()), Optional.of(reported(object, wish))))
                    .toList();
            return new KeyReport(object.kind(), object.label(), object.id().orElseThrow(), lines);
        }

        private boolean reported(TokenObject object, Map.Entry<Attribute, Boolean> wish) {
            return wish.getKey() == Attribute.EXTRACTABLE && object.kind() == ObjectClass.PRIVATE_KEY
                    ? extractable(object)
                    : wish.getValue();
        }

        private boolean extractable(TokenObject object) {
            return token.objects.stream().anyMatch(kept -> kept.object.equals(object) && kept.extractable);
        }

        @Override
        public Outcome<byte[]> sign(KeyId id, SignatureScheme scheme, byte[] message) {
            PrivateKey key = token.objects.stream()
                    .filter(kept -> kept.object.id().equals(Optional.of(id)))
                    .flatMap(kept -> kept.secret.stream())
                    .findFirst()
                    .orElseThrow();
            return change(() -> {}, () -> signature(key, scheme, message));
        }

        private static byte[] signature(PrivateKey key, SignatureScheme scheme, byte[] message) {
            try {
                Signature signature = Signature.getInstance(scheme.jca());
                signature.initSign(key);
                signature.update(message);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Outcome<byte[]> sign(KeyId id, SignatureScheme scheme, byte[] message, Secret keyPin) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome<byte[]> encrypt(KeyId id, CipherScheme scheme, byte[] data) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome<byte[]> decrypt(KeyId id, CipherScheme scheme, byte[] data) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome<Secret> agree(KeyId id, ECPublicKey theirs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome<KeyId> copy(TokenObject object, KeyId id, Template template) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome<KeyCheckValue> checkValue(TokenObject key) {
            byte[] value = Optional.ofNullable(values.get(key.id().orElseThrow()))
                    .orElseThrow(UnsupportedOperationException::new);
            try (var made = new MadeKey(Secret.ofBytes(value.clone()))) {
                return new Outcome.Done<>(made.checkValue());
            }
        }

        @Override
        public Outcome<Boolean> verify(KeyId id, SignatureScheme scheme, byte[] message, byte[] signature) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome<List<WrapScheme>> keyWraps() {
            return new Outcome.Done<>(List.of(WrapScheme.AES_KWP));
        }

        @Override
        public Outcome<byte[]> wrap(KeyId wrapping, WrapScheme scheme, KeyId target, ObjectClass targetKind) {
            boolean leaves = token.objects.stream()
                    .anyMatch(kept -> kept.object.id().equals(Optional.of(target))
                            && kept.object.kind() == targetKind
                            && kept.extractable);
            return leaves
                    ? new Outcome.Done<>(new byte[40])
                    : new Outcome.Refused<>("C_WrapKey", "CKR_KEY_UNEXTRACTABLE");
        }

        @Override
        public Outcome<KeyId> unwrap(
                KeyId unwrapping, WrapScheme scheme, byte[] wrapped, KeySpec spec, KeyId id, Template template) {
            given.add(template);
            ObjectClass kind = spec instanceof KeySpec.Secret ? ObjectClass.SECRET_KEY : ObjectClass.PRIVATE_KEY;
            return change(
                    () -> {}, () -> token.add(kind, id, template, newPair().getPublic()));
        }

        @Override
        public Outcome<TokenObject> set(TokenObject object, Attribute attribute, boolean value) {
            return change(() -> {}, () -> {
                token.objects.stream()
                        .filter(kept -> kept.object.equals(object))
                        .forEach(kept -> kept.extractable = value);
                return object;
            });
        }

        @Override
        public Outcome<TokenObject> destroy(TokenObject object) {
            return change(() -> {}, () -> {
                token.objects.removeIf(kept -> kept.object.equals(object));
                return object;
            });
        }

        @Override
        public Outcome<Boolean> secretReadable(TokenObject object) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
