package org.quorate.card.pkcs11;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.Card;
import org.quorate.card.CardAlgorithm;
import org.quorate.card.CardKey;
import org.quorate.card.CardRefusal;
import org.quorate.card.NewPin;
import org.quorate.card.NoteAnswer;
import org.quorate.card.OpenAnswer;
import org.quorate.card.PinAnswer;
import org.quorate.card.SignAnswer;
import org.quorate.hsm.CertifiedKey;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;

/// One token of a module as a card. What its keys are for stands in their certificates (key usage, RFC 5280 section
/// 4.2.1.3); a token without that extension has one key that signs.
final class ModuleCard implements Card {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    private static final Set<String> GONE = Set.of(
            "CKR_TOKEN_NOT_PRESENT",
            "CKR_TOKEN_NOT_RECOGNIZED",
            "CKR_DEVICE_REMOVED",
            "CKR_SLOT_ID_INVALID",
            "CKR_SESSION_HANDLE_INVALID",
            "CKR_SESSION_CLOSED");

    private final Hsm module;
    private final Token token;
    private final Map<CardKey, CertifiedKey> keys;

    private ModuleCard(Hsm module, Token token, Map<CardKey, CertifiedKey> keys) {
        this.module = module;
        this.token = token;
        this.keys = keys;
    }

    /// Empty where the token has no certificate with a key that statements can be signed with.
    static Optional<ModuleCard> of(Hsm module, Token token, List<CertifiedKey> all) {
        var keys = new EnumMap<CardKey, CertifiedKey>(CardKey.class);
        List<CertifiedKey> signing = all.stream()
                .filter(key ->
                        CardAlgorithm.of(key.certificate().getPublicKey()).isPresent())
                .filter(key -> isFor(key, DIGITAL_SIGNATURE) || isFor(key, NON_REPUDIATION))
                .toList();
        // The key for signatures that bind comes first; the one beside it only shows who is there.
        first(signing, key -> isFor(key, NON_REPUDIATION))
                .or(() -> signing.stream().findFirst())
                .ifPresent(key -> keys.put(CardKey.SIGNING, key));
        first(signing, key -> !key.equals(keys.get(CardKey.SIGNING))).ifPresent(key -> keys.put(CardKey.PRESENCE, key));
        first(
                        all,
                        key -> key.certificate().getKeyUsage() != null
                                && (isFor(key, KEY_AGREEMENT) || isFor(key, KEY_ENCIPHERMENT)))
                .ifPresent(key -> keys.put(CardKey.SEALING, key));
        return keys.containsKey(CardKey.SIGNING) ? Optional.of(new ModuleCard(module, token, keys)) : Optional.empty();
    }

    private static Optional<CertifiedKey> first(List<CertifiedKey> keys, Predicate<CertifiedKey> wanted) {
        return keys.stream().filter(wanted).findFirst();
    }

    private static boolean isFor(CertifiedKey key, int usage) {
        boolean[] usages = key.certificate().getKeyUsage();
        return usages == null || usages[usage];
    }

    private CertifiedKey signing() {
        return Optional.ofNullable(keys.get(CardKey.SIGNING)).orElseThrow();
    }

    @Override
    public String serial() {
        return token.info().serial();
    }

    @Override
    public X509Certificate certificate() {
        return signing().certificate();
    }

    @Override
    public Optional<X509Certificate> certificate(CardKey use) {
        return Optional.ofNullable(keys.get(use)).map(CertifiedKey::certificate);
    }

    @Override
    public PinHelp pinHelp() {
        TokenInfo info = token.info();
        return info.hasPinPad()
                ? new PinHelp(0, 0, triesLeft(info), Optional.empty(), true)
                : new PinHelp(
                        (int) Math.min(info.minPin(), 64),
                        (int) Math.min(info.maxPin(), 64),
                        triesLeft(info),
                        Optional.empty(),
                        false);
    }

    /// PKCS#11 knows no number, only that it is the last try, or that there is none left.
    private static OptionalInt triesLeft(TokenInfo info) {
        return info.lastTry(PinKind.USER)
                .map(flag -> OptionalInt.of(flag.endsWith("LOCKED") ? 0 : 1))
                .orElseGet(OptionalInt::empty);
    }

    @Override
    public SignAnswer sign(Secret pin, byte[] message) {
        return sign(signing(), pin, message);
    }

    @Override
    public SignAnswer prove(Secret pin, byte[] challenge) {
        return Optional.ofNullable(keys.get(CardKey.PRESENCE))
                .map(key -> sign(key, pin, challenge))
                .orElseGet(() -> Card.super.prove(pin, challenge));
    }

