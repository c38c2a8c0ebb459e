package org.quorate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.quorate.base.Json;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;

/// The life of an HSM and of a key that databases need, one ceremony after the other.
class HsmScriptsTest extends OnOneSite {

    /// The HSM is accepted, initialised and given a key; it is lost and replaced; and its log tells the same.
    @Test
    void hsm_isAccepted_hasAKey_isReplaced_andItsLogTellsTheSame() throws Exception {
        accept();
        makeAndRestore();
        cloneToAPartition();
        matchTheLog();
    }

    private void accept() {
        hold("hsm-acceptance");
        assertThat(observed("hsm-acceptance", "vendor_command")).singleElement().satisfies(tool -> {
            assertThat(matches(tool)).isTrue();
            assertThat(tool.object("detail").strings("words"))
                    .containsExactly("/usr/bin/softhsm2-util", "--show-slots");
        });
        assertThat(done("hsm-acceptance")).isEmpty();

        hold("initialisation-fips");
        assertThat(done("initialisation-fips")).containsExactly("initialise primary");
        assertThat(observed("initialisation-fips", "vendor_command")).hasSize(4).allMatch(OnOneSite::matches);
        assertThat(cards("initialisation-fips", "initialise-primary")).hasSize(3);
    }

    private void makeAndRestore() throws Exception {
        Files.createDirectory(stick());
        Path made = hold("tde-master-key").resolve("files/tde-data-keys.json");
        Files.copy(made, stick().resolve("tde-data-keys.json"));
        assertThat(Json.parseObject(Files.readAllBytes(made)).objects("keys")).hasSize(12);
        assertThat(statement("tde-master-key", "transfer", "tde"))
                .contains("can be copied further")
                .contains("EXTRACTABLE");

        hold("restore-drill", "--files", stick());
        assertThat(done("restore-drill"))
                .startsWith("initialise primary")
                .contains("transfer tde primary")
                .endsWith("zeroise primary");
        assertThat(observed("restore-drill", "recovery_time")).singleElement().satisfies(time -> {
            assertThat(matches(time)).isTrue();
            assertThat(time.string("expected")).isEqualTo("at most 240 min");
            assertThat(time.object("detail").string("since")).isEqualTo("begin");
            assertThat(time.object("detail").integer("ms")).isPositive();
        });
        assertThat(observed("restore-drill", "data_keys_opened")
                        .getFirst()
                        .object("detail")
                        .integer("count"))
                .isEqualTo(12);
    }

    private void cloneToAPartition() throws Exception {
        hold("partition-creation");
        assertThat(observed("partition-creation", "client_fingerprint")).hasSize(1);
        assertThat(done("partition-creation")).containsExactly("initialise primary");

        hold("backup-and-clone", "--files", stick());
        assertThat(done("backup-and-clone")).contains("transfer tde primary", "forbid_extraction tde primary");
        assertThat(observed("backup-and-clone", "wrap_refused")).singleElement().matches(OnOneSite::matches);
        assertThat(observed("backup-and-clone", "data_keys_opened")).hasSize(1);
    }

    /// The log is made of what the ledger says, which a real one is not: SoftHSM has none. Altered ones are in
    /// AuditMatchTest.
    private void matchTheLog() throws Exception {
        Files.write(stick().resolve("hsm-audit.log"), log());
        hold("audit-log-match", "--files", stick());
        assertThat(observed("audit-log-match", "audit_log_match"))
                .singleElement()
                .satisfies(match -> {
                    assertThat(matches(match)).isTrue();
                    assertThat(match.object("detail").integer("acts")).isGreaterThan(10);
                    assertThat(match.object("detail").integer("findings")).isZero();
                });
    }

    private List<String> log() {
        var lines = new ArrayList<String>();
        for (String script : List.of(
                "initialisation-fips", "tde-master-key", "restore-drill", "partition-creation", "backup-and-clone")) {
            for (Entry intent : entries(script, EntryType.INTENT)) {
                operations(intent.data())
                        .forEach(operation -> lines.add("%s,%d,%s,%s,CKR_OK"
                                .formatted(
                                        intent.time(),
                                        lines.size() + 1,
                                        operation,
                                        intent.data().optionalString("key").orElse(""))));
            }
        }
        return lines;
    }

    /// What this act leaves on the token that is called `primary`.
    private static Stream<String> operations(Json.Obj act) {
        boolean here = act.string("token_role").equals("primary");
        String op = act.string("op");
        if (op.equals("transfer") && !here) {
            return Stream.of("C_WrapKey");
        }
        if (!here) {
            return Stream.empty();
        }
        return switch (op) {
            case "initialise" -> Stream.of("C_InitToken", "C_InitPIN");
            case "zeroise" -> Stream.of("C_InitToken");
            case "generate_key_pair" -> Stream.of("C_GenerateKeyPair");
            case "generate_key" -> Stream.of("C_GenerateKey");
            case "import_public_key" -> Stream.of("C_CreateObject");
            case "transfer" -> Stream.of("C_UnwrapKey");
            case "make_data_keys" -> Stream.of("C_GenerateKey", "C_WrapKey");
            case "destroy" -> Stream.of("C_DestroyObject");
            case "forbid_extraction" -> Stream.of("C_SetAttributeValue");
            default -> Stream.empty();
        };
    }

    /// A drill, an incident, and a look at cables and lists.
    @Test
    void denials_cablesAndAnAlarm_areOnRecord() throws Exception {
        Files.createDirectory(stick());
        hold("denied-operations-drill");
        assertThat(observed("denied-operations-drill", "denied_operations"))
                .hasSize(2)
                .allMatch(OnOneSite::matches)
                .allSatisfy(denied -> assertThat(denied.object("detail").objects("operations"))
                        .hasSize(3)
                        .allMatch(one -> one.bool("denied")));
        assertThat(observed("denied-operations-drill", "alarm_time")).hasSize(1);

        Files.writeString(stick().resolve("tamper-decision.txt"), "The key counts as disclosed.\n");
        Path out = hold("tamper-incident", "--files", stick());
        Json.Obj signed = Json.parseObject(Files.readAllBytes(out.resolve("files/tamper-decision-signed.json")));
        assertThat(signed.objects("signatures")).hasSize(3);
        assertThat(observed("tamper-incident", "bag_number")).hasSize(1);
        assertThat(done("tamper-incident")).isEmpty();

        hold("network-prerequisites", "--networked");
        assertThat(observed("network-prerequisites", "connection"))
                .extracting(seen -> seen.object("detail").string("role") + " "
                        + seen.object("detail").string("found"))
                .containsExactly("primary absent", "primary present", "backup absent", "backup present");
        assertThat(observed("network-prerequisites", "primary_rule_set")).hasSize(1);
    }

    private String statement(String script, String op, String key) {
        return entries(script, EntryType.STATEMENT).stream()
                .map(Entry::data)
                .filter(data -> data.object("act").string("op").equals(op)
                        && data.object("act").optionalString("key").stream().anyMatch(key::equals))
                .map(data -> data.string("text"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> cards(String script, String step) {
        return entries(script, EntryType.COSIGN).stream()
                .filter(entry -> entry.step().stream().anyMatch(step::equals))
                .map(entry -> entry.data().string("key"))
                .distinct()
                .toList();
    }
}
