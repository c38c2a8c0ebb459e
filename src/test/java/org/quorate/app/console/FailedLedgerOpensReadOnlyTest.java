package org.quorate.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.SystemClock;
import org.quorate.app.site.ScriptFiles;
import org.quorate.app.site.SiteFolder;
import org.quorate.app.site.Workplace;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.ledger.Finding;
import org.quorate.ledger.LedgerComparison;
import org.quorate.ledger.LedgerComparison.Relation;
import org.quorate.ledger.Rule;
import org.quorate.ledger.VerifyProgress;
import org.quorate.script.Linter;
import org.quorate.script.yaml.ScriptReader;
import org.quorate.ui.backstage.Backstage;
import org.quorate.ui.backstage.FailedLedger;
import org.quorate.ui.backstage.OpenSite;

/// The real site, whose ledger somebody edited, behind the window.
class FailedLedgerOpensReadOnlyTest {
    @TempDir
    private Path temporary;

    private final SystemClock clock = new SystemClock();
    private final ScriptFiles scripts = new ScriptFiles(new Linter(new ScriptReader()), Path.of("ceremony-scripts"));
    private SiteFolder folder;
    private Path mirror;
    private SiteBackstage backstage;

    @BeforeEach
    void aSiteAndItsMirror() throws Exception {
        folder = new SiteFolder(temporary.resolve("site"));
        backstage = new SiteBackstage(folder, clock, scripts, Optional.empty(), Workplace.Supply.PRACTICE_TRAY);
        assertThat(open()).isInstanceOf(OpenSite.class);
        backstage.leave();
        mirror = Files.createDirectory(temporary.resolve("stick"));
        Files.copy(folder.ledger(), mirror.resolve(folder.ledger().getFileName()));
        backstage = new SiteBackstage(folder, clock, scripts, Optional.empty(), Workplace.Supply.PRACTICE_TRAY);
    }

    @AfterEach
    void leave() {
        backstage.leave();
    }

    @Test
    void anEditedLedger_isOpenToBeReadAndCompared_andStaysAsItIs() throws Exception {
        edit("UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), 'quorate', 'kuorate') AS BLOB) WHERE seq ="
                + " (SELECT max(seq) FROM entry)");
        byte[] before = Files.readAllBytes(folder.ledger());

        FailedLedger ledger = (FailedLedger) open();

        Finding error = ledger.verification().firstError().orElseThrow();
        int last = ledger.rows() - 1;
        assertThat(error.rule()).isEqualTo(Rule.ENTRY_LEAF);
        assertThat(error.seq()).isEqualTo(OptionalLong.of(last));
        assertThat(ledger.firstBad().orElseThrow().index()).isEqualTo(last);
        assertThat(ledger.page(0))
                .hasSize(ledger.rows())
                .last()
                .satisfies(line -> assertThat(line.words()).isEqualTo("The console started"));
        LedgerComparison comparison = ledger.compare(mirror, VerifyProgress.NONE);
        assertThat(comparison.relation()).isEqualTo(Relation.DIFFERENT);
        assertThat(comparison.agreeing()).isEqualTo(last);
        assertThat(comparison.mirror().verification().sound()).isTrue();
        assertThat(Files.readAllBytes(folder.ledger())).isEqualTo(before);
    }

    @Test
    void aFileThatIsNoLedgerAnyMore_stillLetsTheMirrorBeJudged() throws Exception {
        Files.writeString(folder.ledger(), "ledger\n".repeat(900));

        FailedLedger ledger = (FailedLedger) open();

        assertThat(ledger.verification().firstError().orElseThrow().rule()).isEqualTo(Rule.FILE_NOT_A_LEDGER);
        assertThat(ledger.rows()).isZero();
        LedgerComparison comparison = ledger.compare(mirror, VerifyProgress.NONE);
        assertThat(comparison.relation()).isEqualTo(Relation.NOTHING);
        assertThat(comparison.mirror().verification().sound()).isTrue();
    }

    @Test
    void theLedgerItself_isNoMirror() throws Exception {
        edit("UPDATE entry SET body = CAST('{}' AS BLOB) WHERE seq = 2");
        FailedLedger ledger = (FailedLedger) open();

        assertThatThrownBy(() -> ledger.compare(folder.ledger(), VerifyProgress.NONE))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo("app.mirror_itself"));
        assertThatThrownBy(() -> ledger.compare(temporary.resolve("nothing"), VerifyProgress.NONE))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().id()).isEqualTo("ledger.missing"));
    }

    @Test
    void aLedgerThatIsMissing_isAProblem() throws Exception {
        Files.delete(folder.ledger());

        assertThat(((Problem) open()).id()).isEqualTo("ledger.missing");
    }

    @Test
    void putBackAndCheckedAgain_theSiteOpens() throws Exception {
        edit("UPDATE entry SET body = CAST('{}' AS BLOB) WHERE seq = 2");
        assertThat(open()).isInstanceOf(FailedLedger.class);

        restore();

        assertThat(open()).isInstanceOf(OpenSite.class);
    }

    private void restore() throws IOException {
        Files.write(
                folder.ledger(),
                Files.readAllBytes(mirror.resolve(folder.ledger().getFileName())));
    }

    private Object open() throws Exception {
        var said = new CompletableFuture<Object>();
        backstage.open(new Backstage.Opening() {
            @Override
            public void checked(long entries, long of) {}

            @Override
            public boolean cancelled() {
                return false;
            }

            @Override
            public Secret pin(Backstage.PinWanted wanted) {
                throw new AssertionError("a practice site asks for no PIN");
            }

            @Override
            public void opened(OpenSite site) {
                said.complete(site);
            }

            @Override
            public void failed(FailedLedger ledger) {
                said.complete(ledger);
            }

            @Override
            public void failed(Problem problem) {
                said.complete(problem);
            }
        });
        return said.get(3, TimeUnit.MINUTES);
    }

    /// Past the triggers, which stand there again afterwards.
    private void edit(String change) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.ledger());
                Statement statement = connection.createStatement()) {
            List<String> triggers = new ArrayList<>();
            List<String> names = new ArrayList<>();
            try (ResultSet rows =
                    statement.executeQuery("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                    triggers.add(rows.getString(2));
                }
            }
            for (String name : names) {
                statement.execute("DROP TRIGGER " + name);
            }
            statement.execute(change);
            for (String trigger : triggers) {
                statement.execute(trigger);
            }
        }
    }
}
