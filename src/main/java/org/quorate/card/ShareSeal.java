package org.quorate.card;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.quorate.base.Certificates;
import org.quorate.base.Digest;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.SealedShare.Context;
import org.quorate.card.SealedShare.Scheme;

/// Seals a share to the sealing key of a card, and opens it with the card. What it is for is bound into it: a
/// share that was altered, was meant for another card, or comes from another ledger, secret or generation does not
/// open.
public final class ShareSeal {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private ShareSeal() {}

    /// @param certificate of the card's sealing key, on P-256 or P-384, or RSA
    /// @throws IllegalArgumentException where that key is of another kind, or the share is too long for it
    public static SealedShare seal(Secret share, X509Certificate certificate, Context context, SecureRandom random) {
        Digest recipient = Certificates.digest(certificate);
        byte[] bound = context.boundTo(recipient);
        try {
            return switch (certificate.getPublicKey()) {
                case ECPublicKey key -> sealByAgreement(share, key, recipient, bound, random);
                case RSAPublicKey key ->
                    new SealedShare(
                            Scheme.RSA_OAEP_SHA256, recipient, new byte[0], new byte[0], encrypted(share, key, bound));
                default -> throw new IllegalArgumentException("shares are sealed to EC and RSA keys");
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the share cannot be sealed to this key", e);
        }
    }

    private static SealedShare sealByAgreement(
            Secret share, ECPublicKey key, Digest recipient, byte[] bound, SecureRandom random)
            throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(key.getParams(), random);
        KeyPair ephemeral = generator.generateKeyPair();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try (Secret agreed = Secret.ofBytes(agreed(ephemeral.getPrivate(), key))) {
            byte[] half = ephemeral.getPublic().getEncoded();
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, derived(agreed, bound, half), nonce, bound);
            byte[] sealed = share.use(bytes -> finished(cipher, bytes));
            return new SealedShare(Scheme.ECDH_HKDF_SHA256_A256GCM, recipient, half, nonce, sealed);
        }
    }

    private static byte[] agreed(PrivateKey ours, PublicKey theirs) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(ours);
        agreement.doPhase(theirs, true);
        return agreement.generateSecret();
    }

    /// The context and the ephemeral half are part of what the key is derived for.
    private static SecretKey derived(Secret agreed, byte[] bound, byte[] ephemeral) throws GeneralSecurityException {
        byte[] info = Arrays.copyOf(bound, bound.length + ephemeral.length);
        System.arraycopy(ephemeral, 0, info, bound.length, ephemeral.length);
        HKDFParameterSpec.Extract extract =
                agreed.use(bytes -> HKDFParameterSpec.ofExtract().addIKM(bytes).extractOnly());
        KDF hkdf = KDF.getInstance("HKDF-SHA256");
        SecretKey pseudorandom = hkdf.deriveKey("Generic", extract);
        return hkdf.deriveKey("AES", HKDFParameterSpec.expandOnly(pseudorandom, info, 32));
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }

    private static byte[] finished(Cipher cipher, byte[] bytes) {
        try {
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the share cannot be sealed to this key", e);
        }
    }

    private static byte[] encrypted(Secret share, RSAPublicKey key, byte[] bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        var parameters =
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(bound));
        cipher.init(Cipher.ENCRYPT_MODE, key, parameters);
        return share.use(bytes -> finished(cipher, bytes));
    }

    /// Opens a share with the card that is there. A share for another card is refused before the PIN is tried.
    public static OpenAnswer open(SealedShare share, Card card, Secret pin, Context context) {
        Optional<X509Certificate> certificate = card.certificate(CardKey.SEALING);
        if (certificate.isEmpty() || !Certificates.digest(certificate.get()).equals(share.recipient())) {
            return new CardRefusal.Failed(Texts.get("card.share.other_card"));
        }
        byte[] bound = context.boundTo(share.recipient());
        return switch (certificate.get().getPublicKey()) {
            case ECPublicKey key -> openByAgreement(share, key, card, pin, bound);
            case RSAPublicKey key -> openByDecryption(share, key, card, pin, bound);
            default -> refused();
        };
    }

    private static CardRefusal refused() {
        return new CardRefusal.Failed(Texts.get("card.share.refused"));
    }

    private static OpenAnswer openByAgreement(SealedShare share, ECPublicKey key, Card card, Secret pin, byte[] bound) {
        Optional<ECPublicKey> ephemeral = ephemeral(share, key);
        if (ephemeral.isEmpty() || share.nonce().length != NONCE_BYTES) {
            return refused();
        }
        return switch (card.agree(pin, ephemeral.get())) {
            case OpenAnswer.Opened(var agreed) -> opened(share, agreed, bound);
            case CardRefusal refusal -> refusal;
        };
    }

    private static OpenAnswer opened(SealedShare share, Secret agreed, byte[] bound) {
        try (agreed) {
            SecretKey key = derived(agreed, bound, share.ephemeral());
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, share.nonce(), bound);
            return new OpenAnswer.Opened(Secret.ofBytes(cipher.doFinal(share.sealed())));
        } catch (GeneralSecurityException e) {
            return refused();
        }
    }

    /// Only a point of the card's own curve: with any other, a card that does not look would give its key away bit by
    /// bit.
    private static Optional<ECPublicKey> ephemeral(SealedShare share, ECPublicKey recipient) {
        if (share.scheme() != Scheme.ECDH_HKDF_SHA256_A256GCM) {
            return Optional.empty();
        }
        try {
            PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(share.ephemeral()));
            return key instanceof ECPublicKey ec
                            && ec.getParams()
                                    .getCurve()
                                    .equals(recipient.getParams().getCurve())
                            && liesOn(ec.getW(), recipient.getParams().getCurve())
                    ? Optional.of(ec)
                    : Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static boolean liesOn(ECPoint point, EllipticCurve curve) {
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
        return x.compareTo(p) < 0
                && y.compareTo(p) < 0
                && y.pow(2).subtract(right).mod(p).signum() == 0;
    }

    private static OpenAnswer openByDecryption(
            SealedShare share, RSAPublicKey key, Card card, Secret pin, byte[] bound) {
        if (share.scheme() != Scheme.RSA_OAEP_SHA256
                || share.sealed().length != (key.getModulus().bitLength() + 7) / 8) {
            return refused();
        }
        return RsaOaep.open(card, pin, share.sealed(), bound);
    }
}
