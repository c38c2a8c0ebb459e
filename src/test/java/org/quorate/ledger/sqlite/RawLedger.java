package org.quorate.ledger.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryCodec;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.Proofs;

/// Rows of a ledger in the hands of someone who keeps to no rule: they may be edited, chained anew and written to a
/// file with the right schema.
public final class RawLedger {
    final List<byte[]> leaves = new ArrayList<>();
    final List<byte[]> bodies = new ArrayList<>();
    final List<byte[]> artefactNames = new ArrayList<>();
    final List<byte[]> artefacts = new ArrayList<>();

    public static RawLedger read(Path path) throws SQLException {
        var raw = new RawLedger();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT leaf, body FROM entry ORDER BY seq")) {
                while (rows.next()) {
                    raw.leaves.add(rows.getBytes(1));
                    raw.bodies.add(rows.getBytes(2));
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT hash, bytes FROM artefact")) {
                while (rows.next()) {
                    raw.artefactNames.add(rows.getBytes(1));
                    raw.artefacts.add(rows.getBytes(2));
                }
            }
        }
        return raw;
    }

    int size() {
        return bodies.size();
    }

    Json.Obj json(int seq) {
        return Json.parseObject(bodies.get(seq));
    }

    /// The first entry of this type at or after `from`.
    public int find(String type, int from) {
        for (int seq = from; seq < size(); seq++) {
            if (json(seq).string("type").equals(type)) {
                return seq;
            }
        }
        throw new IllegalArgumentException("no " + type + " from " + from);
    }

    /// Replaces a body without touching its leaf.
    void body(int seq, byte[] body) {
        bodies.set(seq, body);
    }

    /// Replaces a body and makes its leaf fit.
    void leafed(int seq, byte[] body) {
        bodies.set(seq, body);
        leaves.set(seq, Proofs.leafOf(body).bytes());
    }

    void edit(int seq, UnaryOperator<Json.Obj> edit) {
        leafed(seq, edit.apply(json(seq)).canonical());
    }

    void editData(int seq, UnaryOperator<Json.Obj> edit) {
        edit(seq, body -> body.with("data", edit.apply(body.object("data"))));
    }

    /// Numbers and links every entry from `from` on as if it had been written so.
    void rechain(int from) {
        for (int seq = from; seq < size(); seq++) {
            String prev = seq == 0
                    ? Digest.ZERO.hex()
                    : Digest.ofRaw(leaves.get(seq - 1)).hex();
            int number = seq;
            edit(seq, body -> body.with("seq", Json.of(number)).with("prev", Json.of(prev)));
        }
    }

    void remove(int seq) {
        bodies.remove(seq);
        leaves.remove(seq);
    }

    public void cutTo(int size) {
        while (size() > size) {
            remove(size() - 1);
        }
    }

    public void dropArtefacts() {
        artefactNames.clear();
        artefacts.clear();
    }

    /// Appends an entry that no rule was asked about.
    Entry append(LedgerFixture fixture, Draft draft) {
        var place = new EntryCodec.Place(
                fixture.ledger, size(), size() == 0 ? Digest.ZERO : Digest.ofRaw(leaves.getLast()), LedgerFixture.RUN);
        Entry entry = EntryCodec.encode(draft, place, fixture.clock.now());
        bodies.add(entry.body());
        leaves.add(entry.leaf().bytes());
        for (byte[] artefact : draft.artefacts()) {
            artefactNames.add(Digest.of(artefact).bytes());
            artefacts.add(artefact);
        }
        return entry;
    }

    /// Writes the rows, numbered from 0, past the triggers and with the schema of the format.
    public Path write(Path path) throws Exception {
        Files.deleteIfExists(path);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous=OFF");
            statement.execute("PRAGMA page_size=4096");
            statement.execute("PRAGMA application_id=" + FileHeader.APPLICATION_ID);
            statement.execute("PRAGMA user_version=" + FileHeader.USER_VERSION);
            List<String> tables = Schema.STATEMENTS.subList(0, 2);
            List<String> triggers = Schema.STATEMENTS.subList(2, Schema.STATEMENTS.size());
            for (String sql : tables) {
                statement.execute(sql);
            }
            connection.setAutoCommit(false);
            insert(connection, "INSERT INTO artefact(hash, bytes) VALUES (?, ?)", artefactNames, artefacts);
            insert(connection, "INSERT INTO entry(leaf, body) VALUES (?, ?)", leaves, bodies);
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("UPDATE entry SET seq = seq - 1");
            for (String sql : triggers) {
                statement.execute(sql);
            }
        }
        return path;
    }

    private static void insert(Connection connection, String sql, List<byte[]> first, List<byte[]> second)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < first.size(); i++) {
                insert.setBytes(1, first.get(i));
                insert.setBytes(2, second.get(i));
                insert.executeUpdate();
            }
        }
    }
}
