package org.quorate.quorum.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.quorate.base.Problem;

/// A line a membership: columns `group` and `name` (or `displayName`) by the header, in any order and among others.
/// Fields as RFC 4180 has them, also separated by semicolons.
record Csv(DirectoryReader into) {
    void read(String text) {
        char separator = text.lines().findFirst().orElse("").indexOf(';') >= 0 ? ';' : ',';
        List<List<String>> rows = rows(text, separator);
        List<String> header = rows.getFirst().stream()
                .map(field -> field.strip().toLowerCase(Locale.ROOT))
                .toList();
        int group = header.indexOf("group");
        int name = Math.max(header.indexOf("name"), header.indexOf("displayname"));
        if (group < 0 || name < 0) {
            throw Problem.of("quorum.directory.csv_header", String.join(", ", header))
                    .asException();
        }
        for (int row = 1; row < rows.size(); row++) {
            List<String> fields = rows.get(row);
            if (fields.size() != header.size()) {
                throw Problem.of("quorum.directory.csv_fields", row + 1, fields.size(), header.size())
                        .asException();
            }
            into.member(fields.get(group).strip(), fields.get(name).strip(), String.valueOf(row + 1));
        }
    }

    private static List<List<String>> rows(String text, char separator) {
        var rows = new ArrayList<List<String>>();
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                boolean doubled = c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
                quoted = c != '"' || doubled;
                i += doubled ? 1 : 0;
                if (quoted) {
                    field.append(c);
                }
            } else if (c == '"') {
                if (!field.isEmpty()) {
                    throw Problem.of("quorum.directory.csv_quote", rows.size() + 1)
                            .asException();
                }
                quoted = true;
            } else if (c == separator) {
                fields.add(take(field));
            } else if (c == '\n') {
                fields.add(take(field));
                rows.add(List.copyOf(fields));
                fields.clear();
            } else if (c != '\r') {
                field.append(c);
            }
        }
        if (quoted) {
            throw Problem.of("quorum.directory.csv_quote", rows.size() + 1).asException();
        }
        fields.add(take(field));
        rows.add(List.copyOf(fields));
        return rows;
    }

    private static String take(StringBuilder field) {
        String taken = field.toString();
        field.setLength(0);
        return taken;
    }
}
