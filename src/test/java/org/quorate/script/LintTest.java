package org.quorate.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quorate.script.yaml.ScriptReader;

/// Each rule is broken once in the shipped script, and must be found where it was broken.
class LintTest {
    private static final String SIGN_TOKEN = """
                  - kind: sign_quorum_file
                    id: sign-token
                    title: Sign the quorum token
                    say: The officers sign.
                    by: administrator
                    witnessed_by: witness
                    minutes: 8
                    file: user.token
                    out: user.token
                    quorum: officers
                    format: aws_cloudhsm
            """.indent(0);

    private static final String CUSTODY = "        custody: The holder's own safe, in the custody register\n";

    private static final String FIND_ESCROW = """
                  - kind: identify_escrow
                    id: find-escrow
                    title: Find the key in escrow
                    say: Find it.
                    by: administrator
                    witnessed_by: witness
                    minutes: 3
                    key: kek
            """.indent(0);

    private static final String CORRECT = """
                  - kind: correct_entries
                    id: correct
                    title: Correct what was entered
                    say: Go through the entries.
                    by: administrator
                    witnessed_by: witness
                    minutes: 5
                    quorum: on_call
            """.indent(0);

    private static ScriptText withoutCopyable(ScriptText script) {
        return new ScriptText(script.text().replaceFirst("    copyable: >-\n(      .*\n)+", ""));
    }

    private static final String FILE = "root-key-generation.yaml";
    private final Linter linter = new Linter(new ScriptReader());

    private static final String ENROL_WITNESS = """
                  - kind: enrol_card
                    id: enrol-new
                    title: Enrol a card
                    say: Enrol it.
                    by: administrator
                    witnessed_by: witness
                    minutes: 5
                    roles: [officer, witness]
                    quorum: officers
            """;

    private static final String MAKERS_TOOL = """
                  - kind: run_vendor_command
                    id: makers-tool
                    title: Erase the primary HSM
                    say: The maker's tool erases it.
                    by: administrator
                    witnessed_by: witness
                    minutes: 3
                    token: primary
                    command: delete-token
                    quorum: officers

            """;

    /// @param anchor where the finding must stand, see [ScriptText#place]
    record Broken(Rule rule, ScriptText text, String anchor) {
        @Override
        public String toString() {
            return rule.id() + " at " + anchor.lines().findFirst().orElse("");
        }
    }

    private static Broken broken(Rule rule, String anchor, UnaryOperator<ScriptText> edit) {
        return new Broken(rule, edit.apply(ScriptText.shipped()), anchor);
    }

    private static Broken brokenIn(String script, Rule rule, String anchor, UnaryOperator<ScriptText> edit) {
        return new Broken(rule, edit.apply(ScriptText.shipped(script)), anchor);
    }

    private static Broken brokenDrill(Rule rule, String anchor, UnaryOperator<ScriptText> edit) {
        return brokenIn("failover-drill", rule, anchor, edit);
    }

    static Stream<Broken> rules() {
        return Stream.concat(
                form(),
                Stream.concat(
                        definitions(),
                        Stream.concat(state(), Stream.concat(glass(), Stream.concat(composed(), end())))));
    }

