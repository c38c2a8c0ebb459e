package org.quorate.quorum.directory;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.quorate.base.Problem;
import org.quorate.quorum.Directory;

/// A signed file, of which the signature is good and the content was understood.
///
/// @param signer whose signature it is; whether that one may say who belongs to a group is for people to know
public record SignedExport(X509Certificate signer, Directory directory) {
    private static final String PEM_BEGIN = "-----BEGIN ";
    private static final List<ASN1ObjectIdentifier> DIGESTS =
            List.of(NISTObjectIdentifiers.id_sha256, NISTObjectIdentifiers.id_sha384, NISTObjectIdentifiers.id_sha512);

    /// @param now by which the signer's certificate must be valid
    /// @throws org.quorate.base.ProblemException `quorum.directory.*`, with what is wrong and where
    public static SignedExport of(byte[] file, Instant now) {
        try {
            var signed = new CMSSignedData(der(file));
            if (signed.getSignedContent() == null
                    || !(signed.getSignedContent().getContent() instanceof byte[] content)) {
                throw Problem.of("quorum.directory.no_content").asException();
            }
            X509Certificate signer = verified(signed);
            if (now.isBefore(signer.getNotBefore().toInstant())
                    || now.isAfter(signer.getNotAfter().toInstant())) {
                throw Problem.of(
                                "quorum.directory.signer_expired",
                                signer.getSubjectX500Principal().getName(),
                                text(signer.getNotBefore()),
                                text(signer.getNotAfter()))
                        .asException();
            }
            return new SignedExport(signer, DirectoryReader.read(content));
        } catch (CMSException | IllegalArgumentException e) {
            throw Problem.of("quorum.directory.no_cms").causedBy(e);
        }
    }

    private static byte[] der(byte[] file) {
        var text = new String(file, StandardCharsets.US_ASCII).strip();
        if (!text.startsWith(PEM_BEGIN)) {
            return file;
        }
        String body = text.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
        return Base64.getDecoder().decode(body);
    }

    /// Each signature must be good, also where one would do: a file with a bad one is not the file that was signed.
    private static X509Certificate verified(CMSSignedData signed) throws CMSException {
        Iterator<SignerInformation> signers = signed.getSignerInfos().iterator();
        if (!signers.hasNext()) {
            throw Problem.of("quorum.directory.not_signed").asException();
        }
        SignerInformation one = signers.next();
        if (signers.hasNext()) {
            throw Problem.of("quorum.directory.several_signers").asException();
        }
        @SuppressWarnings("unchecked") // the store holds certificates; the library's selector is a raw type
        Collection<X509CertificateHolder> matching = signed.getCertificates().getMatches(one.getSID());
        X509CertificateHolder holder = matching.stream()
                .findFirst()
                .orElseThrow(() -> Problem.of("quorum.directory.no_certificate").asException());
        if (!DIGESTS.contains(one.getDigestAlgorithmID().getAlgorithm())) {
            throw Problem.of("quorum.directory.weak_digest", one.getDigestAlgOID())
                    .asException();
        }
        try {
            X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(holder);
            if (!one.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate.getPublicKey()))) {
                throw Problem.of("quorum.directory.bad_signature").asException();
            }
            return certificate;
        } catch (CertificateException | OperatorCreationException | CMSException e) {
            throw Problem.of("quorum.directory.bad_signature").causedBy(e);
        }
    }

    private static String text(Date date) {
        return date.toInstant().toString();
    }
}
