package org.quorate.ledger.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quorate.ledger.Finding;
import org.quorate.ledger.Rule;

/// The tables and triggers of a ledger file, and the comparison that admits these and no others: a view or a trigger
/// more could show a reader something else than what is stored.
final class Schema {
    private static final String ENTRY = """
            CREATE TABLE entry(
              seq  INTEGER PRIMARY KEY CHECK (seq >= 0),                   -- 0, 1, 2 … no gaps
              leaf BLOB NOT NULL UNIQUE CHECK (length(leaf) = 32),         -- SHA-256(0x00 || body)
              body BLOB NOT NULL CHECK (length(body) BETWEEN 2 AND 65536)  -- the exact bytes that are hashed
            ) STRICT""";

    private static final String ARTEFACT = """
            CREATE TABLE artefact(                                         -- scripts, certificates, CSRs, vendor output, photos
              hash BLOB PRIMARY KEY CHECK (length(hash) = 32),             -- SHA-256(bytes)
              bytes BLOB NOT NULL
            ) STRICT, WITHOUT ROWID""";

    private static final String ENTRY_NEXT = """
            CREATE TRIGGER entry_next BEFORE INSERT ON entry
              WHEN NEW.seq <> (SELECT ifnull(max(seq), -1) + 1 FROM entry)
                OR json_extract(CAST(NEW.body AS TEXT), '$.prev') <>
                   (SELECT ifnull(lower(hex((SELECT leaf FROM entry WHERE seq = NEW.seq - 1))), ''))
                   AND NEW.seq > 0
              BEGIN SELECT RAISE(ABORT, 'ledger sequence gap'); END""";

    static final List<String> STATEMENTS = List.of(
            ENTRY,
            ARTEFACT,
            appendOnly("entry", "update"),
            appendOnly("entry", "delete"),
            appendOnly("artefact", "update"),
            appendOnly("artefact", "delete"),
            ENTRY_NEXT);

    /// Quoted texts, which are kept as they are, or a run of comments and white space, which is folded.
    private static final Pattern PIECES = Pattern.compile(
            "('(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`|\\[[^]]*])|(?:--[^\n]*|/\\*.*?(?:\\*/|\\z)|\\s)+", Pattern.DOTALL);

    /// A longer statement is none of ours, and is not worth a regular expression.
    private static final int LONGEST = 4096;

    private Schema() {}

    private static String appendOnly(String table, String verb) {
        return "CREATE TRIGGER %s_no_%s BEFORE %s ON %s BEGIN SELECT RAISE(ABORT, 'ledger is append-only'); END"
                .formatted(table, verb, verb.toUpperCase(Locale.ROOT), table);
    }

    /// The finding, if the schema of this database is any other.
    static Optional<Finding> check(Connection connection) throws SQLException {
        List<String> wanted = STATEMENTS.stream().map(Schema::fold).sorted().toList();
        var found = new ArrayList<String>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT type, name, sql FROM sqlite_schema")) {
            while (rows.next()) {
                String sql = rows.getString(3);
                boolean automatic = sql == null
                        && "index".equals(rows.getString(1))
                        && String.valueOf(rows.getString(2)).startsWith("sqlite_autoindex_");
                if (!automatic) {
                    found.add(fold(String.valueOf(sql)));
                }
            }
        }
        found.sort(null);
        return found.equals(wanted)
                ? Optional.empty()
                : Optional.of(Finding.ofFile(Rule.FILE_SCHEMA, unlike(wanted, found), unlike(found, wanted)));
    }

    private static String unlike(List<String> these, List<String> those) {
        var rest = new ArrayList<>(these);
        rest.removeAll(those);
        return rest.isEmpty() ? "nothing else" : String.join("; ", rest);
    }

    /// One space for each run of white space and comments.
    static String fold(String sql) {
        if (sql.length() > LONGEST) {
            return sql;
        }
        return PIECES.matcher(sql)
                .replaceAll(piece -> Matcher.quoteReplacement(piece.group(1) == null ? " " : piece.group(1)))
                .strip();
    }
}
