package org.quorate.ceremony;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.CardKey;
import org.quorate.card.CardRefusal;
import org.quorate.card.NoteAnswer;
import org.quorate.card.OpenAnswer;
import org.quorate.card.PinAnswer;
import org.quorate.card.SignAnswer;
import org.quorate.ledger.LedgerFixture.Person;

/// The card of a person of the fixture. It answers as the next test wants, otherwise as a good card does.
final class TestCard implements Card {
    static final String PIN = "493817";
    static final String PUK = "60513827";

    /// Made once for all rooms: people keep their cards.
    private static final Map<KeyPair, X509Certificate> CERTIFICATES = new ConcurrentHashMap<>();

    private static final Map<KeyPair, Sealing> SEALINGS = new ConcurrentHashMap<>();
    private static final Map<String, Sealing> RSA = new ConcurrentHashMap<>();
    final Person person;
    private final X509Certificate certificate;
    Optional<SignAnswer> next = Optional.empty();
    /// What it answers when it is to open a share.
    Optional<OpenAnswer> nextOpened = Optional.empty();
    Optional<String> note = Optional.empty();
    boolean holdsData = true;
    /// What it signs something else in the place of.
    Predicate<byte[]> spoils = message -> false;
    int signed;
    private int sealedWithRsa;
    String pin = PIN;
    int triesLeft = 3;
    /// What the next new PIN is answered with; the card takes it all the same where `takesIt`.
    Optional<PinAnswer> nextPin = Optional.empty();
    boolean takesIt;
    /// Run when the card is asked for a new PIN, before it answers.
    Runnable onNewPin = () -> {};
    /// Opens what was sealed for the card.
    Optional<Sealing> sealing;
    /// What it opened others with, for the console to wipe.
    final List<Secret> gave = new ArrayList<>();
    /// What becomes of its calls on the way.
    Line line = new Line();

    /// Between the console and the card; nothing happens on this one.
    static class Line {
        /// @param pulled what the console is told where the card is gone before it did anything, and after
        <T> T call(Supplier<T> call, T pulledBefore, T pulledAfter) {
            return call.get();
        }
    }

    TestCard(Person person) {
        this.person = person;
        this.certificate = CERTIFICATES.computeIfAbsent(person.keys(), keys -> certificate(person, keys.getPublic()));
        this.sealing = Optional.of(SEALINGS.computeIfAbsent(person.keys(), keys -> sealing(person)));
    }

