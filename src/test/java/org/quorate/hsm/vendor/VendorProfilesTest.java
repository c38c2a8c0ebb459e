package org.quorate.hsm.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.AuditLog;
import org.quorate.hsm.ModuleInfo;
import org.quorate.hsm.Operation;
import org.quorate.hsm.VendorProfile;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class VendorProfilesTest {
    private static final Path DOC = Path.of("docs/vendor-profiles.md");
    private static final Path DATA = Path.of("src/main/resources/org/quorate/hsm/vendor");

    private static ModuleInfo module(String path) {
        return new ModuleInfo(path, Digest.of(new byte[0]), "2.40", "", "", "");
    }

    @Test
    void all_areTheFilesThatAreThere() throws Exception {
        try (Stream<Path> files = Files.list(DATA)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            VendorProfiles.ALL.stream().map(VendorProfile::id).toList());
        }
    }

    @Test
    void all_haveModulesOfTheirOwn_andPatternsThatAreOne() {
        var files = new HashSet<String>();
        for (VendorProfile profile : VendorProfiles.ALL) {
            assertThat(profile.module().files()).as(profile.id()).allMatch(files::add);
            for (VendorProfile.Command command : profile.commands()) {
                Stream.concat(command.output().expect().stream(), command.output().refuse().stream())
                        .forEach(pattern -> Pattern.compile(pattern.replace("{serial}", "1")
                                .replace("{label}", "x")
                                .replace("{firmware}", "1")));
                assertThat(command.output().expect())
                        .as(profile.id() + " " + command.name())
                        .isNotEmpty();
            }
        }
    }

    /// The example of the maker's guide ("List HSMs with CloudHSM CLI"), shortened; nobody here saw another one.
    @Test
    void modeOfAwsCloudHsm_isThatOfEveryHsmOfTheCluster() {
        VendorProfile.Output mode = VendorProfiles.ALL.stream()
                .filter(profile -> profile.id().equals("aws-cloudhsm"))
                .flatMap(profile -> profile.commands().stream())
                .filter(command -> command.name().equals("mode"))
                .findFirst()
                .orElseThrow()
                .output();
        String one = "{\"serial-number\": \"5.3G1941-ICM000590\", \"firmware-id\": \"CNN35XX-NFBE-FW-2.06-16\"\n"
                + "\"fips-state\": \"2 [FIPS mode with single factor authentication]\"}";
        String cluster = "{\"error_code\": 0, \"data\": {\"hsms\": [" + one + ", " + one + "]}}";

        assertThat(accepts(mode, cluster)).isTrue();
        assertThat(accepts(mode, cluster.replaceFirst("2 \\[FIPS mode[^]]*", "0 [something else")))
                .isFalse();
        assertThat(accepts(mode, cluster.replace("fips-state", "state"))).isFalse();
        assertThat(accepts(mode, cluster.replace("\"error_code\": 0", "\"error_code\": 1")))
                .isFalse();
    }

    private static boolean accepts(VendorProfile.Output output, String printed) {
        return output.expect().stream()
                        .allMatch(pattern ->
                                Pattern.compile(pattern).matcher(printed).find())
                && output.refuse().stream()
                        .noneMatch(pattern ->
                                Pattern.compile(pattern).matcher(printed).find());
    }

    @Test
    void of_aModule_isFoundByItsFileName() {
        assertThat(VendorProfiles.of(module("/opt/somewhere/libCryptoki2_64.so")))
                .get()
                .extracting(VendorProfile::id)
                .isEqualTo("thales-luna");
        assertThat(VendorProfiles.of(module("/opt/libother.so"))).isEmpty();
    }

    /// A log of which an act leaves nothing could be matched with anything.
    @Test
    void auditLogs_speakOfOperationsThatCeremoniesHave() {
        for (VendorProfile profile : VendorProfiles.ALL) {
            profile.module().auditLog().ifPresent(log -> {
                assertThat(log.form().entry().namedGroups().keySet())
                        .as(profile.id())
                        .contains("time", "operation", "result");
                assertThat(log.traces())
                        .as(profile.id())
                        .isNotEmpty()
                        .allMatch(trace -> trace.act().equals(AuditLog.TRANSFER_OUT)
                                || Operation.ofWire(trace.act()).isPresent());
            });
        }
    }

    @Test
    void explain_ofAMakersNumber_saysWhatItMeans() {
        VendorProfile luna = VendorProfiles.of(module("/x/libCryptoki2_64.so")).orElseThrow();

        assertThat(luna.explain("CKR_0x80000007")).contains("The role is locked after too many wrong PINs.");
        assertThat(luna.explain("CKR_PIN_INCORRECT")).isEmpty();
        assertThat(luna.explain("CKR_0x8000000")).isEmpty();
    }

    @Test
    void explain_ofANumberOfPkcs11ThatSaysMoreHere_saysIt() {
        VendorProfile yubi = VendorProfiles.of(module("/x/yubihsm_pkcs11.so")).orElseThrow();

        assertThat(yubi.explain("CKR_FUNCTION_REJECTED").orElseThrow()).contains("capability");
    }

    @Test
    void initString_isThatOfTheProfile_orNone() {
        VendorProfile yubi = VendorProfiles.ofFile("/x/yubihsm_pkcs11.so").orElseThrow();
        assertThat(yubi.initString(Map.of())).contains("connector=http://127.0.0.1:12345");
        assertThat(yubi.initString(Map.of("YUBIHSM_PKCS11_CONF", "/etc/yubihsm.conf")))
                .isEmpty();
        assertThat(VendorProfiles.ofFile("/x/libsofthsm2.so").orElseThrow().initString(Map.of()))
                .isEmpty();
    }

    @Test
    void all_nameAttributesThatAreOnes_returnValuesAsTheyAreWritten_andAShortFormOfPins() {
        Set<String> known = Stream.of(Attribute.values()).map(Attribute::cka).collect(Collectors.toSet());
        for (VendorProfile profile : VendorProfiles.ALL) {
            // With its length it is one line above the field on the smallest screen.
            assertThat(profile.practice().pin().form()).as(profile.id()).hasSizeLessThan(46);
            assertThat(known).as(profile.id()).containsAll(profile.module().notReported());
            assertThat(profile.module().errors().keySet())
                    .as(profile.id())
                    .allMatch(rv -> rv.matches("0x[89a-f][0-9a-f]{7}|CKR_[A-Z0-9_]+"));
        }
    }

    @Test
    void reports_ofWhatAModuleAnswersWithAConstant_isFalse() {
        VendorProfile yubi = VendorProfiles.of(module("/x/yubihsm_pkcs11.so")).orElseThrow();

        assertThat(yubi.reports(Attribute.ALWAYS_SENSITIVE)).isFalse();
        assertThat(yubi.reports(Attribute.SENSITIVE)).isTrue();
    }

    @Test
    void read_ofACommandThatChangesAndSaysNothingOfAfterwards_isRefused() throws Exception {
        Json.Obj good = Json.parseObject(Files.readAllBytes(DATA.resolve("softhsm.json")));
        Json.Obj command = good.objects("commands").getFirst();

        for (Json.Obj bad : List.of(
                command.with("changes", new Json.Bool(true)),
                command.with("quorum", Json.of("hsm")),
                command.with("stdin", Json.strings(List.of("password"))))) {
            assertThatThrownBy(() -> VendorProfiles.read(good.with("commands", Json.array(List.of(bad)))))
                    .isInstanceOf(JsonException.class);
        }
    }

    @Test
    void read_ofAProfileWithAnUnknownMemberOrARelativePath_isRefused() throws Exception {
        Json.Obj good = Json.parseObject(Files.readAllBytes(DATA.resolve("softhsm.json")));
        Json.Obj command = good.objects("commands").getFirst().with("words", Json.strings(List.of("softhsm2-util")));

        assertThatThrownBy(() -> VendorProfiles.read(good.with("colour", Json.of("red"))))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> VendorProfiles.read(good.without("pin"))).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> VendorProfiles.read(good.with("commands", Json.array(List.of(command)))))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("absolute");
    }

    /// The schema for editors names the members that the reader takes, and no others.
    @Test
    void schema_namesTheMembersOfEveryFile() throws Exception {
        String text = Files.readString(Path.of("docs/vendor-profile.schema.json"));
        var schema = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
        for (VendorProfile profile : VendorProfiles.ALL) {
            Json.Obj file = Json.parseObject(Files.readAllBytes(DATA.resolve(profile.id() + ".json")));
            assertThat(file.members().keySet())
                    .containsExactlyInAnyOrderElementsOf(((Map<?, ?>) schema.get("properties"))
                            .keySet().stream().map(String::valueOf).toList());
        }
        assertThat(schema.get("additionalProperties")).isEqualTo(false);
    }

    @Test
    void page_isWhatTheFilesSay() throws Exception {
        String expected =
                VendorProfiles.ALL.stream().map(VendorProfilesTest::section).collect(Collectors.joining("\n"));

        assertThat(Files.readString(DOC))
                .as("paste this behind the heading of %s:%n%s", DOC, expected)
                .endsWith(expected);
    }

    private static String section(VendorProfile profile) {
        var text = new StringBuilder("## " + profile.title() + "\n\n");
        text.append(
                switch (profile.experience()) {
                    case RUN -> "Run here.\n\n";
                    case NOT_RUN -> "**Not yet run on hardware.**\n\n";
                });
        text.append("| what | how |\n|---|---|\n");
        row(text, "module", String.join(", ", profile.module().files().isEmpty() ? List.of("none") : quoted(profile)));
        profile.module()
                .environment()
                .forEach(variable ->
                        row(text, "environment `" + variable.name() + "`", capital(variable.holds()) + "."));
        profile.module().initString().ifPresent(init -> row(text, "init string", "`" + init + "`"));
        row(
                text,
                "PIN",
                profile.practice().pin().form() + ". "
                        + profile.practice().pin().help());
        act(text, "initialise", profile.practice().initialise());
        act(text, "quorum of its own", profile.practice().quorum());
        act(text, "backup", profile.practice().backup());
        act(text, "FIPS mode", profile.practice().fips());
        if (!profile.module().notReported().isEmpty()) {
            row(
                    text,
                    "does not report truly",
                    String.join(", ", profile.module().notReported()));
        }
        profile.module().auditLog().ifPresent(log -> row(text, "its own log", log.how()));
        profile.practice().mind().forEach(mind -> row(text, "mind", mind));
        profile.module().errors().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(error -> row(text, "`" + error.getKey() + "`", error.getValue()));
        profile.commands()
                .forEach(command -> row(
                        text,
                        "command `" + command.name() + "`",
                        command.title()
                                + command.change()
                                        .map(any -> " (changes the token, needs a quorum)")
                                        .orElse("")
                                + ": `"
                                + String.join(" ", command.call().words()) + "`"));
        return text.toString();
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static List<String> quoted(VendorProfile profile) {
        return profile.module().files().stream().map(file -> "`" + file + "`").toList();
    }

    private static void act(StringBuilder text, String what, VendorProfile.Act act) {
        String by = switch (act.by()) {
            case PKCS11 -> "PKCS#11";
            case VENDOR -> "the maker's tool";
            case NONE -> "nothing";
        };
        row(text, what, "By " + by + ". " + act.how());
    }

    private static void row(StringBuilder text, String what, String how) {
        text.append("| ")
                .append(what)
                .append(" | ")
                .append(how.replace("|", "\\|"))
                .append(" |\n");
    }
}
