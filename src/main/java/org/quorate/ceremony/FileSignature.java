package org.quorate.ceremony;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.card.Card;
import org.quorate.card.CardAlgorithm;
import org.quorate.card.SignAnswer;
import org.quorate.quorum.Participant;

/// The signature of one person's card over a quorum file. It is made only where it verifies, both from what a card
/// answered and from what the ledger has.
///
/// @param signature PKCS#1 v1.5, or ECDSA in DER
record FileSignature(Participant person, X509Certificate certificate, CardAlgorithm algorithm, byte[] signature) {

    static Optional<FileSignature> of(Participant person, Card card, SignAnswer.Signed answer, QuorumFile file) {
        return checked(person, card.certificate(), answer.algorithm(), answer.signature(), file);
    }

    /// @param detail of an observation `file_signed`
    static Optional<FileSignature> of(Participant person, byte[] certificate, Json.Obj detail, QuorumFile file) {
        try {
            var parsed = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
            byte[] signature = Base64.getDecoder().decode(detail.string("signature"));
            return checked(person, parsed, detail.string("alg"), signature, file);
        } catch (CertificateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The key is one that counts for this person, the algorithm is the one of that key, and the signature holds.
    private static Optional<FileSignature> checked(
            Participant person, X509Certificate certificate, String algorithm, byte[] signature, QuorumFile file) {
        PublicKey key = certificate.getPublicKey();
        return CardAlgorithm.of(key)
                .filter(one -> person.hasCard(Digest.of(key.getEncoded())))
                .filter(one -> one.name().equals(algorithm) && one.verifies(key, file.message(), signature))
                .map(one -> new FileSignature(person, certificate, one, signature));
    }

    String base64() {
        return Base64.getEncoder().encodeToString(signature);
    }

    byte[] der() {
        return der(certificate);
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    Json.Obj toJson() {
        return Json.obj()
                .put("person", person.person())
                .put("name", person.name())
                .put("certificate", Base64.getEncoder().encodeToString(der()))
                .put("alg", algorithm.name())
                .put("signature", base64())
                .build();
    }
}