    private SignAnswer sign(CertifiedKey key, Secret pin, byte[] message) {
        PublicKey publicKey = key.certificate().getPublicKey();
        CardAlgorithm algorithm = CardAlgorithm.of(publicKey).orElseThrow();
        SignatureScheme scheme = switch (algorithm) {
            case ES256 -> SignatureScheme.ECDSA_SHA256;
            case ES384 -> SignatureScheme.ECDSA_SHA384;
            case RS256 -> SignatureScheme.RSA_SHA256;
        };
        return switch (token.certifiedKeys().sign(key, scheme, pin, message)) {
            case Outcome.Done<byte[]>(var signature) -> algorithm.checked(publicKey, message, signature);
            case Outcome.Refused<byte[]>(var function, var rv) -> refusal(function, rv);
            case Outcome.Unknown<byte[]>(var function, var why) -> new CardRefusal.Failed(function + ": " + why);
        };
    }

    @Override
    public OpenAnswer agree(Secret pin, ECPublicKey other) {
        return Optional.ofNullable(keys.get(CardKey.SEALING))
                .map(key -> opened(token.certifiedKeys().agree(key, pin, other)))
                .orElseGet(() -> Card.super.agree(pin, other));
    }

    @Override
    public OpenAnswer decrypt(Secret pin, byte[] block) {
        return Optional.ofNullable(keys.get(CardKey.SEALING))
                .map(key -> opened(token.certifiedKeys().decrypt(key, pin, block)))
                .orElseGet(() -> Card.super.decrypt(pin, block));
    }

    private OpenAnswer opened(Outcome<Secret> outcome) {
        return switch (outcome) {
            case Outcome.Done<Secret>(var value) -> new OpenAnswer.Opened(value);
            case Outcome.Refused<Secret>(var function, var rv) -> refusal(function, rv);
            case Outcome.Unknown<Secret>(var function, var why) -> new CardRefusal.Failed(function + ": " + why);
        };
    }

    @Override
    public Optional<NewPin.Weakness> weakness(Secret fresh) {
        TokenInfo info = token.info();
        int length = fresh.length();
        return length < info.minPin() || length > info.maxPin()
                ? Optional.of(NewPin.Weakness.LENGTH)
                : NewPin.pattern(fresh);
    }

    /// C_SetPIN.
    @Override
    public PinAnswer changePin(Secret old, Secret fresh) {
        if (token.info().hasPinPad()) {
            return new PinAnswer.NotHere(Texts.get("card.pkcs11.new_pin_at_pad"));
        }
        return switch (token.changePin(PinKind.USER, old, fresh)) {
            case Outcome.Done<TokenInfo> done -> new PinAnswer.Changed();
            case Outcome.Refused<TokenInfo>(var function, var rv) -> refusal(function, rv);
            case Outcome.Unknown<TokenInfo>(var function, var why) -> new PinAnswer.Unknown(function + ": " + why);
        };
    }

    /// PKCS#11 has no code that unblocks a card beside the PIN of the security officer, and what that one is on a card
    /// each maker says differently.
    @Override
    public PinAnswer unblock(Secret puk, Secret fresh) {
        return new PinAnswer.NotHere(Texts.get("card.pkcs11.no_puk"));
    }

    private CardRefusal refusal(String function, String rv) {
        if (GONE.contains(rv)) {
            return new CardRefusal.Removed();
        }
        return switch (rv) {
            case "CKR_PIN_INCORRECT", "CKR_PIN_INVALID", "CKR_PIN_LEN_RANGE" -> new CardRefusal.WrongPin(triesNow());
            case "CKR_PIN_LOCKED" -> new CardRefusal.Blocked();
            case "CKR_FUNCTION_CANCELED", "CKR_FUNCTION_REJECTED" -> new CardRefusal.NoPin();
            default -> new CardRefusal.Failed(function + ": " + rv);
        };
    }

    private OptionalInt triesNow() {
        return module.bySerial(serial()).map(now -> triesLeft(now.info())).orElseGet(OptionalInt::empty);
    }

    @Override
    public Optional<String> kept(String origin) {
        return Optional.empty();
    }

    /// A data object could be written only with the PIN, which is not asked for at the close.
    @Override
    public NoteAnswer keep(String note) {
        return NoteAnswer.CANNOT;
    }

    @Override
    public String toString() {
        return "card " + serial() + " behind " + module.module().path();
    }
}
