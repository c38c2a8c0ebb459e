package org.quorate.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;

/// One entry with what shows a stranger that it stands in the ledger, without the rest of it (C2SP tlog-proof).
///
/// The text's extra line carries what the proof needs beside itself: the body of the entry, and the console's public
/// key. Nothing there is believed: the body must hash into the tree, and the key be the one that was trusted.
///
/// @param console the console's SubjectPublicKeyInfo
/// @param path from the entry to the root of the checkpoint, nearest node first
public record EntryProof(Entry entry, byte[] console, List<Digest> path, Checkpoint.Signed checkpoint) {
    public static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";

    private static final Pattern FORM = Pattern.compile(
            Pattern.quote(FIRST_LINE)
                    + "\nextra ([A-Za-z0-9+/=]+)\nindex (0|[1-9][0-9]{0,15})\n((?:[A-Za-z0-9+/]{43}=\n){0,63})\n(.*)",
            Pattern.DOTALL);

    public EntryProof {
        path = List.copyOf(path);
    }

    /// What a proof may fail to show, in the order in which it is asked.
    public enum Fault {
        /// The body, or its number, is not that of the proof.
        NOT_IN_CHECKPOINT,
        OTHER_ORIGIN,
        NOT_SIGNED,
        NOT_TRUSTED;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public String text() {
        Json.Obj extra = Json.obj()
                .put("body", new String(entry.body(), StandardCharsets.UTF_8))
                .put("console", Base64Text.of(console))
                .build();
        var text = new StringBuilder(FIRST_LINE)
                .append("\nextra ")
                .append(Base64Text.of(extra.canonical()))
                .append("\nindex ")
                .append(entry.seq())
                .append('\n');
        path.forEach(hash -> text.append(Base64Text.of(hash.bytes())).append('\n'));
        return text.append('\n').append(checkpoint.note()).toString();
    }

    /// @throws JsonException naming what is not of the form
    public static EntryProof parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new JsonException("not a proof with an extra line, an index, a path and a checkpoint");
        }
        Json.Obj extra = Json.parseObject(base64(parts.group(1)));
        Entry entry = decode(extra.string("body").getBytes(StandardCharsets.UTF_8));
        if (!String.valueOf(entry.seq()).equals(parts.group(2))) {
            throw new JsonException("the body is that of entry " + entry.seq() + " and not " + parts.group(2));
        }
        var path = new ArrayList<Digest>();
        parts.group(3).lines().forEach(line -> path.add(Digest.ofRaw(base64(line))));
        Checkpoint.Signed checkpoint =
                Checkpoint.parse(parts.group(4)).orElseThrow(() -> new JsonException("not a signed checkpoint"));
        return new EntryProof(entry, base64(extra.string("console")), path, checkpoint);
    }

    private static Entry decode(byte[] body) {
        try {
            return EntryCodec.decode(body);
        } catch (BrokenEntryException e) {
            throw new JsonException("the body is no entry: " + e.getMessage());
        }
    }

    private static byte[] base64(String text) {
        return Base64Text.parse(text).orElseThrow(() -> new JsonException("'" + text + "' is not base64"));
    }

    /// The first thing that does not hold. Without `trust` the console's key is taken on the word of the proof.
    public Optional<Fault> fault(Optional<TrustFile> trust) {
        if (!Proofs.includes(entry.seq(), checkpoint.size(), entry.leaf(), path, checkpoint.root())) {
            return Optional.of(Fault.NOT_IN_CHECKPOINT);
        }
        if (!checkpoint.checkpoint().origin().equals(Genesis.originOf(entry.ledger()))) {
            return Optional.of(Fault.OTHER_ORIGIN);
        }
        if (!checkpoint.isSignedBy(console)) {
            return Optional.of(Fault.NOT_SIGNED);
        }
        boolean trusted = trust.map(this::isOf).orElse(true);
        return trusted ? Optional.empty() : Optional.of(Fault.NOT_TRUSTED);
    }

    private boolean isOf(TrustFile trust) {
        return trust.ledger().equals(entry.ledger())
                && trust.origin().equals(checkpoint.checkpoint().origin())
                && trust.consoleKey().equals(Digest.of(console))
                && (entry.seq() != 0 || trust.genesis().equals(entry.leaf()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntryProof proof && proof.text().equals(text());
    }

    @Override
    public int hashCode() {
        return entry.hashCode();
    }
}
