package org.quorate.quorum.directory;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.quorate.base.Problem;
import org.quorate.quorum.Directory;

/// Knows the three forms apart by how they begin.
final class DirectoryReader {
    private static final Pattern LDIF = Pattern.compile("(?i)(#|version:|dn:)");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]");

    private final Map<String, Set<String>> groups = new TreeMap<>();

    static Directory read(byte[] content) {
        String text = text(content).strip();
        var reader = new DirectoryReader();
        if (text.startsWith("{")) {
            new Scim(reader).read(text);
        } else if (LDIF.matcher(text).lookingAt()) {
            new Ldif(reader).read(text);
        } else {
            new Csv(reader).read(text);
        }
        if (reader.groups.isEmpty()) {
            throw Problem.of("quorum.directory.no_groups").asException();
        }
        return new Directory(reader.groups);
    }

    private static String text(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw Problem.of("quorum.directory.no_text").causedBy(e);
        }
    }

    Set<String> group(String group, String where) {
        return groups.computeIfAbsent(seen(group, where), fresh -> new TreeSet<>());
    }

    void member(String group, String name, String where) {
        if (!group(group, where).add(seen(name, where))) {
            throw Problem.of("quorum.directory.twice", name, group, where).asException();
        }
    }

    /// What nobody can see could make two names look alike.
    private static String seen(String name, String where) {
        if (name.isBlank() || UNSEEN.matcher(name).find()) {
            throw Problem.of("quorum.directory.bad_name", where).asException();
        }
        return name;
    }
}
