package org.quorate.hsm.pkcs11;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.SignatureScheme;

/// How one scheme is done on one token: by the mechanism that hashes and signs where the token has it, else by hashing
/// here and signing there. PKCS#11 has ECDSA signatures as r and s side by side; certificates have them in DER.
///
/// @param input what the token is given
record Signing(Cryptoki.Mech mechanism, byte[] input) {

    static Signing of(SignatureScheme scheme, byte[] message, Collection<Long> mechanisms) {
        long combined = combined(scheme);
        if (mechanisms.contains(combined)) {
            return new Signing(Cryptoki.Mech.of(combined), message.clone());
        }
        return switch (scheme) {
            case ECDSA_SHA256, ECDSA_SHA384, ECDSA_SHA512 ->
                new Signing(Cryptoki.Mech.of(Ck.CKM_ECDSA), digest(scheme, message));
            case RSA_SHA256, RSA_SHA384 ->
                new Signing(Cryptoki.Mech.of(Ck.CKM_RSA_PKCS), digestInfo(scheme, digest(scheme, message)));
            // Nothing of these can be done here: what the token has not got it refuses.
            case ED25519, HMAC_SHA256, HMAC_SHA384, HMAC_SHA512 ->
                new Signing(Cryptoki.Mech.of(combined), message.clone());
        };
    }

    /// The object that signs.
    static ObjectClass signer(SignatureScheme scheme) {
        return scheme.isSymmetric() ? ObjectClass.SECRET_KEY : ObjectClass.PRIVATE_KEY;
    }

    /// The object that verifies.
    static ObjectClass verifier(SignatureScheme scheme) {
        return scheme.isSymmetric() ? ObjectClass.SECRET_KEY : ObjectClass.PUBLIC_KEY;
    }

    static boolean isEcdsa(SignatureScheme scheme) {
        return switch (scheme) {
            case ECDSA_SHA256, ECDSA_SHA384, ECDSA_SHA512 -> true;
            case RSA_SHA256, RSA_SHA384, ED25519, HMAC_SHA256, HMAC_SHA384, HMAC_SHA512 -> false;
        };
    }

    private static long combined(SignatureScheme scheme) {
        return switch (scheme) {
            case ECDSA_SHA256 -> Ck.CKM_ECDSA_SHA256;
            case ECDSA_SHA384 -> Ck.CKM_ECDSA_SHA384;
            case ECDSA_SHA512 -> Ck.CKM_ECDSA_SHA512;
            case RSA_SHA256 -> Ck.CKM_SHA256_RSA_PKCS;
            case RSA_SHA384 -> Ck.CKM_SHA384_RSA_PKCS;
            case ED25519 -> Ck.CKM_EDDSA;
            case HMAC_SHA256 -> Ck.CKM_SHA256_HMAC;
            case HMAC_SHA384 -> Ck.CKM_SHA384_HMAC;
            case HMAC_SHA512 -> Ck.CKM_SHA512_HMAC;
        };
    }

    private static byte[] digest(SignatureScheme scheme, byte[] message) {
        try {
            return MessageDigest.getInstance(scheme.hash()).digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + scheme.hash(), e);
        }
    }

    private static byte[] digestInfo(SignatureScheme scheme, byte[] digest) {
        ASN1ObjectIdentifier hash = scheme == SignatureScheme.RSA_SHA256
                ? NISTObjectIdentifiers.id_sha256
                : NISTObjectIdentifiers.id_sha384;
        return encoded(new DigestInfo(new AlgorithmIdentifier(hash, DERNull.INSTANCE), digest));
    }

    /// From r and s side by side to DER.
    static byte[] toDer(byte[] raw) {
        int half = raw.length / 2;
        var r = new ASN1Integer(new BigInteger(1, Arrays.copyOf(raw, half)));
        var s = new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, half, raw.length)));
        return encoded(new DERSequence(new ASN1Integer[] {r, s}));
    }

    /// From DER to r and s side by side, each as wide as the curve's order.
    ///
    /// @throws IllegalArgumentException where it is not the DER of such a signature
    static byte[] toRaw(byte[] der, int width) {
        ASN1Sequence sequence = ASN1Sequence.getInstance(der);
        byte[] raw = new byte[2 * width];
        for (int i = 0; i < 2; i++) {
            byte[] value =
                    ASN1Integer.getInstance(sequence.getObjectAt(i)).getValue().toByteArray();
            int start = value[0] == 0 ? 1 : 0;
            int length = value.length - start;
            if (length > width) {
                throw new IllegalArgumentException("the signature is too large for its curve");
            }
            System.arraycopy(value, start, raw, (i + 1) * width - length, length);
        }
        return raw;
    }

    private static byte[] encoded(org.bouncycastle.asn1.ASN1Object object) {
        try {
            return object.getEncoded("DER");
        } catch (IOException e) {
            throw new IllegalStateException("a value in memory cannot be encoded", e);
        }
    }
}
