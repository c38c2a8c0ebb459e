package org.quorate.hsm.pkcs11;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.quorate.hsm.KeySpec;

/// Public keys as Java has them and as a token has them.
final class PublicKeys {
    /// A mark and two coordinates of 32, 48 or 66 bytes.
    private static final Set<Integer> BARE_POINTS = Set.of(65, 97, 133);

    private PublicKeys() {}

    /// CKA_EC_PARAMS: the curve's name as an OID.
    static byte[] parameters(KeySpec.Curve curve) {
        try {
            return oid(curve).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("an OID cannot be encoded", e);
        }
    }

    private static ASN1ObjectIdentifier oid(KeySpec.Curve curve) {
        return new ASN1ObjectIdentifier(
                switch (curve) {
                    case P256 -> "1.2.840.10045.3.1.7";
                    case P384 -> "1.3.132.0.34";
                    case P521 -> "1.3.132.0.35";
                });
    }

    /// Empty where the token did not report enough, or reported nonsense.
    static Optional<PublicKey> read(Attributes attributes) {
        try {
            Optional<byte[]> point = attributes.bytes(Ck.CKA_EC_POINT);
            Optional<byte[]> curve = attributes.bytes(Ck.CKA_EC_PARAMS);
            if (point.isPresent() && curve.filter(Edwards::isName).isPresent()) {
                return Optional.of(Edwards.read(point.get()));
            }
            if (point.isPresent() && curve.isPresent()) {
                return Optional.of(ec(curve.get(), point.get()));
            }
            Optional<byte[]> modulus = attributes.bytes(Ck.CKA_MODULUS);
            Optional<byte[]> exponent = attributes.bytes(Ck.CKA_PUBLIC_EXPONENT);
            if (modulus.isPresent() && exponent.isPresent()) {
                var spec = new RSAPublicKeySpec(new BigInteger(1, modulus.get()), new BigInteger(1, exponent.get()));
                return Optional.of(KeyFactory.getInstance("RSA").generatePublic(spec));
            }
            return Optional.empty();
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static PublicKey ec(byte[] parameters, byte[] point) throws GeneralSecurityException, IOException {
        var algorithm =
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, ASN1Primitive.fromByteArray(parameters));
        var info = new SubjectPublicKeyInfo(algorithm, rawPoint(point));
        return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(info.getEncoded()));
    }

    /// CKA_EC_POINT is a DER OCTET STRING by the standard, and the bare point on some tokens. Both start with a 4; the
    /// length tells them apart.
    private static byte[] rawPoint(byte[] point) {
        return BARE_POINTS.contains(point.length)
                ? point
                : ASN1OctetString.getInstance(point).getOctets();
    }

    /// The public half as CKA_EC_PARAMS and CKA_EC_POINT, or CKA_MODULUS and CKA_PUBLIC_EXPONENT.
    ///
    /// @param edwards how the token names the curve of Ed25519
    static Templates write(Templates template, PublicKey key, byte[] edwards) {
        return switch (key) {
            case ECPublicKey ec -> {
                var info = SubjectPublicKeyInfo.getInstance(ec.getEncoded());
                try {
                    byte[] curve = info.getAlgorithm()
                            .getParameters()
                            .toASN1Primitive()
                            .getEncoded();
                    byte[] point = new DEROctetString(info.getPublicKeyData().getBytes()).getEncoded();
                    yield template.bytes(Ck.CKA_EC_PARAMS, curve).bytes(Ck.CKA_EC_POINT, point);
                } catch (IOException e) {
                    throw new IllegalStateException("a key that was decoded cannot be encoded", e);
                }
            }
            case RSAPublicKey rsa ->
                template.bytes(Ck.CKA_MODULUS, unsigned(rsa.getModulus()))
                        .bytes(Ck.CKA_PUBLIC_EXPONENT, unsigned(rsa.getPublicExponent()));
            case EdECPublicKey ed ->
                template.bytes(Ck.CKA_EC_PARAMS, edwards).bytes(Ck.CKA_EC_POINT, Edwards.point(ed));
            default -> throw new IllegalArgumentException("neither EC nor RSA nor Ed25519: " + key.getAlgorithm());
        };
    }

    /// The uncompressed point, as CK_ECDH1_DERIVE_PARAMS takes it.
    static byte[] point(ECPublicKey key) {
        return SubjectPublicKeyInfo.getInstance(key.getEncoded())
                .getPublicKeyData()
                .getBytes();
    }

    /// CKA_SERIAL_NUMBER is a DER INTEGER.
    static byte[] integer(BigInteger value) {
        try {
            return new ASN1Integer(value).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a number cannot be encoded", e);
        }
    }

    static long keyType(PublicKey key) {
        return switch (key) {
            case RSAPublicKey _ -> Ck.CKK_RSA;
            case EdECPublicKey _ -> Ck.CKK_EC_EDWARDS;
            default -> Ck.CKK_EC;
        };
    }

    private static byte[] unsigned(BigInteger value) {
        byte[] signed = value.toByteArray();
        return signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
    }
}
