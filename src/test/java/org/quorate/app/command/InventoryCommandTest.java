package org.quorate.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.app.Program;
import org.quorate.app.Program.Ended;
import org.quorate.app.site.SiteFolder;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.ceremony.Site;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.Modules;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.pkcs11.ModuleSettings;
import org.quorate.hsm.pkcs11.Pkcs11Hsm;
import picocli.CommandLine;

class InventoryCommandTest {
    private static final KeyId ROOT = new KeyId("0a".repeat(16));
    private static final KeyId OPEN = new KeyId("0b".repeat(16));
    private static final String ODD = "odd, \"label\"\u202e";

    @TempDir
    static Path folder;

    private static SoftHsm softHsm;
    private static TokenInfo primary;

    @CommandLine.Command(name = "quorate")
    private static final class Root extends Command {
        @Override
        protected Exit run(Output output) {
            return Exit.DONE;
        }
    }

    @BeforeAll
    static void tokensWithObjects() {
        softHsm = SoftHsm.with("primary", ODD);
        primary = softHsm.token("primary").info();
        try (TokenSession session = softHsm.asUser("primary")) {
            session.generateKeyPair(
                            new KeySpec.Ec(KeySpec.Curve.P384),
                            ROOT,
                            KeyPurpose.CERTIFICATE_AUTHORITY.publicHalf(ODD),
                            KeyPurpose.CERTIFICATE_AUTHORITY.privateHalf(ODD))
                    .orThrow();
            session.generateKey(
                            new KeySpec.Aes(128),
                            OPEN,
                            KeyPurpose.UNWRAPPING
                                    .secretKey("careless")
                                    .with(Attribute.SENSITIVE, false)
                                    .with(Attribute.EXTRACTABLE, true))
                    .orThrow();
        }
    }

    @AfterAll
    static void away() {
        softHsm.close();
    }

    private static Ended run(Object... arguments) {
        var words = new ArrayList<Object>(List.of("--module", SoftHsm.MODULE));
        words.addAll(List.of(arguments));
        return execute(settings -> Pkcs11Hsm.open(softHsm.settings()), words.toArray());
    }

    private static Ended execute(Function<ModuleSettings, Hsm> hsms, Object... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var command = new InventoryCommand(hsms, new SiteFolder(folder), prompt -> SoftHsm.userPin());
        var words = new ArrayList<>(List.of("inventory"));
        List.of(arguments).forEach(argument -> words.add(String.valueOf(argument)));
        int code = Commands.of(new Root(), List.of(command), new PrintWriter(out), new PrintWriter(err))
                .execute(words.toArray(String[]::new));
        return new Ended(code, out.toString(), err.toString());
    }

    @Test
    void list_forPeople_isOfAHundredColumns_andSpellsOutWhatDeceives() {
        Ended ended = run("--login", "--serial", primary.serial());

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(ended.out())
                .contains("\"primary\", serial " + primary.serial())
                .contains("CKO_PRIVATE_KEY \"odd, \"label\"[U+202E]\", EC P-384")
                .contains("    CKA_ID        " + ROOT.hex())
                .contains("    readable      VALUE")
                .doesNotContain("\u202e");
        String privateKey = ended.out().substring(ended.out().indexOf("CKO_PRIVATE_KEY"));
        assertThat(privateKey
                        .lines()
                        .filter(line -> line.startsWith("    sensitive"))
                        .findFirst())
                .contains("    sensitive     VALUE");
    }

    @Test
    void list_withoutLogin_hidesWhatIsPrivate_andShowsAllTokens() {
        Ended ended = run();

        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains("\"primary\"")
                .contains("[U+202E]\", serial")
                .contains("not initialised")
                .contains("CKO_PUBLIC_KEY")
                .doesNotContain("CKO_PRIVATE_KEY");
    }

