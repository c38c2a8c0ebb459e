package org.quorate.ui.model;

import java.nio.charset.StandardCharsets;
import org.quorate.base.Digest;
import org.quorate.ui.backstage.ScriptLibrary.Opened;
import org.quorate.ui.backstage.ScriptName;

/// A script on the page: what lies on the disk, and what is written over it. In the text a line always ends with one
/// line feed; the file keeps the ends of line that it has.
///
/// @param source the bytes on the disk
/// @param digest of them
public record OpenScript(ScriptName name, byte[] source, Digest digest, String saved, String text) {
    private static final String CRLF = "\r\n";

    static OpenScript of(ScriptName name, Opened opened) {
        String text = lines(opened.text());
        return new OpenScript(name, opened.source(), opened.digest(), text, text);
    }

    static String lines(String text) {
        return text.replace(CRLF, "\n").replace('\r', '\n');
    }

    OpenScript with(String now) {
        return new OpenScript(name, source, digest, saved, lines(now));
    }

    OpenScript written(byte[] bytes, String what, Digest of) {
        return new OpenScript(name, bytes, of, what, text);
    }

    public boolean dirty() {
        return !text.equals(saved);
    }

    /// What would stand in the file; untouched, to the letter what stands there.
    byte[] bytes() {
        if (!dirty()) {
            return source;
        }
        boolean windows = new String(source, StandardCharsets.UTF_8).contains(CRLF);
        return (windows ? text.replace("\n", CRLF) : text).getBytes(StandardCharsets.UTF_8);
    }
}
