package org.quorate.record.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.ExternalSigningSupport;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureOptions;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.record.RecordSigner;

/// Certifies a finished record: PAdES baseline B-B, nothing may change afterwards (DocMDP P=1). The key signs outside;
/// the signed attributes are content type, message digest and signing certificate, and no time but the record's own.
final class PdfSigner {
    /// Room for the CMS; a chain of three P-384 certificates takes half of it.
    private static final int ROOM = 12_288;

    private PdfSigner() {}

    static byte[] certify(byte[] unsigned, RecordSigner signer, Instant moment) {
        try (PDDocument document = Loader.loadPDF(unsigned);
                var options = new SignatureOptions()) {
            options.setPreferredSignatureSize(ROOM);
            PDSignature signature = signature(moment);
            certification(document, signature);
            var field = (PDSignatureField)
                    document.getDocumentCatalog().getAcroForm(null).getField(Assembly.SIGNATURE_FIELD);
            field.getCOSObject().setItem(COSName.V, signature.getCOSObject());
            document.setDocumentId(ByteBuffer.wrap(Digest.of(unsigned).bytes()).getLong());
            document.addSignature(signature, options);
            var out = new ByteArrayOutputStream(unsigned.length + 4 * ROOM);
            ExternalSigningSupport external = document.saveIncrementalForExternalSigning(out);
            external.setSignature(cms(external.getContent().readAllBytes(), signer));
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a record is signed in memory", e);
        }
    }

    private static PDSignature signature(Instant moment) {
        var signature = new PDSignature();
        signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
        signature.setSubFilter(PDSignature.SUBFILTER_ETSI_CADES_DETACHED);
        signature.setReason(Bits.text("signature_reason"));
        var calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        calendar.setTimeInMillis(moment.toEpochMilli());
        signature.setSignDate(calendar);
        return signature;
    }

    /// ISO 32000-1 section 12.8.2.2: a certification signature that allows no change.
    private static void certification(PDDocument document, PDSignature signature) {
        var parameters = new COSDictionary();
        parameters.setItem(COSName.TYPE, COSName.getPDFName("TransformParams"));
        parameters.setInt(COSName.P, 1);
        parameters.setName(COSName.V, "1.2");
        parameters.setDirect(true);
        var reference = new COSDictionary();
        reference.setItem(COSName.TYPE, COSName.getPDFName("SigRef"));
        reference.setItem(COSName.getPDFName("TransformMethod"), COSName.getPDFName("DocMDP"));
        reference.setItem(COSName.getPDFName("TransformParams"), parameters);
        reference.setDirect(true);
        var references = new COSArray();
        references.add(reference);
        references.setDirect(true);
        signature.getCOSObject().setItem(COSName.getPDFName("Reference"), references);
        COSDictionary catalog = document.getDocumentCatalog().getCOSObject();
        var permissions = new COSDictionary();
        permissions.setItem(COSName.getPDFName("DocMDP"), signature.getCOSObject());
        permissions.setDirect(true);
        catalog.setItem(COSName.getPDFName("Perms"), permissions);
        catalog.setNeedToBeUpdated(true);
    }

    private static byte[] cms(byte[] content, RecordSigner signer) {
        try {
            List<X509Certificate> chain = signer.chain();
            var holder = new JcaX509CertificateHolder(chain.getFirst());
            var generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
                    .setSignedAttributeGenerator(attributes(chain.getFirst()))
                    .build(new TokenSigner(signer), holder));
            generator.addCertificates(new JcaCertStore(chain));
            return generator
                    .generate(new CMSProcessableByteArray(content), false)
                    .getEncoded();
        } catch (OperatorCreationException | CMSException | GeneralSecurityException | IOException e) {
            throw Problem.of("record.signer").causedBy(e);
        }
    }

    /// Exactly three attributes; bcpkix's own choice would add a signing time, which a record does not claim.
    private static CMSAttributeTableGenerator attributes(X509Certificate certificate)
            throws CertificateEncodingException {
        byte[] hash = Digest.of(certificate.getEncoded()).bytes();
        return parameters -> {
            var attributes = new ASN1EncodableVector();
            attributes.add(new Attribute(CMSAttributes.contentType, new DERSet((ASN1ObjectIdentifier)
                    parameters.get(CMSAttributeTableGenerator.CONTENT_TYPE))));
            attributes.add(new Attribute(CMSAttributes.messageDigest, new DERSet(new DEROctetString((byte[])
                    parameters.get(CMSAttributeTableGenerator.DIGEST)))));
            attributes.add(new Attribute(
                    PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                    new DERSet(new SigningCertificateV2(new ESSCertIDv2(hash)))));
            return new AttributeTable(attributes);
        };
    }

    /// Hands what is to be signed to the token once it is whole.
    private static final class TokenSigner implements ContentSigner {
        private final RecordSigner signer;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        TokenSigner(RecordSigner signer) {
            this.signer = signer;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
        }

        @Override
        public OutputStream getOutputStream() {
            return bytes;
        }

        @Override
        public byte[] getSignature() {
            return signer.sign(bytes.toByteArray());
        }
    }
}
