package org.quorate.app.founding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program;
import org.quorate.app.Program.Ended;
import org.quorate.app.site.ApprovalDesk;
import org.quorate.app.site.ScriptFiles;
import org.quorate.app.site.SiteFolder;
import org.quorate.app.site.Workplace;
import org.quorate.base.Json;
import org.quorate.ceremony.Conductor;
import org.quorate.hsm.SoftHsm;
import org.quorate.ledger.VerifyProgress;
import org.quorate.script.Linter;
import org.quorate.script.Script;
import org.quorate.script.yaml.ScriptReader;

/// The root key ceremony at a site that was founded a moment ago, with PIV cards in real readers and every PIN typed.
class LiveCeremonyTest {
    @TempDir
    private Path folder;

    @Test
    void rootKeyCeremony_atALiveSite_leavesEvidenceThatBothVerifiersAccept() throws Exception {
        Path home = folder.resolve("site");
        var site = new SiteFolder(home);
        try (var room = new FoundingRoom(folder.resolve("cards"))) {
            room.found(home, room.front());
            var scripts = new ScriptFiles(new Linter(new ScriptReader()), Path.of("ceremony-scripts"));
            Script script = scripts.read(Optional.of(copied("root-key-generation")));
            Files.writeString(
                    site.profile(),
                    Files.readString(site.profile()).replace("\"mirror\": null", "\"mirror\": \"second-disk\""));
            UUID ceremony;
            try (Workplace workplace = Workplace.open(
                    site,
                    FoundingRoom.CLOCK,
                    "test",
                    VerifyProgress.NONE,
                    Workplace.Supply.live((token, refused) -> SoftHsm.userPin()))) {
                var front = new LiveFront(room, workplace.cards());
                assertThatThrownBy(() -> workplace.begin(script))
                        .hasMessageContaining(
                                "No ceremony begins by \"Root key generation with a proven backup\" at this live site");
                holdFirst(workplace, scripts, new LiveFront(room, workplace.cards()));
                Optional<Path> signatures = new ApprovalDesk(workplace, scripts)
                        .approve(script, front)
                        .file();
                assertThat(signatures).contains(folder.resolve("root-key-generation.approval.json"));
                ceremony = workplace.begin(script);
                Conductor.Ending ending = workplace.conduct(ceremony, script, front);
                assertThat(ending).as("%s", front.last()).isEqualTo(Conductor.Ending.CLOSED);
            }

            Path evidence = site.recordOf(ceremony);
            Ended verified = Program.run("verify", evidence, "--trust", site.trust());
            assertThat(verified.code()).as(verified.out()).isZero();
            assertThat(verified.out()).contains("The record is signed, whole");
            Ended python = Program.python(
                    Path.of("docs/verify/quorate_verify.py"), evidence.resolve("ledger.db"), "--trust", site.trust());
            assertThat(python.code()).as(python.out()).isZero();
            Json.Obj manifest = Json.parseObject(Files.readAllBytes(evidence.resolve("manifest.json")));
            assertThat(manifest.string("mode")).isEqualTo("live");
        }
    }

    /// The first ceremony of the site, under an approval of its own: it looks back at the first entry.
    private void holdFirst(Workplace workplace, ScriptFiles scripts, LiveFront front) throws Exception {
        Files.createDirectory(folder.resolve("parts"));
        for (String part : List.of("opening.yaml", "closing.yaml")) {
            Files.copy(
                    Path.of("ceremony-scripts/parts", part),
                    folder.resolve("parts").resolve(part));
        }
        Script script = scripts.read(Optional.of(copied("site-founding")));
        new ApprovalDesk(workplace, scripts).approve(script, front);
        UUID ceremony = workplace.begin(script);
        assertThat(workplace.conduct(ceremony, script, front))
                .as("%s", front.last())
                .isEqualTo(Conductor.Ending.CLOSED);

        String ledger = Files.readString(
                workplace.folder().recordOf(ceremony).resolve("ledger.db"), StandardCharsets.ISO_8859_1);
        assertThat(ledger)
                .contains("\"name\":\"founding_custody\"", "\"name\":\"founding_compared\"")
                .contains("It takes 2 of the 5 officers", "7 of 7 founders signed that this is the ledger");
        assertThat(folder.resolve("site/second-disk/ledger.db")).exists();
    }

    private Path copied(String script) throws Exception {
        return Files.copy(Path.of("ceremony-scripts", script + ".yaml"), folder.resolve(script + ".yaml"));
    }
}
