package org.quorate.ledger.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.ledger.Entry;
import org.quorate.ledger.LedgerVerifier;
import org.quorate.ledger.VerifyProgress;
import org.sqlite.SQLiteConfig;

/// The SQL of a ledger, one method a question. Every settings value is read back, since SQLite takes an unknown or
/// impossible one in silence.
final class LedgerDatabase implements AutoCloseable {
    private static final int BUSY_MILLIS = 300;

    private final Connection connection;

    private LedgerDatabase(Connection connection) {
        this.connection = connection;
    }

    /// For writing, under the exclusive lock that is held until the connection is closed.
    static LedgerDatabase openExclusive(Path file) throws SQLException {
        var database = new LedgerDatabase(connect(file, ""));
        try {
            settings().forEach(database::set);
            database.execute("BEGIN EXCLUSIVE");
            database.execute("COMMIT");
            return database;
        } catch (SQLException | RuntimeException e) {
            database.closeAfter(e);
            throw e;
        }
    }

    /// Reads and writes as SQLite does by default, so that it rolls an unfinished transaction back.
    static LedgerDatabase openForRollback(Path file) throws SQLException {
        return new LedgerDatabase(connect(file, ""));
    }

    static LedgerDatabase openImmutable(Path file) throws SQLException {
        var database = new LedgerDatabase(connect(file, "?mode=ro&immutable=1"));
        database.execute("PRAGMA trusted_schema=OFF");
        database.execute("PRAGMA cell_size_check=ON");
        return database;
    }

    private static Connection connect(Path file, String query) throws SQLException {
        var config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        return config.createConnection(
                "jdbc:sqlite:file:" + file.toAbsolutePath().toUri().getRawPath() + query);
    }