    @Test
    void list_forPrograms_hasEveryAttributeInItsState() {
        Ended ended = run("--json", "--login", "--token", "primary");

        Json.Obj token =
                ended.json().objects("modules").getFirst().objects("tokens").getFirst();
        assertThat(token.strings("states")).isEmpty();
        assertThat(token.objects("objects")).hasSize(3);
        Json.Obj key = token.objects("objects").stream()
                .filter(object -> object.string("class").equals("CKO_PRIVATE_KEY"))
                .findFirst()
                .orElseThrow();
        assertThat(key.string("label")).isEqualTo(ODD);
        assertThat(key.string("cka_id")).isEqualTo(ROOT.hex());
        assertThat(key.string("key")).isEqualTo("EC P-384");
        assertThat(key.objects("attributes")).hasSizeGreaterThan(100);
        assertThat(state(key, "CKA_SENSITIVE")).isEqualTo("reported true");
        assertThat(state(key, "CKA_KEY_GEN_MECHANISM")).isEqualTo("reported CKM_EC_KEY_PAIR_GEN");
        assertThat(state(key, "CKA_VALUE")).isEqualTo("withheld");
        assertThat(state(key, "CKA_TRUSTED")).isEqualTo("not_reported");
        Json.Obj open = token.objects("objects").stream()
                .filter(object -> object.string("label").equals("careless"))
                .findFirst()
                .orElseThrow();
        assertThat(open.string("key")).isEqualTo("AES 128");
        assertThat(state(open, "CKA_VALUE")).isEqualTo("given_out");
        assertThat(open.text()).doesNotContain("\"CKA_VALUE\",\"state\":\"given_out\",\"value\"");
    }

    /// As a program reads it that knows nothing but RFC 4180.
    @Test
    void csv_isWhatTheRfcSays_andHasEveryAttribute() {
        Ended ended = run("--csv", "--login", "--token", "primary");

        List<List<String>> rows = parsed(ended.out());
        assertThat(rows.getFirst())
                .containsExactly(
                        "module", "slot", "token", "serial", "class", "label", "id", "attribute", "state", "value");
        assertThat(rows).allMatch(row -> row.size() == 10);
        assertThat(rows).hasSizeGreaterThan(300);
        assertThat(rows)
                .contains(List.of(
                        SoftHsm.MODULE.toString(),
                        String.valueOf(softHsm.token("primary").info().slot()),
                        "primary",
                        primary.serial(),
                        "CKO_PRIVATE_KEY",
                        ODD,
                        ROOT.hex(),
                        "CKA_EXTRACTABLE",
                        "reported",
                        "true"));
        assertThat(ended.out()).endsWith("\r\n");
    }

    @Test
    void mechanisms_ofTheTokenThatIsNamed_areListedWithTheSizesOfTheirKeys() {
        assertThat(run("--token", "primary").out().replaceAll("\\s+", " "))
                .contains("mechanisms, with the sizes of their keys")
                .contains(", RSA_PKCS_KEY_PAIR_GEN 512–16384,");
        Json.Obj token = run("--json", "--token", "primary")
                .json()
                .objects("modules")
                .getFirst()
                .objects("tokens")
                .getFirst();
        assertThat(token.objects("mechanisms"))
                .anySatisfy(one -> assertThat(one.string("name")).isEqualTo("CKM_AES_KEY_WRAP_PAD"));
        assertThat(run().out()).doesNotContain("RSA_PKCS_KEY_PAIR_GEN");
    }

    /// A site of two modules, of which the first is not there.
    @Test
    void moduleThatCannotBeUsed_doesNotHideTheOthers() throws Exception {
        Path home = Files.createTempDirectory(folder, "site");
        var modules = Map.of(
                "a",
                Site.ModuleAt.of("/none.so"),
                "b",
                new Site.ModuleAt(SoftHsm.MODULE.toString(), Optional.empty(), SoftHsm.environment(softHsm.folder())));
        var machinery = new Site.Machinery(modules, Map.of(), Optional.empty());
        Json.Obj site = new Site("Site", "Organisation", "Room", Site.Mode.REHEARSAL, machinery).toJson();
        Files.writeString(home.resolve("site.json"), site.text());

        for (String form : List.of("--verbose", "--json", "--csv")) {
            Ended ended = execute(Pkcs11Hsm::open, "--site", home, form);
            assertThat(ended.code()).as(ended.err()).isEqualTo(3);
            assertThat(ended.out()).contains("primary");
            assertThat(ended.out() + ended.err()).contains("/none.so is not there.");
        }
        assertThat(execute(Pkcs11Hsm::open, "--site", home, "--serial", primary.serial())
                        .out())
                .contains("\"primary\", serial " + primary.serial());
    }

