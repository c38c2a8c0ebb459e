package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quorate.ceremony.TestRoom.step;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.hsm.Template;
import org.quorate.ledger.EntryType;

/// What officers signed and what the HSM is asked are the same.
class ApprovedActTest {
    @TempDir
    private Path folder;

    @Test
    void templates_ofEveryCallThatMakesAKey_areThoseOfTheStatements() {
        try (var room = new TestRoom(
                folder,
                step("generate_key_pair", "transport", "key: transport", "token: backup", "quorum: officers"),
                step(
                        "import_trusted_key",
                        "trust",
                        "key: transport",
                        "from: backup",
                        "to: primary",
                        "quorum: officers"),
                step("generate_secret_key", "wrapping", "key: wrapping", "token: primary", "quorum: officers"),
                step(
                        "transfer_key",
                        "transfer",
                        "key: wrapping",
                        "under: transport",
                        "from: primary",
                        "to: backup",
                        "quorum: officers"),
                step("generate_key_pair", "root", "key: root", "token: primary", "quorum: officers"))) {

            assertThat(room.conduct()).isEqualTo(Conductor.Ending.CLOSED);

            List<Json.Obj> approved = room.entries(EntryType.STATEMENT).stream()
                    .map(statement -> statement.data().object("act").object("template"))
                    .flatMap(template -> template.has("public")
                            ? Stream.of(template.object("public"), template.object("private"))
                            : Stream.of(template))
                    .toList();
            assertThat(approved).hasSize(7);
            assertThat(room.hsm.given).extracting(Template::toJson).isEqualTo(approved);
        }
    }
}