    private static Stream<Broken> form() {
        return Stream.of(
                broken(
                        Rule.TOO_DEEP,
                        "kind: [[[[[[[[[[[[[[[@[",
                        t -> t.replace("kind: key_generation", "kind: " + "[".repeat(40))),
                broken(Rule.TOO_MANY_NODES, "x-4999: @1", t -> new ScriptText(keys(10_000))),
                broken(Rule.TOO_LARGE, "@# Root", t -> new ScriptText(t.text() + "#".repeat(1 << 20))),
                broken(Rule.YAML_SYNTAX, "title: @]Root", t -> t.replace("title: Root", "title: ]Root")),
                broken(Rule.YAML_ANCHOR, "roles: @&x", t -> t.replace("roles: [officer]", "roles: &x [officer]")),
                broken(Rule.YAML_TAG, "m: @!!int", t -> t.replace("m: 3", "m: !!int 3")),
                broken(Rule.YAML_DIRECTIVE, "@%YAML", t -> new ScriptText("%YAML 1.2\n---\n" + t.text())),
                broken(Rule.SEVERAL_DOCUMENTS, "@---", t -> new ScriptText(t.text() + "---\nmore: 1\n")),
                broken(
                        Rule.UNSAFE_CHARACTER,
                        "Close the @\u202e",
                        t -> t.replace("Close the door", "Close the \u202edoor")),
                broken(
                        Rule.UNSAFE_CHARACTER,
                        "title: @\"A\\u200b",
                        t -> t.replace("title: Witness", "title: \"A\\u200bB\"")),
                broken(Rule.UNSAFE_CHARACTER, "@\ufeff", t -> new ScriptText("\ufeff" + t.text())),
                broken(Rule.UNKNOWN_FORMAT, "format: @quorate-script/2", t -> t.replace("script/1", "script/2")),
                broken(Rule.DUPLICATE_KEY, "@title: Again", t -> t.replace("kind: key_", "title: Again\nkind: key_")),
                broken(
                        Rule.UNKNOWN_KEY,
                        "@colour: red",
                        t -> t.inStep("generate-root", "key: root", "colour: red\n        key: root")),
                broken(Rule.UNKNOWN_KEY, "@colour: red", t -> t.replace("kind: key_", "colour: red\nkind: key_")),
                broken(
                        Rule.MISSING_KEY,
                        "step:generate-root",
                        t -> t.inStep("generate-root", "        token: primary\n", "")),
                broken(
                        Rule.MISSING_KEY,
                        "step:generate-root",
                        t -> t.inStep("generate-root", "        witnessed_by: witness\n", "")),
                broken(Rule.WRONG_TYPE, "version: @1.0", t -> t.replace("version: \"1.0\"", "version: 1.0")),
                broken(
                        Rule.WRONG_TYPE,
                        "tokens: @primary",
                        t -> t.replace("tokens: [primary, backup]", "tokens: primary")),
                broken(Rule.BAD_VALUE, "next_review: @2027-02-30", t -> t.replace("2027-11-30", "2027-02-30")),
                brokenDrill(Rule.BAD_VALUE, "expect: @gone", t -> t.replace("expect: absent", "expect: gone")),
                broken(
                        Rule.BAD_VALUE,
                        "label: @äääääääääääääääää",
                        t -> t.replace("label: root-primary", "label: äääääääääääääääää")),
                broken(Rule.BAD_VALUE, "spec: @EC P-999", t -> t.replace("EC P-384", "EC P-999")),
                broken(Rule.KEY_TOO_WEAK, "spec: @EC P-192", t -> t.replace("EC P-384", "EC P-192")),
                broken(
                        Rule.BAD_VALUE,
                        "cryptoperiod_years: @99",
                        t -> t.replace("cryptoperiod_years: 20", "cryptoperiod_years: 99")),
                broken(
                        Rule.BAD_VALUE,
                        "value: @not a name",
                        t -> t.replace("CN=Example Root CA G1,O=Example Trust Services,C=DE", "not a name")),
                broken(Rule.BAD_ID, "id: @Generate_Root", t -> t.replace("id: generate-root", "id: Generate_Root")),
                broken(Rule.BAD_ID, "@main-hsm:", t -> t.replace("  primary:\n", "  main-hsm:\n")),
                broken(
                        Rule.DUPLICATE_ID,
                        "id: @read-root\n        title: Test",
                        t -> t.replace("id: test-root\n", "id: read-root\n")),
                broken(
                        Rule.MINUTES_NOT_POSITIVE,
                        "minutes: @0",
                        t -> t.inStep("generate-root", "minutes: 10", "minutes: 0")),
                broken(Rule.UNKNOWN_KIND, "kind: @make_coffee", t -> t.replace("kind: roll_call", "kind: make_coffee")),
                broken(
                        Rule.SENSITIVE_STEP_WITHOUT_QUORUM,
                        "step:generate-root",
                        t -> t.inStep("generate-root", "        quorum: officers\n", "")),
                broken(
                        Rule.UNDEFINED_REFERENCE,
                        "key: @rooot",
                        t -> t.inStep("generate-root", "key: root", "key: rooot")),
                broken(
                        Rule.UNDEFINED_REFERENCE,
                        "years: @$nothing",
                        t -> t.replace("years: $validity_years", "years: $nothing")),
                broken(
                        Rule.UNUSED_DEFINITION,
                        "@spare:",
                        t -> t.replace("tokens:\n", "tokens:\n  spare:\n    title: Spare\n    state: factory\n")),
                broken(
                        Rule.UNUSED_DEFINITION,
                        "@validity_years:",
                        t -> t.replace("years: $validity_years", "years: 20")),
                broken(
                        Rule.PARAMETER_TYPE,
                        "years: @$subject",
                        t -> t.replace("years: $validity_years", "years: $subject")));
    }

