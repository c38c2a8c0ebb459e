package org.quorate.record.pdf;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.graphics.color.PDOutputIntent;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;
import org.quorate.base.Digest;
import org.quorate.base.VisibleText;
import org.quorate.record.Attachments;
import org.quorate.record.pdf.Tags.Tag;

/// Puts finished sheets, tags, files and metadata together into the bytes of a PDF/A-3a that is also PDF/UA-1.
/// Nothing in them comes from a clock or from chance.
final class Assembly {
    static final String SIGNATURE_FIELD = "record_signature";

    private final PDDocument document;
    private final Flow flow;
    private final Metadata metadata;

    Assembly(PDDocument document, Flow flow, Metadata metadata) {
        this.document = document;
        this.flow = flow;
        this.metadata = metadata;
    }

    /// @param signatureName the field's name for people; empty where the document is not to be signed
    byte[] bytes(List<Attachments.File> files, String signatureName) throws IOException {
        PDDocumentCatalog catalog = document.getDocumentCatalog();
        document.setVersion(1.7f);
        catalog.setLanguage("en");
        var marked = new COSDictionary();
        marked.setBoolean(COSName.getPDFName("Marked"), true);
        catalog.getCOSObject().setItem(COSName.getPDFName("MarkInfo"), marked);
        var preferences = new PDViewerPreferences(new COSDictionary());
        preferences.setDisplayDocTitle(true);
        catalog.setViewerPreferences(preferences);
        for (Sheet sheet : flow.sheets()) {
            sheet.finish(document);
        }
        var objects = new ArrayList<COSDictionary>();
        if (!signatureName.isEmpty()) {
            objects.add(signatureField(signatureName));
        }
        flow.tags().finish(document, flow.sheets(), objects);
        flow.bookmarks().finish(document);
        colours();
        information();
        attach(files);
        flow.fonts().finish();
        document.setDocumentId(documentId());
        var out = new ByteArrayOutputStream();
        document.save(out, CompressParameters.NO_COMPRESSION);
        return out.toByteArray();
    }

    /// An invisible field, made before the first save so that signing adds nothing to the structure.
    private COSDictionary signatureField(String name) throws IOException {
        var form = new PDAcroForm(document);
        document.getDocumentCatalog().setAcroForm(form);
        var field = new PDSignatureField(form);
        field.setPartialName(SIGNATURE_FIELD);
        field.setAlternateFieldName(name);
        PDAnnotationWidget widget = field.getWidgets().getFirst();
        Sheet first = flow.sheets().getFirst();
        widget.setRectangle(new PDRectangle(0, 0));
        widget.setPrinted(true);
        widget.setPage(first.page());
        widget.setContents(name);
        widget.setStructParent(flow.sheets().size());
        first.page().setAnnotations(List.of(widget));
        form.setFields(List.of(field));
        Tag tag = flow.root().child("Form").alt(name);
        tag.object(widget.getCOSObject(), first);
        return tag.element();
    }

    private void colours() throws IOException {
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        var intent = new PDOutputIntent(document, new ByteArrayInputStream(profile));
        intent.setInfo("sRGB IEC61966-2.1");
        intent.setOutputCondition("sRGB IEC61966-2.1");
        intent.setOutputConditionIdentifier("sRGB IEC61966-2.1");
        intent.setRegistryName("http://www.color.org");
        document.getDocumentCatalog().addOutputIntent(intent);
    }

    private void information() throws IOException {
        var shown = new Metadata(
                VisibleText.of(metadata.title()),
                VisibleText.of(metadata.subject()),
                VisibleText.of(metadata.keywords()),
                VisibleText.of(metadata.creator()),
                metadata.moment());
        PDDocumentInformation info = document.getDocumentInformation();
        info.setTitle(shown.title());
        info.setSubject(shown.subject());
        info.setKeywords(shown.keywords());
        info.setCreator(shown.creator());
        info.setProducer(Metadata.PRODUCER);
        info.setCreationDate(shown.calendar());
        info.setModificationDate(shown.calendar());
        var xmp = new PDMetadata(document);
        xmp.importXMPMetadata(shown.xmp().getBytes(StandardCharsets.UTF_8));
        document.getDocumentCatalog().setMetadata(xmp);
    }

    private void attach(List<Attachments.File> files) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        var byName = new TreeMap<String, PDComplexFileSpecification>();
        var associated = new COSArray();
        for (Attachments.File file : files) {
            var embedded = new PDEmbeddedFile(document, new ByteArrayInputStream(file.bytes()), COSName.FLATE_DECODE);
            embedded.setSubtype(file.mime());
            embedded.setSize(file.bytes().length);
            embedded.setCreationDate(metadata.calendar());
            embedded.setModDate(metadata.calendar());
            var specification = new PDComplexFileSpecification();
            specification.setFile(file.name());
            specification.setFileUnicode(file.name());
            specification.setFileDescription(file.description());
            specification.setEmbeddedFile(embedded);
            specification.setEmbeddedFileUnicode(embedded);
            specification
                    .getCOSObject()
                    .setItem(
                            COSName.getPDFName("AFRelationship"),
                            COSName.getPDFName(file.relation().pdf()));
            byName.put(file.name(), specification);
            associated.add(specification.getCOSObject());
        }
        var tree = new PDEmbeddedFilesNameTreeNode();
        tree.setNames(byName);
        var names = new PDDocumentNameDictionary(document.getDocumentCatalog());
        names.setEmbeddedFiles(tree);
        document.getDocumentCatalog().setNames(names);
        document.getDocumentCatalog().getCOSObject().setItem(COSName.getPDFName("AF"), associated);
    }

    /// PDFBox hashes this number into the file identifier in place of the time of day.
    private long documentId() {
        String text = metadata.title() + "\n" + metadata.subject() + "\n" + metadata.moment();
        return ByteBuffer.wrap(Digest.of(text.getBytes(StandardCharsets.UTF_8)).bytes())
                .getLong();
    }
}
