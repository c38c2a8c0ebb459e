package org.quorate.record.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNull;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.text.PDFTextStripper;
import org.quorate.base.Texts;

/// Compares two documents page by page: first the text, so that a difference can be named as people see it, then
/// everything a page is made of, its fonts included. Streams are compared as they unpack, since two machines may pack
/// the same bytes differently.
final class SamePages {
    private static final Set<COSName> NOT_COMPARED = Set.of(
            COSName.PARENT,
            COSName.P,
            COSName.LENGTH,
            COSName.FILTER,
            COSName.ANNOTS,
            COSName.getPDFName("Obj"),
            COSName.ACRO_FORM,
            COSName.getPDFName("Perms"),
            COSName.OUTLINES);

    private final PDDocument shown;
    private final PDDocument remade;
    private final IdentityHashMap<COSBase, Set<COSBase>> compared = new IdentityHashMap<>();

    SamePages(PDDocument shown, PDDocument remade) {
        this.shown = shown;
        this.remade = remade;
    }

    Optional<String> difference() throws IOException {
        if (shown.getNumberOfPages() != remade.getNumberOfPages()) {
            return Optional.of(
                    Texts.get("record.verify.detail.pages", shown.getNumberOfPages(), remade.getNumberOfPages()));
        }
        for (int page = 0; page < shown.getNumberOfPages(); page++) {
            Optional<String> difference = page(page);
            if (difference.isPresent()) {
                return difference;
            }
        }
        boolean same = same(
                shown.getDocumentCatalog().getCOSObject(),
                remade.getDocumentCatalog().getCOSObject());
        return same ? Optional.empty() : Optional.of(Texts.get("record.verify.detail.beside"));
    }

    private Optional<String> page(int index) throws IOException {
        PDPage one = shown.getPage(index);
        PDPage other = remade.getPage(index);
        if (same(one.getCOSObject(), other.getCOSObject()) && annotations(one, index)) {
            return Optional.empty();
        }
        List<String> shownLines = lines(shown, index + 1);
        List<String> remadeLines = lines(remade, index + 1);
        for (int i = 0; i < Math.max(shownLines.size(), remadeLines.size()); i++) {
            String have = i < shownLines.size() ? shownLines.get(i) : "";
            String want = i < remadeLines.size() ? remadeLines.get(i) : "";
            if (!have.equals(want)) {
                return Optional.of(Texts.get("record.verify.detail.line", index + 1, have, want));
            }
        }
        return Optional.of(Texts.get("record.verify.detail.drawing", index + 1));
    }

    private static List<String> lines(PDDocument document, int page) throws IOException {
        var stripper = new PDFTextStripper();
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        return stripper.getText(document).lines().toList();
    }

    /// Nothing lies over a page but the invisible field of the signature, on the first.
    private static boolean annotations(PDPage page, int index) throws IOException {
        List<PDAnnotation> annotations = new ArrayList<>(page.getAnnotations());
        if (index > 0) {
            return annotations.isEmpty();
        }
        return annotations.size() == 1
                && annotations.getFirst() instanceof PDAnnotationWidget widget
                && widget.getRectangle().getWidth() == 0
                && widget.getRectangle().getHeight() == 0;
    }

    private boolean same(COSBase one, COSBase other) throws IOException {
        COSBase left = resolve(one);
        COSBase right = resolve(other);
        if (left instanceof COSDictionary || left instanceof COSArray) {
            Set<COSBase> seen =
                    compared.computeIfAbsent(left, key -> Collections.newSetFromMap(new IdentityHashMap<>()));
            if (!seen.add(right)) {
                return true;
            }
        }
        if (left instanceof COSStream a && right instanceof COSStream b) {
            return Arrays.equals(unpacked(a), unpacked(b)) && sameMembers(a, b);
        }
        if (left instanceof COSDictionary a && right instanceof COSDictionary b) {
            return !(left instanceof COSStream) && !(right instanceof COSStream) && sameMembers(a, b);
        }
        if (left instanceof COSArray a && right instanceof COSArray b) {
            return sameItems(a, b);
        }
        if (left instanceof COSNumber a && right instanceof COSNumber b) {
            return a.floatValue() == b.floatValue();
        }
        return left.equals(right);
    }

    private static COSBase resolve(COSBase base) {
        if (base instanceof COSObject reference) {
            COSBase target = reference.getObject();
            return target == null ? COSNull.NULL : target;
        }
        return base == null ? COSNull.NULL : base;
    }

    private boolean sameItems(COSArray one, COSArray other) throws IOException {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean sameMembers(COSDictionary one, COSDictionary other) throws IOException {
        var keys = new HashSet<>(one.keySet());
        keys.addAll(other.keySet());
        keys.removeAll(NOT_COMPARED);
        for (COSName key : keys) {
            if (!same(one.getItem(key), other.getItem(key))) {
                return false;
            }
        }
        return true;
    }

    private static byte[] unpacked(COSStream stream) throws IOException {
        try (InputStream in = stream.createInputStream()) {
            return in.readAllBytes();
        }
    }
}