    private static Stream<Broken> definitions() {
        return Stream.of(
                broken(
                        Rule.ROLE_COUNT_ZERO,
                        "@witness:\n",
                        t -> t.replace("title: Witness\n    count: 1", "title: Witness\n    count: 0")),
                broken(Rule.QUORUM_OF_ONE, "@officers:\n", t -> t.replace("m: 3", "m: 1")),
                broken(Rule.QUORUM_TOO_LARGE, "@officers:\n", t -> t.replace("m: 3", "m: 6")),
                broken(Rule.QUORUM_OF_ALL, "@officers:\n", t -> t.replace("m: 3", "m: 5")),
                broken(
                        Rule.READER_IS_DOER,
                        "step:read-root",
                        t -> t.inStep("read-root", "witnessed_by: witness", "witnessed_by: administrator")),
                broken(
                        Rule.WITNESS_IN_QUORUM,
                        "step:generate-root",
                        t -> t.inStep("generate-root", "witnessed_by: witness", "witnessed_by: officer")),
                broken(
                        Rule.ONE_HOLDER_OF_BOTH_PINS,
                        "step:initialise-primary",
                        t -> t.replace("user_pin_by: user_pin_holder", "user_pin_by: security_officer")),
                broken(
                        Rule.ONE_HOLDER_OF_BOTH_PINS,
                        "step:initialise-primary",
                        t -> t.inStep("initialise-primary", "so_pin_by: security_officer", "so_pin_by: officer")
                                .inStep(
                                        "initialise-primary",
                                        "user_pin_by: user_pin_holder",
                                        "user_pin_by: {split: officers}")),
                broken(
                        Rule.SHARE_HOLDERS_CHANGE,
                        "step:enrol-new",
                        t -> t.inStep(
                                        "initialise-primary",
                                        "user_pin_by: user_pin_holder",
                                        "user_pin_by: {split: officers}")
                                .replace(
                                        "      - kind: read_exceptions\n",
                                        ENROL_WITNESS.replace("[officer, witness]", "[officer]")
                                                + "      - kind: read_exceptions\n")),
                broken(
                        Rule.QUORUM_OF_ONE,
                        "@lone:",
                        t -> t.inStep(
                                        "initialise-primary",
                                        "user_pin_by: user_pin_holder",
                                        "user_pin_by: {split: lone}")
                                .replace("quorums:\n", "quorums:\n  lone:\n    m: 1\n    roles: [officer]\n")),
                broken(
                        Rule.UNDEFINED_REFERENCE,
                        "split: @nobody",
                        t -> t.inStep(
                                "initialise-primary", "user_pin_by: user_pin_holder", "user_pin_by: {split: nobody}")),
                broken(
                        Rule.UNKNOWN_KEY,
                        "@m: 2}",
                        t -> t.inStep(
                                "initialise-primary",
                                "user_pin_by: user_pin_holder",
                                "user_pin_by: {split: officers, m: 2}")),
                broken(
                        Rule.ROLES_EXCLUDE,
                        "step:enrol-new",
                        t -> t.replace(
                                "      - kind: read_exceptions\n", ENROL_WITNESS + "      - kind: read_exceptions\n")),
                broken(Rule.SPEC_DOES_NOT_SUIT_PURPOSE, "@transport:\n", t -> t.replace("RSA 3072", "RSA 2048")),
                broken(Rule.SPEC_DOES_NOT_SUIT_PURPOSE, "@root:\n", t -> t.replace("EC P-384", "AES 256")),
                broken(
                        Rule.COPYABLE_OF_NO_USE,
                        "copyable: @Because",
                        t -> t.replace("label: wrapping-g1\n", "label: wrapping-g1\n    copyable: Because\n")),
                brokenIn(
                        "restore-drill",
                        Rule.EXTRACTION_ALREADY_FORBIDDEN,
                        "step:transfer-tde",
                        LintTest::withoutCopyable),
                brokenIn("tde-master-key", Rule.KEY_LEFT_EXTRACTABLE, "step:generate-tde", LintTest::withoutCopyable),
                brokenIn(
                        "restore-drill",
                        Rule.LIMIT_WITHOUT_START,
                        "step:open-data-keys",
                        t -> t.replace("        since: begin\n", "")),
                brokenIn(
                        "initialisation-fips",
                        Rule.READING_OF_A_CHANGE,
                        "step:mode-after",
                        t -> t.inStep("mode-after", "command: mode", "command: mode\n        quorum: officers")),
                brokenIn(
                        "restore-drill",
                        Rule.START_NOT_EARLIER,
                        "step:open-data-keys",
                        t -> t.replace("since: begin\n", "since: zeroise-replacement\n")),
                broken(Rule.KEY_TOO_WEAK_FOR_ITS_TIME, "@root:\n", t -> t.replace("EC P-384", "RSA 2048")),
                broken(Rule.CRYPTOPERIOD_MISSING, "@root:\n", t -> t.replace("    cryptoperiod_years: 20\n", "")),
                broken(
                        Rule.CERTIFICATE_OUTLIVES_KEY,
                        "step:issue-root",
                        t -> t.replace("cryptoperiod_years: 20", "cryptoperiod_years: 19")),
                broken(Rule.SAME_LABEL, "@wrapping:\n", t -> t.replace("label: wrapping-g1", "label: root-ca-g1")),
                broken(
                        Rule.WRONG_KEY_FOR_STEP,
                        "step:generate-wrapping",
                        t -> t.inStep("generate-wrapping", "key: wrapping", "key: transport")),
                broken(
                        Rule.WRONG_KEY_FOR_STEP,
                        "step:test-root",
                        t -> t.inStep("test-root", "key: root", "key: transport")),
                broken(
                        Rule.WRONG_CARRIER,
                        "step:transfer-root",
                        t -> t.inStep("transfer-root", "under: wrapping", "under: transport")),
                brokenIn(
                        "key-import",
                        Rule.WRONG_CARRIER,
                        "step:import-key",
                        t -> t.inStep("import-key", "under: door", "under: wrapping")),
                brokenIn(
                        "data-keys",
                        Rule.WRONG_KEY_FOR_STEP,
                        "step:make-keys",
                        t -> t.inStep("make-keys", "under: kek", "under: wrapping")),
                brokenIn(
                        "data-keys",
                        Rule.CARRIER_TOO_WEAK,
                        "step:make-keys",
                        t -> t.replace("label: kek-2026\n    spec: AES 256", "label: kek-2026\n    spec: AES 128")),
                brokenIn(
                        "data-keys",
                        Rule.BAD_VALUE,
                        "file: @../data-keys.json",
                        t -> t.replace("file: data-keys.json", "file: ../data-keys.json")),
                brokenIn(
                        "data-keys",
                        Rule.BAD_VALUE,
                        "spec: @DES 56",
                        t -> t.inStep("make-keys", "spec: AES 256", "spec: DES 56")),
                brokenIn(
                        "escrow",
                        Rule.ESCROW_TO_NOBODY,
                        "step:escrow-kek",
                        t -> t.inStep("escrow-kek", "        cards: officers\n", "")
                                .inStep("escrow-kek", "        paper: sheets\n", "")
                                .inStep("escrow-kek", CUSTODY, "")
                                .inStep("make-keys", "quorum: officers", "quorum: sheets")),
                brokenIn(
                        "escrow",
                        Rule.ESCROW_WITHOUT_SPARE,
                        "step:escrow-kek",
                        t -> t.replace("m: 2\n    roles: [user_share", "m: 3\n    roles: [user_share")),
                brokenIn("escrow", Rule.CUSTODY_NOT_NAMED, "step:escrow-kek", t -> t.inStep("escrow-kek", CUSTODY, "")),
                brokenIn(
                        "escrow",
                        Rule.CUSTODY_OF_NOTHING,
                        "step:escrow-kek",
                        t -> t.inStep("escrow-kek", "        paper: sheets\n", "")
                                .inStep("make-keys", "quorum: officers", "quorum: sheets")),
                brokenIn(
                        "escrow",
                        Rule.WITNESS_HOLDS_SHARE,
                        "step:escrow-kek",
                        t -> t.inStep("escrow-kek", "witnessed_by: witness", "witnessed_by: user_share_holder")),
                brokenIn(
                        "escrow-recovery",
                        Rule.RECOVERY_WITHOUT_ESCROW,
                        "step:recover-kek",
                        t -> t.without("find-escrow")),
                brokenIn("escrow", Rule.ESCROW_TWICE, "step:escrow-kek", t -> t.with(FIND_ESCROW, "escrow-kek")),
                brokenIn(
                        "subordinate-ca-signing",
                        Rule.ISSUED_OUTLIVES_ISSUER,
                        "step:issue-subordinate",
                        t -> t.replace("value: 3650", "value: 7400")),
                brokenIn(
                        "crl-signing",
                        Rule.ISSUED_OUTLIVES_ISSUER,
                        "step:issue-list",
                        t -> t.replace("value: 180", "value: 7400")),
                brokenIn("crl-signing", Rule.BAD_VALUE, "days: @$list_days", t -> t.replace("value: 180", "value: 0")),
                brokenIn(
                        "code-signing-key",
                        Rule.CERTIFICATE_TOO_LONG,
                        "step:issue-certificate",
                        t -> t.replace("days: 365", "days: 461")),
                brokenIn(
                        "subordinate-ca-signing",
                        Rule.PROFILE_FIELD,
                        "step:issue-subordinate",
                        t -> t.replace("        path_length: 0\n", "")),
                brokenIn(
                        "tls-key",
                        Rule.PROFILE_FIELD,
                        "step:make-request",
                        t -> t.replace("profile: tls_server", "profile: code_signing")),
                brokenIn(
                        "tls-key",
                        Rule.REQUEST_KEY_UNSUITABLE,
                        "step:make-request",
                        t -> t.replace("spec: EC P-256", "spec: Ed25519")),
                brokenIn(
                        "tls-key",
                        Rule.BAD_VALUE,
                        "@not_a_name",
                        t -> t.replace("[www.example.org, example.org]", "[not_a_name]")),
                brokenIn(
                        "tls-key",
                        Rule.BAD_VALUE,
                        "profile: @mail",
                        t -> t.replace("profile: tls_server", "profile: mail")),
                brokenIn(
                        "subordinate-ca-signing",
                        Rule.BAD_VALUE,
                        "crl_url: @ftp://x",
                        t -> t.replace("http://pki.example.org/root-ca-g1.crl", "ftp://x")),
                brokenIn(
                        "code-signing-key",
                        Rule.WRONG_KEY_FOR_STEP,
                        "step:issue-certificate",
                        t -> t.inStep("issue-certificate", "key: authority", "key: code")),
                brokenIn(
                        "subordinate-ca-signing",
                        Rule.SENSITIVE_STEP_WITHOUT_QUORUM,
                        "step:issue-subordinate",
                        t -> t.inStep("issue-subordinate", "        quorum: officers\n", "")),
                brokenIn(
                        "code-signing-key",
                        Rule.SAME_FILE,
                        "step:sign-release",
                        t -> t.replace("out: release-signed.jar", "out: release.jar")),
                brokenIn(
                        "subordinate-ca-signing",
                        Rule.SAME_FILE,
                        "step:issue-subordinate",
                        t -> t.replace("file: subordinate-ca.pem", "file: subordinate-ca.csr")),
                broken(Rule.SAME_FILE, "step:sign-token", t -> t.with(SIGN_TOKEN, "read-exceptions")),
                brokenIn(
                        "data-key-rotation",
                        Rule.SAME_KEY,
                        "step:rewrap",
                        t -> t.inStep("rewrap", "from: old_kek", "from: new_kek")),
                brokenIn(
                        "decommissioning",
                        Rule.ONE_HOLDER_OF_BOTH_PINS,
                        "step:zeroise",
                        t -> t.inStep("zeroise", "so_pin_by: security_officer", "so_pin_by: user_pin_holder")
                                .inStep("nothing-lost", "by: administrator", "by: security_officer")),
                broken(Rule.CARRIER_TOO_WEAK, "step:transfer-root", t -> t.replace("AES 256", "AES 128")),
                broken(
                        Rule.SAME_TOKEN,
                        "step:transfer-root",
                        t -> t.inStep("transfer-root", "to: backup", "to: primary")),
                broken(
                        Rule.LIMIT_WITHOUT_START,
                        "step:test-copy",
                        t -> t.replace("        since: transfer-root\n", "")));
    }