    private static X509Certificate certificate(Person person, PublicKey key) {
        var name = new X500Name("CN=" + person.id());
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.ONE,
                                    Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                                    Date.from(Instant.parse("2036-01-01T00:00:00Z")),
                                    name,
                                    key)
                            .build(new JcaContentSignerBuilder(
                                            person.algorithm().jca())
                                    .build(person.keys().getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String serial() {
        return "T-" + person.id();
    }

    @Override
    public X509Certificate certificate() {
        return certificate;
    }

    @Override
    public Optional<X509Certificate> certificate(CardKey key) {
        return switch (key) {
            case SIGNING -> Optional.of(certificate);
            case SEALING -> sealing.map(Sealing::certificate);
            case PRESENCE -> Optional.empty();
        };
    }

    @Override
    public OpenAnswer agree(Secret pin, ECPublicKey other) {
        return opened(pin, () -> {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(sealing.orElseThrow().pair().getPrivate());
            agreement.doPhase(other, true);
            return agreement.generateSecret();
        });
    }

    record Sealing(KeyPair pair, X509Certificate certificate) {}

    private static Sealing sealing(Person person) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return sealing(person, generator);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Sealing sealing(Person person, KeyPairGenerator generator) {
        KeyPair pair = generator.generateKeyPair();
        return new Sealing(pair, certificate(person, pair.getPublic()));
    }

    /// A new key for sealed things, of the other kind; the first one of a person is the same in all rooms, since RSA
    /// takes its time, and so is the second.
    /// Another key is under the name of the one that seals.
    void exchangeSealing() {
        sealing = Optional.of(sealing(person));
    }

    void sealWithRsa() {
        sealedWithRsa++;
        sealing = Optional.of(RSA.computeIfAbsent(person.id() + " " + sealedWithRsa, fresh -> rsa()));
    }

    private Sealing rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return sealing(person, generator);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public OpenAnswer decrypt(Secret pin, byte[] block) {
        return opened(pin, () -> {
            Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, sealing.orElseThrow().pair().getPrivate());
            return cipher.doFinal(block);
        });
    }

    private OpenAnswer opened(Secret pin, Callable<byte[]> key) {
        return line.call(() -> openedAt(pin, key), new CardRefusal.Removed(), new CardRefusal.Removed());
    }

    private OpenAnswer openedAt(Secret pin, Callable<byte[]> key) {
        Optional<OpenAnswer> answer = nextOpened;
        nextOpened = Optional.empty();
        if (answer.isPresent()) {
            return answer.get();
        }
        if (!typed(pin).equals(this.pin)) {
            return new CardRefusal.WrongPin(2);
        }
        try {
            Secret given = Secret.ofBytes(key.call());
            gave.add(given);
            return new OpenAnswer.Opened(given);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String typed(Secret secret) {
        return secret.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public PinAnswer changePin(Secret old, Secret fresh) {
        return line.call(
                () -> newPin(typed(old).equals(pin), old, fresh),
                new CardRefusal.Removed(),
                new PinAnswer.Unknown("pulled"));
    }

    @Override
    public PinAnswer unblock(Secret puk, Secret fresh) {
        return line.call(
                () -> newPin(typed(puk).equals(PUK), puk, fresh),
                new CardRefusal.Removed(),
                new PinAnswer.Unknown("pulled"));
    }

    private PinAnswer newPin(boolean right, Secret first, Secret fresh) {
        onNewPin.run();
        Optional<PinAnswer> answer = nextPin;
        nextPin = Optional.empty();
        if (answer.isPresent()) {
            pin = takesIt ? typed(fresh) : pin;
            return answer.get();
        }
        if (!right) {
            return new CardRefusal.WrongPin(2);
        }
        pin = typed(fresh);
        triesLeft = 3;
        return new PinAnswer.Changed();
    }

    @Override
    public PinHelp pinHelp() {
        return new PinHelp(6, 6, triesLeft, Optional.of(pin));
    }

    @Override
    public SignAnswer sign(Secret pin, byte[] message) {
        return line.call(() -> signedAt(pin, message), new CardRefusal.Removed(), new CardRefusal.Removed());
    }

    private SignAnswer signedAt(Secret pin, byte[] message) {
        Optional<SignAnswer> answer = next;
        next = Optional.empty();
        if (answer.isPresent()) {
            return answer.get();
        }
        if (triesLeft == 0) {
            return new CardRefusal.Blocked();
        }
        if (!typed(pin).equals(this.pin)) {
            triesLeft--;
            return triesLeft == 0 ? new CardRefusal.Blocked() : new CardRefusal.WrongPin(triesLeft);
        }
        triesLeft = 3;
        signed++;
        return new SignAnswer.Signed(
                person.algorithm().name(), person.sign(spoils.test(message) ? new byte[] {1} : message));
    }

    @Override
    public Optional<String> kept(String origin) {
        return note.filter(text -> text.startsWith(origin + "\n"));
    }

    @Override
    public NoteAnswer keep(String text) {
        return line.call(() -> keptAt(text), NoteAnswer.FAILED, NoteAnswer.FAILED);
    }

    private NoteAnswer keptAt(String text) {
        if (holdsData) {
            note = Optional.of(text);
        }
        return holdsData ? NoteAnswer.KEPT : NoteAnswer.CANNOT;
    }
}
