/// The console as one closed module; `org.quorate.app` is its only door.
@org.jspecify.annotations.NullMarked
module org.quorate {
    requires static transitive org.jspecify;
    requires java.management; // processor time, for the bench
    requires java.naming; // names of certificates
    requires java.sql;
    requires java.sql.rowset; // sqlite-jdbc's result sets stand on it
    requires java.desktop;
    requires java.smartcardio;
    requires jdk.net; // acknowledging at once, for virtual cards
    requires jdk.crypto.cryptoki; // SunPKCS11, the independent witness
    requires java.logging;
    requires javafx.controls;
    requires atlantafx.base;
    requires org.controlsfx.controls;
    requires org.fxmisc.richtext;
    requires org.fxmisc.flowless; // and the next two, whose types stand in the methods of richtext
    requires org.fxmisc.undo;
    requires reactfx;
    requires org.kordamp.ikonli.javafx;
    requires org.kordamp.ikonli.materialdesign2;
    requires org.apache.pdfbox;
    requires org.apache.commons.logging; // PDFBox is an automatic module and cannot pull a named one in
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.util;
    requires com.google.zxing;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires org.xerial.sqlitejdbc;
    requires info.picocli;

    opens org.quorate.app.command to
            info.picocli; // fills options and parameters by reflection
}