    private static Stream<Broken> state() {
        return Stream.of(
                broken(
                        Rule.QUORUM_BEFORE_ROLL_CALL,
                        "step:initialise-primary",
                        t -> t.moved("call-roll", "generate-transport")),
                broken(
                        Rule.QUORUM_BEFORE_ROLL_CALL,
                        "step:makers-tool",
                        t -> t.with(MAKERS_TOOL, "initialise-primary").moved("call-roll", "generate-transport")),
                broken(
                        Rule.IRREVERSIBLE_BEFORE_DIGEST,
                        "step:makers-tool",
                        t -> t.with(MAKERS_TOOL, "initialise-primary").moved("read-digest", "generate-transport")),
                broken(Rule.TOKEN_NOT_IDENTIFIED, "step:admit-primary", t -> t.without("identify-primary")),
                broken(Rule.TOKEN_NOT_ADMITTED, "step:generate-transport", t -> t.without("admit-backup")),
                broken(
                        Rule.TOKEN_NOT_INITIALISED,
                        "step:generate-wrapping",
                        t -> t.moved("initialise-primary", "generate-root")),
                broken(
                        Rule.TOKEN_ALREADY_INITIALISED,
                        "step:initialise-primary",
                        t -> t.replace("state: factory", "state: in_service")),
                broken(
                        Rule.IRREVERSIBLE_BEFORE_DIGEST,
                        "step:initialise-primary",
                        t -> t.moved("read-digest", "generate-transport")),
                brokenIn(
                        "data-keys",
                        Rule.ENVELOPES_WITHOUT_BACKUP,
                        "step:make-keys",
                        t -> t.moved("make-keys", "transfer-kek")),
                brokenIn(
                        "data-key-rotation",
                        Rule.ENVELOPES_WITHOUT_BACKUP,
                        "step:rewrap",
                        t -> t.moved("rewrap", "transfer-kek")),
                brokenIn(
                        "data-key-rotation",
                        Rule.ENVELOPES_NOT_OPENED,
                        "step:destroy-old",
                        t -> t.moved("destroy-old", "open-on-backup")),
                brokenIn(
                        "key-import",
                        Rule.KEY_NOT_ON_TOKEN,
                        "step:import-key",
                        t -> t.moved("import-key", "generate-door")),
                brokenIn(
                        "decommissioning",
                        Rule.TOKEN_NOT_INITIALISED,
                        "step:again",
                        t -> t.repeated("zeroise", "again", "hand-over")),
                brokenDrill(Rule.TOKEN_AWAY, "step:sign-again", t -> t.without("plug-in-primary")),
                brokenDrill(Rule.TOKEN_AWAY, "step:again", t -> t.repeated("identify-primary", "again", "sign-backup")),
                brokenDrill(
                        Rule.TOKEN_NOT_AWAY,
                        "step:unplug-primary",
                        t -> t.inStep("unplug-primary", "expect: absent", "expect: present")),
                brokenDrill(Rule.TOKEN_NOT_ADMITTED, "step:sign-primary", t -> t.without("find-root-primary")),
                brokenDrill(
                        Rule.KEY_ALREADY_ON_TOKEN,
                        "step:again",
                        t -> t.repeated("find-root-primary", "again", "sign-primary")),
                brokenDrill(Rule.TOKEN_NOT_IDENTIFIED, "step:unplug-primary", t -> t.without("identify-primary")),
                broken(Rule.KEY_NOT_ON_TOKEN, "step:read-root", t -> t.moved("read-root", "generate-root")),
                broken(Rule.KEY_NOT_ON_TOKEN, "step:transfer-root", t -> t.moved("transfer-root", "generate-root")),
                broken(Rule.KEY_ALREADY_ON_TOKEN, "step:again", t -> t.repeated("generate-root", "again", "read-root")),
                broken(Rule.KEY_ALREADY_ON_TOKEN, "step:again", t -> t.repeated("transfer-root", "again", "test-copy")),
                broken(Rule.IMPORT_BEFORE_FINGERPRINT, "step:trust-transport", t -> t.without("read-transport")),
                broken(Rule.CARRIER_NOT_READY, "step:transfer-wrapping", t -> t.without("trust-transport")),
                broken(Rule.CARRIER_NOT_READY, "step:transfer-root", t -> t.without("transfer-wrapping")),
                broken(
                        Rule.EXTRACTION_ALREADY_FORBIDDEN,
                        "step:transfer-root",
                        t -> t.moved("forbid-extraction", "transfer-root")),
                broken(
                        Rule.EXTRACTION_FORBIDDEN_EARLY,
                        "step:forbid-extraction",
                        t -> t.moved("forbid-extraction", "test-copy")),
                broken(
                        Rule.REFUSAL_PROVES_NOTHING,
                        "step:forbid-extraction",
                        t -> t.moved("destroy-wrapping", "forbid-extraction")),
                broken(
                        Rule.CARRIER_DESTROYED_EARLY,
                        "step:destroy-wrapping",
                        t -> t.moved("destroy-wrapping", "test-copy")),
                broken(Rule.CERTIFICATE_BEFORE_FINGERPRINT, "step:issue-root", t -> t.moved("issue-root", "read-root")),
                broken(Rule.CERTIFICATE_BEFORE_TEST, "step:issue-root", t -> t.moved("issue-root", "test-root")),
                broken(Rule.CERTIFICATE_TWICE, "step:again", t -> t.repeated("issue-root", "again", "transfer-root")),
                brokenIn(
                        "subordinate-ca-signing",
                        Rule.ISSUER_BEFORE_FINGERPRINT,
                        "step:issue-subordinate",
                        t -> t.without("read-root")),
                brokenIn("crl-signing", Rule.ISSUER_BEFORE_FINGERPRINT, "step:issue-list", t -> t.without("read-root")),
                brokenIn(
                        "code-signing-key",
                        Rule.CERTIFICATE_NOT_ISSUED,
                        "step:sign-release",
                        t -> t.without("issue-certificate")),
                broken(
                        Rule.START_NOT_EARLIER,
                        "step:test-copy",
                        t -> t.replace("since: transfer-root", "since: close")),
                broken(Rule.EXCEPTIONS_NOT_READ, "step:close", t -> t.without("read-exceptions")),
                broken(Rule.EXCEPTIONS_NOT_READ, "step:close", t -> t.moved("read-exceptions", "close-bags")),
                broken(Rule.CLOSE_NOT_LAST, "step:close-bags", t -> t.moved("close", "close-bags")));
    }

