package org.quorate.ledger;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quorate.base.Digest;

/// A size and root kept outside the ledger, as `SIZE:BASE64ROOT`.
public record AnchorLine(long size, Digest root) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,15}):([A-Za-z0-9+/]{43}=)");

    public static AnchorLine of(Head head) {
        return new AnchorLine(head.size(), head.root());
    }

    /// Empty where the text is of another form; a size of 0 anchors nothing.
    public static Optional<AnchorLine> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        long size = Long.parseLong(form.group(1));
        return Base64Text.parse(form.group(2)).map(root -> new AnchorLine(size, Digest.ofRaw(root)));
    }

    @Override
    public String toString() {
        return size + ":" + Base64Text.of(root.bytes());
    }
}