    /// The first token refuses whatever it is asked.
    @Test
    void tokenThatCannotBeLookedAt_doesNotHideTheOthers() {
        Function<ModuleSettings, Hsm> hsms = settings -> {
            Pkcs11Hsm real = Pkcs11Hsm.open(softHsm.settings());
            return proxy(Hsm.class, (method, arguments) -> {
                Object answer = method.invoke(real, arguments);
                return answer instanceof List<?> list && method.getName().equals("tokens")
                        ? Stream.concat(
                                        Stream.of(silent((Token) list.getFirst())),
                                        list.stream().skip(1))
                                .toList()
                        : answer;
            });
        };
        Ended ended = execute(hsms, "--module", SoftHsm.MODULE);
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out())
                .contains("  The token is not there.")
                .contains("\"primary\"")
                .contains("odd");
    }

    private static Token silent(Token token) {
        return proxy(Token.class, (method, arguments) -> {
            if (method.getName().equals("info")) {
                return token.info();
            }
            throw Problem.of("hsm.removed", "C_GetMechanismList", "CKR_DEVICE_REMOVED")
                    .asException();
        });
    }

    private interface Behaviour {
        Object answer(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Behaviour behaviour) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> behaviour.answer(method, arguments)));
    }

    @Test
    void tokenThatIsNotThere_isSaid() {
        Ended ended = run("--token", "nobody");
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.problem().getFirst()).isEqualTo("No token here is nobody.");
    }

    @Test
    void optionsThatContradict_areMisuse() {
        for (List<String> options : List.of(
                List.of("--csv", "--json"),
                List.of("--admit", "--csv"),
                List.of("--token", "a", "--serial", "b"),
                List.of("--login", "--no-login"),
                List.of("--no-login"),
                List.of("--lock", "a"),
                List.of("--admit", "--lock", "a", "--serial", "b"),
                List.of("--admit"),
                List.of("--login"))) {
            assertThat(run(options.toArray()).code()).as(options.toString()).isEqualTo(2);
        }
    }

    @Test
    void admission_withLockout_saysBoth() {
        Ended ended = run("--json", "--admit", "--serial", primary.serial(), "--lock", primary.serial());
        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.json().object("admission").string("login")).isEqualTo("user");
        assertThat(ended.out()).contains("not locked after 12 wrong PINs");
    }

    @Test
    void admission_asPeopleStartIt_readsThePinFromTheStandardInput() throws Exception {
        Ended admitted = process("user-pin-12345678\n", "--admit", "--token", "primary");
        assertThat(admitted.code()).as(admitted.out() + admitted.err()).isZero();
        assertThat(admitted.out())
                .startsWith("Admitted: \"primary\"")
                .contains("Limits: these do not hold, and a script must allow for it (3).")
                .doesNotContain("Reasons to refuse it");
        assertThat(admitted.out().lines()).allMatch(line -> line.length() <= 100);

        Ended wrong = process("not-the-pin\n", "--admit", "--token", "primary");
        assertThat(wrong.code()).isEqualTo(3);
        assertThat(wrong.problem().getFirst()).isEqualTo("The HSM did not accept the PIN.");
        Ended none = process("", "--admit", "--token", "primary");
        assertThat(none.code()).isEqualTo(3);
        assertThat(none.problem().getFirst()).isEqualTo("No PIN was given.");
    }

    @Test
    void admission_ofAModuleThatWrapsWhatMayNotLeave_isNo() {
        Ended ended = Program.run(
                "inventory",
                "--admit",
                "--module",
                Modules.find("libsoftokn3.so", "libnss3"),
                "--init-string",
                "configdir='' certPrefix='' keyPrefix='' secmod='' flags=noModDB,noCertDB,forceOpen,optimizeSpace",
                "--token",
                "NSS Certificate DB");
        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(ended.out())
                .startsWith("Not admitted: \"NSS Certificate DB\"")
                .contains("Reasons to refuse it: these do not hold (4).")
                .contains("A secret key that may not leave cannot be wrapped");
    }

    private static Ended process(String input, Object... arguments) throws Exception {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.quorate.app.Main",
                "inventory",
                "--module",
                SoftHsm.MODULE.toString());
        List.of(arguments).forEach(argument -> builder.command().add(String.valueOf(argument)));
        builder.environment().putAll(SoftHsm.environment(softHsm.folder()));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        return new Ended(process.waitFor(), Files.readString(out), Files.readString(err));
    }

    private static String state(Json.Obj object, String attribute) {
        Json.Obj reading = object.objects("attributes").stream()
                .filter(one -> one.string("name").equals(attribute))
                .findFirst()
                .orElseThrow();
        return (reading.string("state") + " " + reading.optionalString("value").orElse("")).strip();
    }

    private static List<List<String>> parsed(String csv) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(List.copyOf(row));
                    row.clear();
                }
            } else if (quoted || c != '\r') {
                field.append(c);
            }
        }
        return rows;
    }
}