    private static Stream<Broken> glass() {
        return Stream.of(
                brokenIn(
                        "break-glass",
                        Rule.BREAK_GLASS_WITHOUT_REVIEW,
                        "step:break-glass",
                        t -> t.inStep("break-glass", "        review_within_days: 3\n", "")),
                brokenIn(
                        "break-glass",
                        Rule.REVIEWER_BREAKS_GLASS,
                        "step:break-glass",
                        t -> t.replace(
                                "roles: [administrator, security_officer,", "roles: [officer, security_officer,")),
                brokenIn(
                        "break-glass",
                        Rule.BREAK_GLASS_TWICE,
                        "step:again",
                        t -> t.repeated("break-glass", "again", "open-envelope")),
                brokenIn(
                        "evidence-review",
                        Rule.REVIEW_BEFORE_ROLL_CALL,
                        "step:review-quarter",
                        t -> t.moved("review-quarter", "call-roll")),
                brokenIn("break-glass", Rule.BREAK_GLASS_LATE, "step:correct", t -> t.with(CORRECT, "break-glass")),
                brokenIn(
                        "break-glass",
                        Rule.REVIEW_OF_ITSELF,
                        "step:review",
                        t -> t.with(
                                CORRECT.replace("correct_entries", "review_break_glass")
                                        .replace("id: correct", "id: review"),
                                "read-exceptions")));
    }

