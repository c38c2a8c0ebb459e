package org.quorate.record.pdf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.quorate.base.Digest;
import org.quorate.base.Texts;
import org.quorate.record.RecordVerification.Rule;
import org.quorate.record.pdf.RecordVerifier.Wrong;

/// Checks that one signature covers every byte of the file but its own place, and that it verifies.
final class SignatureCheck {
    private final byte[] pdf;
    private final PDDocument document;

    SignatureCheck(byte[] pdf, PDDocument document) {
        this.pdf = pdf;
        this.document = document;
    }

    /// SHA-256 of the certificate that signed.
    Digest signer() throws IOException {
        List<PDSignature> signatures = document.getSignatureDictionaries();
        if (signatures.size() != 1) {
            throw new Wrong(Rule.NOT_SIGNED_ONCE, Integer.toString(signatures.size()));
        }
        PDSignature signature = signatures.getFirst();
        int[] range = signature.getByteRange();
        whole(range, signature.getContents());
        byte[] signed = Arrays.copyOf(pdf, range[1] + range[3]);
        System.arraycopy(pdf, range[2], signed, range[1], range[3]);
        try {
            return verify(signed, signature.getContents());
        } catch (CMSException | GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new Wrong(Rule.SIGNATURE_WRONG, String.valueOf(e.getMessage()));
        }
    }

    /// From the first byte to the last, with one hole that holds exactly the signature as hexadecimal text.
    private void whole(int[] range, byte[] contents) {
        boolean covers = range.length == 4
                && range[0] == 0
                && range[1] > 0
                && range[2] > range[1] + 1
                && range[3] > 0
                && (long) range[2] + range[3] == pdf.length;
        if (!covers) {
            throw new Wrong(Rule.NOT_WHOLE_FILE, Texts.get("record.verify.detail.range", pdf.length));
        }
        String hole = new String(Arrays.copyOfRange(pdf, range[1], range[2]), StandardCharsets.ISO_8859_1);
        if (!hole.equals("<" + HexFormat.of().withUpperCase().formatHex(contents) + ">")) {
            throw new Wrong(Rule.NOT_WHOLE_FILE, Texts.get("record.verify.detail.hole"));
        }
    }

    private static Digest verify(byte[] signed, byte[] contents)
            throws IOException, CMSException, GeneralSecurityException, OperatorCreationException {
        var stream = new ByteArrayInputStream(contents);
        ContentInfo info;
        try (var asn1 = new ASN1InputStream(stream, contents.length)) {
            info = ContentInfo.getInstance(asn1.readObject());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IOException(e);
        }
        for (int rest = stream.read(); rest >= 0; rest = stream.read()) {
            if (rest != 0) {
                throw new IOException(Texts.get("record.verify.detail.hole"));
            }
        }
        var cms = new CMSSignedData(new CMSProcessableByteArray(signed), info);
        Collection<SignerInformation> signers = cms.getSignerInfos().getSigners();
        if (signers.size() != 1) {
            throw new IOException(Texts.get("record.verify.detail.signers", signers.size()));
        }
        SignerInformation signer = signers.iterator().next();
        @SuppressWarnings("unchecked")
        Collection<X509CertificateHolder> matching = cms.getCertificates().getMatches(signer.getSID());
        if (matching.isEmpty()) {
            throw new IOException(Texts.get("record.verify.detail.certificate"));
        }
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(matching.iterator().next());
        if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate.getPublicKey()))) {
            throw new IOException(Texts.get("record.verify.detail.signature"));
        }
        Digest digest = Digest.of(certificate.getEncoded());
        named(signer, digest);
        return digest;
    }

    /// The signer signed for this certificate and no other with the same key (RFC 5035).
    private static void named(SignerInformation signer, Digest certificate) throws IOException {
        var attribute = signer.getSignedAttributes() == null
                ? null
                : signer.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2);
        boolean same = attribute != null
                && attribute.getAttrValues().size() == 1
                && Arrays.equals(
                        SigningCertificateV2.getInstance(
                                        attribute.getAttrValues().getObjectAt(0))
                                .getCerts()[0]
                                .getCertHash(),
                        certificate.bytes());
        if (!same) {
            throw new IOException(Texts.get("record.verify.detail.certificate"));
        }
    }
}
