package org.quorate.record.pdf;

import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;

/// The structure tree: what a screen reader reads in place of ink. It grows while pages are drawn; the tree from pages
/// back to elements is written at the end.
final class Tags {
    private static final COSName PG = COSName.getPDFName("Pg");

    private final COSDictionary root = new COSDictionary();
    private final Tag document;

    Tags() {
        root.setItem(COSName.TYPE, COSName.getPDFName("StructTreeRoot"));
        document = new Tag("Document", root);
        root.setItem(COSName.K, document.element);
    }

    Tag document() {
        return document;
    }

    /// One element of the tree.
    static final class Tag {
        private final String type;
        private final COSDictionary element = new COSDictionary();
        private final COSArray kids = new COSArray();

        private Tag(String type, COSDictionary parent) {
            this.type = type;
            element.setItem(COSName.TYPE, COSName.getPDFName("StructElem"));
            element.setItem(COSName.S, COSName.getPDFName(type));
            element.setItem(COSName.P, parent);
            element.setItem(COSName.K, kids);
        }

        String type() {
            return type;
        }

        COSDictionary element() {
            return element;
        }

        Tag child(String childType) {
            var child = new Tag(childType, element);
            kids.add(child.element);
            return child;
        }

        /// What is drawn until [Sheet#end] belongs to this element.
        void begin(Sheet sheet) {
            int id = sheet.nextMark(element);
            COSDictionary page = sheet.page().getCOSObject();
            COSBase known = element.getItem(PG);
            if (known == null) {
                element.setItem(PG, page);
            }
            if (known == null || page.equals(known)) {
                kids.add(COSInteger.get(id));
            } else {
                var reference = new COSDictionary();
                reference.setItem(COSName.TYPE, COSName.getPDFName("MCR"));
                reference.setItem(PG, page);
                reference.setInt(COSName.getPDFName("MCID"), id);
                kids.add(reference);
            }
            sheet.beginMarked(type, id);
        }

        Tag alt(String text) {
            element.setString(COSName.ALT, text);
            return this;
        }

        /// An attribute object, such as Table with Scope.
        Tag attribute(String owner, String name, COSBase value) {
            COSBase attributes = element.getItem(COSName.A);
            COSDictionary target;
            if (attributes instanceof COSDictionary existing) {
                target = existing;
            } else {
                target = new COSDictionary();
                target.setItem(COSName.O, COSName.getPDFName(owner));
                element.setItem(COSName.A, target);
            }
            target.setItem(COSName.getPDFName(name), value);
            return this;
        }

        Tag scope(String scope) {
            return attribute("Table", "Scope", COSName.getPDFName(scope));
        }

        /// An object, such as a form field's widget, as content of this element.
        void object(COSDictionary object, Sheet sheet) {
            var reference = new COSDictionary();
            reference.setItem(COSName.TYPE, COSName.getPDFName("OBJR"));
            reference.setItem(PG, sheet.page().getCOSObject());
            reference.setItem(COSName.getPDFName("Obj"), object);
            kids.add(reference);
        }
    }

    /// Writes the tree into the catalog.
    ///
    /// @param objects annotations that belong to an element, by their StructParent after those of the pages
    void finish(PDDocument pdf, List<Sheet> sheets, List<COSDictionary> objects) {
        var numbers = new COSArray();
        for (int i = 0; i < sheets.size(); i++) {
            var byId = new COSArray();
            sheets.get(i).marked().forEach(byId::add);
            sheets.get(i).page().setStructParents(i);
            sheets.get(i).page().getCOSObject().setItem(COSName.getPDFName("Tabs"), COSName.S);
            numbers.add(COSInteger.get(i));
            numbers.add(byId);
        }
        for (int i = 0; i < objects.size(); i++) {
            numbers.add(COSInteger.get(sheets.size() + i));
            numbers.add(objects.get(i));
        }
        var parents = new COSDictionary();
        parents.setItem(COSName.getPDFName("Nums"), numbers);
        root.setItem(COSName.getPDFName("ParentTree"), parents);
        root.setInt(COSName.getPDFName("ParentTreeNextKey"), sheets.size() + objects.size());
        pdf.getDocumentCatalog().getCOSObject().setItem(COSName.getPDFName("StructTreeRoot"), root);
    }
}