    private static Stream<Broken> end() {
        return Stream.of(
                broken(Rule.CLOSE_MISSING, "step:read-exceptions", t -> t.without("close")),
                broken(
                        Rule.KEY_WITHOUT_BACKUP,
                        "step:generate-root",
                        t -> t.without("transfer-root")
                                .replace(
                                        "        since: transfer-root\n        within_minutes: $recovery_minutes\n", "")
                                .replace("  recovery_minutes:\n    type: integer\n    value: 240\n", "")),
                broken(
                        Rule.BACKUP_NOT_PROVEN,
                        "step:transfer-root",
                        t -> t.inStep("test-copy", "token: backup", "token: primary")),
                broken(Rule.KEY_LEFT_EXTRACTABLE, "step:generate-root", t -> t.without("forbid-extraction")),
                brokenIn(
                        "data-keys",
                        Rule.KEY_LEFT_EXTRACTABLE,
                        "step:generate-kek",
                        t -> t.without("forbid-extraction")),
                brokenIn("key-import", Rule.KEY_WITHOUT_BACKUP, "step:import-key", t -> t.without("transfer-imported")),
                brokenIn("key-import", Rule.CARRIER_LEFT, "step:generate-door", t -> t.without("destroy-door")),
                broken(Rule.CARRIER_LEFT, "step:generate-wrapping", t -> t.without("destroy-wrapping")),
                broken(
                        Rule.CARRIER_LEFT,
                        "step:trust-transport",
                        t -> t.inStep("destroy-transport", "[primary, backup]", "[backup]")),
                brokenDrill(
                        Rule.TOKEN_LEFT_AWAY,
                        "step:unplug-primary",
                        t -> t.inStep("plug-in-primary", "expect: present", "expect: absent")),
                broken(Rule.NO_ROLL_CALL, "step:open-room", t -> t.without("call-roll")),
                broken(Rule.DIGEST_NOT_READ, "step:open-room", t -> t.without("read-digest")),
                broken(Rule.CLOCK_NOT_CHECKED, "step:open-room", t -> t.without("compare-clock")),
                broken(Rule.WORKSTATION_NOT_CHECKED, "step:open-room", t -> t.without("check-console")));
    }

