package org.quorate.hsm.pkcs11;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// The curve of Ed25519 as tokens name it in CKA_EC_PARAMS: by the OID of RFC 8410, by the name that PKCS#11 v3.0 gives
/// it, or by the OID from before RFC 8410. What a token takes, another refuses.
final class Edwards {
    private static final ASN1ObjectIdentifier BEFORE_RFC_8410 = new ASN1ObjectIdentifier("1.3.6.1.4.1.11591.15.1");
    private static final List<byte[]> NAMES = List.of(
            encoded(EdECObjectIdentifiers.id_Ed25519),
            encoded(new DERPrintableString("edwards25519")),
            encoded(BEFORE_RFC_8410));
    private static final int POINT = 32;

    private Edwards() {}

    /// Tries one name after the other, where the token knows the kind of key at all; the last refusal stands.
    static <T> T first(Function<byte[], T> act) {
        Optional<CkException> refusal = Optional.empty();
        for (byte[] name : NAMES) {
            try {
                return act.apply(name.clone());
            } catch (CkException e) {
                if (e.ofTheDevice() || e.ofTheMechanism()) {
                    throw e;
                }
                refusal = Optional.of(e);
            }
        }
        throw refusal.orElseThrow();
    }

    static boolean isName(byte[] parameters) {
        return NAMES.stream().anyMatch(name -> Arrays.equals(name, parameters));
    }

    /// CKA_EC_POINT is 32 bytes by PKCS#11 v3.0, and those in a DER OCTET STRING on tokens from before.
    static PublicKey read(byte[] point) throws GeneralSecurityException, IOException {
        byte[] bare = point.length == POINT
                ? point
                : ASN1OctetString.getInstance(point).getOctets();
        var info = new SubjectPublicKeyInfo(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), bare);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(info.getEncoded()));
    }

    /// In a DER OCTET STRING.
    ///
    /// @throws IllegalArgumentException where the key is on another curve, which is Ed448
    static byte[] point(EdECPublicKey key) {
        byte[] bare = SubjectPublicKeyInfo.getInstance(key.getEncoded())
                .getPublicKeyData()
                .getBytes();
        if (bare.length != POINT) {
            throw new IllegalArgumentException(
                    "not a key of Ed25519: " + key.getParams().getName());
        }
        return encoded(new DEROctetString(bare));
    }

    private static byte[] encoded(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a value in memory cannot be encoded", e);
        }
    }
}
