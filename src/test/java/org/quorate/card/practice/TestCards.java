package org.quorate.card.practice;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.CardKey;
import org.quorate.card.practice.PracticeTray.Holder;

/// Practice cards with keys of each kind.
public final class TestCards {
    private static final Map<Integer, KeyPair> RSA = new ConcurrentHashMap<>();

    private TestCards() {}

    /// What keys a card has. RSA keys are the same for all uses and cards, because making them takes long.
    public enum Kind {
        P256,
        P384,
        RSA_2048,
        RSA_3072;

        KeyPair next() {
            return switch (this) {
                case P256 -> pair("EC", 256);
                case P384 -> pair("EC", 384);
                case RSA_2048 -> rsa(2048);
                case RSA_3072 -> rsa(3072);
            };
        }
    }

    private static KeyPair rsa(int bits) {
        return RSA.computeIfAbsent(bits, size -> pair("RSA", size));
    }

    public static PracticeCard make(Path folder, String person, Kind kind) {
        return make(folder, person, kind::next);
    }

    public static PracticeCard make(Path folder, String person, Supplier<KeyPair> pairs) {
        return PracticeTray.create(
                folder, new Holder(person, "Holder of " + person, "Example"), TestCards::certify, pairs);
    }

    /// Gives a card that is there an RSA key for sealed things.
    public static X509Certificate sealWithRsa(Path card) throws Exception {
        CardFile file = CardFile.read(card);
        KeyPair pair = Kind.RSA_2048.next();
        var keys = new EnumMap<CardKey, CardFile.Certified>(CardKey.class);
        for (CardKey use : CardKey.values()) {
            file.certified(use).ifPresent(certified -> keys.put(use, certified));
        }
        var holder = new Holder("p1", "Holder of " + card.getFileName(), "Example");
        X509Certificate certificate = certify(pair.getPublic(), CardKey.SEALING, holder);
        try (Secret pin = Secret.ofChars(file.practicePin().toCharArray())) {
            keys.put(
                    CardKey.SEALING,
                    new CardFile.Certified(certificate, SealedKey.seal(pair.getPrivate(), pin, new SecureRandom())));
        }
        new CardFile(file.serial(), file.practicePin(), file.practicePuk(), keys).replace(card);
        return certificate;
    }

    public static Secret pin(Card card) {
        return Secret.ofChars(card.pinHelp().practicePin().orElseThrow().toCharArray());
    }

    public static Secret wrongPin(Card card) {
        String right = card.pinHelp().practicePin().orElseThrow();
        return Secret.ofChars((right.equals("000000") ? "000001" : "000000").toCharArray());
    }

    public static KeyPair pair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp" + bits + "r1"));
            } else {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static X509Certificate certify(PublicKey key, CardKey use, Holder holder) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Principal("CN=Practice"),
                    BigInteger.ONE,
                    Date.from(Instant.EPOCH),
                    Date.from(Instant.parse("2099-01-01T00:00:00Z")),
                    new X500Principal("CN=" + holder.name() + ",O=" + holder.organisation() + ",OU=" + use),
                    key);
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(
                            switch (use) {
                                case SIGNING -> KeyUsage.digitalSignature | KeyUsage.nonRepudiation;
                                case PRESENCE -> KeyUsage.digitalSignature;
                                case SEALING ->
                                    key instanceof RSAPublicKey ? KeyUsage.keyEncipherment : KeyUsage.keyAgreement;
                            }));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .build(pair("EC", 256).getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException(e);
        }
    }
}