    private static Broken brokenHealth(Rule rule, String anchor, UnaryOperator<ScriptText> edit) {
        return brokenIn("hsm-health", rule, anchor, edit);
    }

    /// Parts, loops, decisions and waivers, in the shipped script that has most of them.
    private static Stream<Broken> composed() {
        String opening = "use: {file: opening.yaml, digest: \"";
        String none = "0".repeat(64);
        return Stream.of(
                brokenHealth(Rule.TOO_MANY_STEPS, "  - @for_each: {of: hsms", t -> {
                    ScriptText longer = t.replace("value: [primary, backup]", "value: [" + names(100) + "]")
                            .replace("type: list of token", "type: list of string");
                    for (int i = 1; i <= 8; i++) {
                        longer = longer.repeated("admit", "further-" + i, "decide");
                    }
                    // They stand in the act before the one with the decision.
                    String moved = longer.text();
                    int verdict = moved.indexOf("  - id: verdict");
                    int steps = moved.indexOf("      - kind: admit_token", verdict);
                    int decide = moved.indexOf("      - kind: decide");
                    return new ScriptText(moved.substring(0, verdict)
                            + moved.substring(steps, decide)
                            + moved.substring(verdict, steps)
                            + moved.substring(decide));
                }),
                brokenHealth(
                        Rule.TOO_MANY_PARTS,
                        "@" + opening + "09",
                        t -> t.replace("acts:\n", "acts:\n" + ("  - " + opening + none + "\"}\n").repeat(20))),
                brokenHealth(Rule.PART_MISSING, "file: @nothing.yaml", t -> t.replace("opening.yaml", "nothing.yaml")),
                brokenHealth(
                        Rule.BAD_VALUE, "file: @../opening.yaml", t -> t.replace("opening.yaml", "../opening.yaml")),
                brokenHealth(Rule.BAD_VALUE, "digest: @\"09ec\"", t -> digest(t, "09ec")),
                brokenHealth(Rule.PART_DIGEST_DIFFERS, "digest: @\"" + none, t -> digest(t, none)),
                brokenHealth(
                        Rule.PART_EXPECTS,
                        "@" + opening,
                        t -> t.replace("  witness:\n    title", "  observer:\n    title")),
                brokenHealth(
                        Rule.LOOP_IN_A_LOOP,
                        "@for_each: {of: hsms, as: x}",
                        t -> t.inStep(
                                "admit",
                                "        id: admit",
                                "        for_each: {of: hsms, as: x}\n        id: admit")),
                brokenHealth(Rule.UNDEFINED_REFERENCE, "of: @things", t -> t.replace("of: hsms", "of: things")),
                brokenHealth(
                        Rule.PARAMETER_TYPE,
                        "of: @hsms",
                        t -> t.replace(
                                "type: list of token\n    value: [primary, backup]", "type: string\n    value: A")),
                brokenHealth(Rule.UNUSED_DEFINITION, "as: @other", t -> t.replace("as: hsm}", "as: other}")),
                brokenHealth(
                        Rule.BAD_VALUE, "title: @Identify the ${it}", t -> t.inStep("identify", "${hsm}", "${it}")),
                brokenHealth(
                        Rule.UNDEFINED_REFERENCE,
                        "value: [primary, @spare]",
                        t -> t.replace("value: [primary, backup]", "value: [primary, spare]")),
                brokenHealth(
                        Rule.BAD_VALUE,
                        "value: [primary, @primary]",
                        t -> t.replace("value: [primary, backup]", "value: [primary, primary]")),
                brokenHealth(
                        Rule.BAD_VALUE,
                        "value: @[item1,",
                        t -> t.replace("value: [primary, backup]", "value: [" + names(101) + "]")),
                brokenHealth(
                        Rule.WAIVER_NOT_ALLOWED, "  - @rule: key-not-on-token", t -> waiving(t, "key-not-on-token")),
                brokenHealth(Rule.WAIVES_NOTHING, "  - @rule: clock-not-checked", t -> waiving(t, "clock-not-checked")),
                brokenHealth(
                        Rule.DECISION_WITHOUT_SOURCE,
                        "step:decide",
                        t -> t.replace("        question: Do both HSMs stay in use?\n", "")),
                brokenHealth(
                        Rule.DECISION_WITHOUT_SOURCE,
                        "step:decide",
                        t -> t.replace("question: Do both HSMs stay in use?", "result_of: admit-1")),
                brokenHealth(
                        Rule.DECISION_OF_NOTHING, "step:decide", t -> t.replace("            steps: [take-out]\n", "")),
                brokenHealth(
                        Rule.BAD_VALUE,
                        "paths:\n          @- name: repair",
                        t -> t.replace("          - name: keep\n            label: Yes, both stay in use\n", "")),
                brokenHealth(
                        Rule.DUPLICATE_ID,
                        "- name: @repair\n            label: Yes",
                        t -> t.replace("name: keep", "name: repair")),
                brokenHealth(Rule.UNDEFINED_REFERENCE, "steps: [@nowhere]", t -> t.replace("[take-out]", "[nowhere]")),
                brokenHealth(Rule.PATH_NOT_LATER, "step:decide", t -> t.replace("[take-out]", "[check-1]")),
                brokenHealth(
                        Rule.STEP_ON_TWO_PATHS,
                        "step:decide",
                        t -> t.replace(
                                "label: Yes, both stay in use",
                                "label: Yes, both stay in use\n            acts: [verdict]")),
                brokenHealth(
                        Rule.RESULT_NOT_EARLIER,
                        "step:decide",
                        t -> t.replace("question: Do both HSMs stay in use?", "result_of: take-out")),
                brokenHealth(Rule.TOO_MANY_COURSES, "step:decide", t -> {
                    ScriptText longer = t;
                    for (int i = 1; i <= 6; i++) {
                        longer = longer.repeated("decide", "decide-" + i, "take-out")
                                .repeated("take-out", "take-out-" + i, "take-out");
                        longer = longer.inStep("decide-" + i, "[take-out]", "[take-out-" + i + "]");
                    }
                    return longer;
                }));
    }

