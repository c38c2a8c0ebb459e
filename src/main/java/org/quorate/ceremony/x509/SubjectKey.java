package org.quorate.ceremony.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.quorate.base.Texts;
import org.quorate.hsm.KeyPolicy;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.KeySpec.Curve;
import org.quorate.script.CertificateProfile;

/// The key of whoever asks for a certificate, held to the same rules as the keys that are made here.
public sealed interface SubjectKey {

    record Usable(PublicKey key, KeySpec.Pair spec) implements SubjectKey {
        /// Why it is too weak for what it is to be used for, until the end of `lastYear`.
        public Optional<String> objection(CertificateProfile profile, int lastYear) {
            if (profile == CertificateProfile.CODE_SIGNING && spec instanceof KeySpec.Rsa(var bits) && bits < 3072) {
                return Optional.of(Texts.get(
                        "ceremony.request.key_too_weak", spec.text(), "CA/B Forum code signing BR, section 6.1.5.1"));
            }
            return KeyPolicy.refusal(spec, lastYear)
                    .map(refusal -> Texts.get(
                            "ceremony.request.key_too_weak_for_its_time",
                            spec.text(),
                            refusal.strength(),
                            lastYear,
                            refusal.section()));
        }
    }

    record Refused(String why) implements SubjectKey {}

    Map<ASN1ObjectIdentifier, Curve> CURVES = Map.of(
            SECObjectIdentifiers.secp256r1, Curve.P256,
            SECObjectIdentifiers.secp384r1, Curve.P384,
            SECObjectIdentifiers.secp521r1, Curve.P521);

    static SubjectKey of(SubjectPublicKeyInfo info) {
        ASN1ObjectIdentifier algorithm = info.getAlgorithm().getAlgorithm();
        try {
            if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
                return rsa((RSAPublicKey) decode("RSA", info));
            }
            if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
                return ec(info);
            }
            return new Refused(Texts.get("ceremony.request.other_key", algorithm.getId()));
        } catch (GeneralSecurityException | IOException | IllegalArgumentException | ClassCastException e) {
            return new Refused(Texts.get("ceremony.request.bad_key"));
        }
    }

    private static SubjectKey rsa(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        Optional<String> forbidden = KeyPolicy.forbidden("RSA " + bits);
        if (forbidden.isPresent()) {
            return new Refused(Texts.get("ceremony.request.key_too_weak", "RSA " + bits, forbidden.get()));
        }
        BigInteger exponent = key.getPublicExponent();
        if (exponent.bitLength() < 17 || !exponent.testBit(0)) {
            return new Refused(Texts.get("ceremony.request.bad_exponent", exponent));
        }
        return KeySpec.parse("RSA " + bits)
                .<SubjectKey>map(spec -> new Usable(key, (KeySpec.Pair) spec))
                .orElseGet(() -> new Refused(Texts.get("ceremony.request.other_size", bits)));
    }

    private static SubjectKey ec(SubjectPublicKeyInfo info) throws GeneralSecurityException, IOException {
        ASN1ObjectIdentifier oid =
                ASN1ObjectIdentifier.getInstance(info.getAlgorithm().getParameters());
        Optional<Curve> curve = Optional.ofNullable(CURVES.get(oid));
        if (curve.isPresent()) {
            return new Usable(decode("EC", info), new KeySpec.Ec(curve.get()));
        }
        String name = Optional.ofNullable(ECNamedCurveTable.getName(oid)).orElse(oid.getId());
        return new Refused(Optional.ofNullable(ECNamedCurveTable.getByOID(oid))
                .map(X9ECParameters::getN)
                .flatMap(order -> KeyPolicy.forbidden("EC " + order.bitLength()))
                .map(section -> Texts.get("ceremony.request.key_too_weak", name, section))
                .orElseGet(() -> Texts.get("ceremony.request.other_curve", name)));
    }

    private static PublicKey decode(String algorithm, SubjectPublicKeyInfo info)
            throws GeneralSecurityException, IOException {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(info.getEncoded()));
    }
}