    /// Over 45,000 simulated crashes lost nothing in this mode. `PRAGMA name` answers with the value on the right.
    private static Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("locking_mode=EXCLUSIVE", "exclusive");
        settings.put("journal_mode=TRUNCATE", "truncate");
        settings.put("synchronous=EXTRA", "3");
        settings.put("fullfsync=ON", "1");
        settings.put("trusted_schema=OFF", "0");
        settings.put("cell_size_check=ON", "1");
        settings.put("foreign_keys=ON", "1");
        settings.put("mmap_size=0", "0");
        settings.put("temp_store=MEMORY", "2");
        return settings;
    }

    private void set(String setting, String wanted) {
        String name = setting.substring(0, setting.indexOf('='));
        try {
            execute("PRAGMA " + setting);
            String found = text("PRAGMA " + name).orElse("");
            if (!found.equalsIgnoreCase(wanted)) {
                throw Problem.of("ledger.settings", setting, found).asException();
            }
        } catch (SQLException e) {
            throw SqlProblems.opening(e);
        }
    }

    /// Makes the tables of a new ledger and its first entries, all or nothing.
    void found(List<Entry> entries) throws SQLException {
        execute("PRAGMA page_size=" + FileHeader.PAGE_SIZE);
        execute("PRAGMA encoding='UTF-8'");
        execute("BEGIN EXCLUSIVE");
        execute("PRAGMA application_id=" + FileHeader.APPLICATION_ID);
        execute("PRAGMA user_version=" + FileHeader.USER_VERSION);
        for (String sql : Schema.STATEMENTS) {
            execute(sql);
        }
        for (Entry entry : entries) {
            insert(entry);
        }
        execute("COMMIT");
    }

    /// Durable when it returns; not known when it throws.
    void append(List<byte[]> artefacts, List<Entry> entries) throws SQLException {
        execute("BEGIN IMMEDIATE");
        for (byte[] artefact : artefacts) {
            insert(artefact);
        }
        for (Entry entry : entries) {
            insert(entry);
        }
        execute("COMMIT");
    }

    private void insert(Entry entry) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO entry(seq, leaf, body) VALUES (?, ?, ?)")) {
            insert.setLong(1, entry.seq());
            insert.setBytes(2, entry.leaf().bytes());
            insert.setBytes(3, entry.body());
            insert.executeUpdate();
        }
    }

    private void insert(byte[] artefact) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO artefact(hash, bytes) VALUES (?, ?)")) {
            insert.setBytes(1, Digest.of(artefact).bytes());
            insert.setBytes(2, artefact);
            insert.executeUpdate();
        }
    }

    /// The leaf of the last row, read from the file and not from the cache.
    Optional<Row> lastRow() throws SQLException {
        execute("PRAGMA shrink_memory");
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT seq, leaf, body FROM entry ORDER BY seq DESC LIMIT 1")) {
            return row.next() ? Optional.of(row(row)) : Optional.empty();
        }
    }

    /// Leaf and body lie one after the other, and whoever looks at a row takes them apart.
    record Row(long seq, byte[] both, int leafLength) {
        private static final int LEAF = 32;

        static Row of(long seq, byte[] leaf, byte[] body) {
            byte[] both = Arrays.copyOf(leaf, leaf.length + body.length);
            System.arraycopy(body, 0, both, leaf.length, body.length);
            return new Row(seq, both, leaf.length);
        }

        byte[] leaf() {
            return Arrays.copyOf(both, leafLength);
        }

        byte[] body() {
            return Arrays.copyOfRange(both, leafLength, both.length);
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        return Row.of(row.getLong(1), row.getBytes(2), row.getBytes(3));
    }

    /// Bodies from `from` (inclusive) to `to` (exclusive).
    List<byte[]> bodies(long from, long to) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT body FROM entry WHERE seq >= ? AND seq < ? ORDER BY seq")) {
            select.setLong(1, from);
            select.setLong(2, to);
            var bodies = new ArrayList<byte[]>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    bodies.add(rows.getBytes(1));
                }
            }
            return bodies;
        }
    }

    /// Rows as they stand there, `most` from `from` on; what is no bytes is none.
    void eachRow(long from, int most, Consumer<Row> taker) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT seq, CAST(ifnull(leaf, '') AS BLOB), CAST(ifnull(body, '') AS BLOB)"
                        + " FROM entry WHERE seq >= ? ORDER BY seq LIMIT ?")) {
            select.setLong(1, from);
            select.setInt(2, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    taker.accept(Row.of(rows.getLong(1), bytes(rows, 2), bytes(rows, 3)));
                }
            }
        }
    }

    private static byte[] bytes(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? new byte[0] : bytes;
    }

    Optional<byte[]> artefact(Digest hash) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT bytes FROM artefact WHERE hash = ?")) {
            select.setBytes(1, hash.bytes());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
            }
        }
    }

    /// Writes a whole, consistent copy to a file that does not exist yet.
    void copyInto(Path target) throws SQLException {
        try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, target.toAbsolutePath().toString());
            vacuum.execute();
        }
    }

    /// What a row gives in place of its number when leaf or body are not what they must be.
    private static final long ODD = -1;

    /// A call into SQLite for each column takes as long as judging the row, so leaf and body come as one.
    private static final String ROWS = "SELECT iif(typeof(leaf) = 'blob' AND typeof(body) = 'blob'"
            + " AND length(leaf) = 32, seq, -1), leaf || body FROM entry ORDER BY seq";

    private static final String ODD_ROW = "SELECT seq, leaf, body, typeof(leaf) = 'blob' AND typeof(body) = 'blob'"
            + " FROM entry ORDER BY seq LIMIT 1 OFFSET ?";

    /// Hands every row and every artefact to the verifier.
    ///
    /// @param judging where rows are judged while further ones are read
    void verify(LedgerVerifier verifier, Executor judging, VerifyProgress progress) throws SQLException {
        var wrongSchema = Schema.check(connection);
        if (wrongSchema.isPresent()) {
            verifier.ofFile(wrongSchema.get());
            return;
        }
        if (verifyRows(verifier, judging, progress)) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT hash, bytes FROM artefact ORDER BY hash")) {
                while (rows.next()) {
                    verifier.artefact(rows.getBytes(1), rows.getBytes(2));
                }
            }
        }
    }

    private boolean verifyRows(LedgerVerifier verifier, Executor judging, VerifyProgress progress) throws SQLException {
        long total = Long.parseLong(
                text("SELECT ifnull(max(seq), -1) + 1 FROM entry").orElse("0"));
        var pipeline = new ScanPipeline(verifier, judging, done -> progress.at(done, total));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ROWS)) {
            boolean wanted = true;
            for (long number = 0; wanted && rows.next(); number++) {
                long seq = rows.getLong(1);
                wanted = seq == ODD
                        ? takeOdd(pipeline, number)
                        : pipeline.take(new Row(seq, rows.getBytes(2), Row.LEAF));
            }
            return wanted && pipeline.finish();
        } catch (SQLException e) {
            // What was read before the damage is judged all the same.
            pipeline.finish();
            throw e;
        }
    }

    /// Looks at the row again that cannot be taken as most are.
    private boolean takeOdd(ScanPipeline pipeline, long number) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ODD_ROW)) {
            select.setLong(1, number);
            try (ResultSet rows = select.executeQuery()) {
                boolean readable = rows.next() && rows.getInt(4) == 1;
                return readable ? pipeline.take(row(rows)) : pipeline.unreadable();
            }
        }
    }

    /// Reads the smallest thing there is, upon which SQLite rolls back what was left unfinished.
    void touch() throws SQLException {
        execute("PRAGMA trusted_schema=OFF");
        text("SELECT count(*) FROM sqlite_schema");
    }

    private Optional<String> text(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void closeAfter(Exception e) {
        try {
            connection.close();
        } catch (SQLException closing) {
            e.addSuppressed(closing);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