    private static ScriptText digest(ScriptText text, String other) {
        return new ScriptText(text.text().replaceFirst("digest: \"[0-9a-f]{64}\"", "digest: \"" + other + "\""));
    }

    private static ScriptText waiving(ScriptText text, String rule) {
        return text.replace(
                "acts:\n", "waivers:\n  - rule: " + rule + "\n    at: check-1\n    reason: Because.\n\nacts:\n");
    }

    private static String names(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "item" + i).collect(Collectors.joining(", "));
    }

    private static String keys(int count) {
        var keys = new StringBuilder();
        for (int i = 0; i < count; i++) {
            keys.append("x-").append(i).append(": 1\n");
        }
        return keys.toString();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void check_namesTheRuleAtItsPlace_whenTheScriptBreaksIt(Broken broken) {
        ScriptText text = broken.text();
        Place place = text.place(broken.anchor());

        List<Finding> findings =
                linter.check(FILE, text.bytes(), PartFiles.SHIPPED).findings();

        assertThat(findings)
                .as(findings.stream().map(Finding::text).collect(Collectors.joining("\n")))
                .anySatisfy(finding -> {
                    assertThat(finding.rule()).isEqualTo(broken.rule().id());
                    assertThat(finding.severity()).isEqualTo(broken.rule().severity());
                    assertThat(new Place(finding.line(), finding.column())).isEqualTo(place);
                    assertThat(finding.file()).isEqualTo(FILE);
                });
    }

    @Test
    void rules_areAllBrokenByATest() {
        var broken = rules().map(Broken::rule).collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
        broken.add(Rule.NOT_UTF_8); // below: no edit of a text makes other bytes than UTF-8
        broken.add(Rule.NOT_IN_A_PART); // PartTest: it stands in another file

        assertThat(broken).isEqualTo(EnumSet.allOf(Rule.class));
    }

    @Test
    void check_refusesTheFile_whenItsBytesAreNotUtf8() {
        LintReport report = linter.check(FILE, "title: \u00e4".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(report.findings()).extracting(Finding::rule).containsExactly("not-utf-8");
        assertThat(report.usable()).isFalse();
    }

    static Stream<Path> shipped() throws IOException {
        try (var files = Files.list(Path.of("ceremony-scripts"))) {
            return files.filter(Files::isRegularFile).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void check_findsNothing_inWhatIsShipped(Path script) throws IOException {
        LintReport report = linter.check(script.toString(), Files.readAllBytes(script), PartFiles.SHIPPED);

        assertThat(report.findings()).isEmpty();
        assertThat(report.usable()).isTrue();
    }

    @Test
    void check_findsNothing_inTheShippedScript() {
        LintReport report = linter.check(FILE, ScriptText.shipped().bytes());

        assertThat(report.findings()).isEmpty();
        assertThat(report.usable()).isTrue();
    }

    @Test
    void check_findsOnlyWarnings_whenOnlyHabitsAreMissing() {
        LintReport report = linter.check(
                FILE,
                ScriptText.shipped()
                        .without("compare-clock")
                        .without("check-console")
                        .bytes());

        assertThat(report.findings())
                .extracting(Finding::rule)
                .containsExactly("clock-not-checked", "workstation-not-checked");
        assertThat(report.usable()).isTrue();
    }

    @Test
    void text_isOneLineThatEditorsUnderstand() {
        Finding finding = Rule.UNKNOWN_KEY.at("a.yaml", new Place(3, 7), "colour", "id, title");

        assertThat(finding.text())
                .isEqualTo("a.yaml:3:7: error: The key colour is not known here. [unknown-key]"
                        + " Remove it or mend its spelling; known here: id, title.");
    }
}
