package org.quorate.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;

/// A root key made by a whole ceremony is used by programs that know nothing of this one. Each has its own way to
/// PKCS#11, and each must find the key and sign with it.
class KeysForOthersTest {
    private static final String LABEL = "root-ca-g1";

    @TempDir
    private static Path site;

    private static Path evidence;
    private static Json.Obj profile;
    private static String serial;
    private static String pin;

    @TempDir
    private Path folder;

    @BeforeAll
    static void holdTheCeremony() throws Exception {
        Path home = site.resolve("home");
        evidence = site.resolve("evidence");
        Program.Ended held = Program.run("rehearse", "--headless", "--home", home, "--out", evidence);
        assertThat(held.code()).as(held.err()).isZero();
        profile = Json.parseObject(Files.readAllBytes(home.resolve("site.json")));
        serial = profile.object("tokens").object("primary").string("serial");
        pin = Json.parseObject(Files.readAllBytes(home.resolve("practice-pins.json")))
                .object("tokens")
                .object("primary")
                .string("user");
    }

    private static String module() {
        return profile.object("modules").object("softhsm").string("path");
    }

    private static String key(String type) {
        return "pkcs11:serial=" + serial + ";object=" + LABEL + ";type=" + type;
    }

    private String root() {
        return evidence.resolve("root-ca.pem").toString();
    }

    /// What a program says, where it ends well.
    private String ok(Map<String, String> environment, String... words) throws Exception {
        Path said = folder.resolve("said");
        var builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment()
                .put("SOFTHSM2_CONF", site.resolve("home/softhsm2.conf").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(words[0]).isTrue();
        String text = Files.readString(said, UTF_8);
        assertThat(process.exitValue())
                .as(String.join(" ", words) + ": " + text)
                .isZero();
        return text;
    }

    private String ok(String... words) throws Exception {
        return ok(Map.of(), words);
    }

    private Path publicKey() throws Exception {
        return Files.writeString(folder.resolve("pub.pem"), ok("openssl", "x509", "-in", root(), "-pubkey", "-noout"));
    }

    @Test
    void p11tool_signsAndVerifiesWithTheKey() throws Exception {
        String said = ok(
                Map.of("GNUTLS_PIN", pin),
                "p11tool",
                "--provider",
                module(),
                "--login",
                "--batch",
                "--test-sign",
                key("private"));

        assertThat(said).contains("Verifying against public key in the token... ok");
    }

    @Test
    void certtool_issuesACertificateThatOpensslVerifies() throws Exception {
        ok(
                "openssl",
                "req",
                "-new",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                "leaf.key",
                "-subj",
                "/CN=leaf",
                "-out",
                "leaf.csr");
        Files.writeString(folder.resolve("leaf.tmpl"), "cn = \"leaf\"\nexpiration_days = 30\nsigning_key\n");
        ok(
                Map.of("GNUTLS_PIN", pin),
                "certtool",
                "--provider",
                module(),
                "--generate-certificate",
                "--load-request",
                "leaf.csr",
                "--load-ca-certificate",
                root(),
                "--load-ca-privkey",
                key("private"),
                "--template",
                "leaf.tmpl",
                "--outfile",
                "leaf.pem");

        assertThat(ok("openssl", "verify", "-CAfile", root(), "leaf.pem")).contains("leaf.pem: OK");
    }

    @Test
    void openssl_signsThroughItsEngine() throws Exception {
        Path settings = Files.writeString(folder.resolve("openssl.cnf"), """
                openssl_conf = init
                [init]
                engines = engines
                [engines]
                pkcs11 = own
                [own]
                engine_id = pkcs11
                MODULE_PATH = %s
                PIN = %s
                init = 0
                """.formatted(module(), pin));
        Files.writeString(folder.resolve("message"), "signed by a key of a ceremony\n");
        ok(
                Map.of("OPENSSL_CONF", settings.toString()),
                "openssl",
                "dgst",
                "-engine",
                "pkcs11",
                "-keyform",
                "engine",
                "-sha384",
                "-sign",
                key("private"),
                "-out",
                "signature",
                "message");

        assertThat(ok(
                        "openssl",
                        "dgst",
                        "-sha384",
                        "-verify",
                        publicKey().toString(),
                        "-signature",
                        "signature",
                        "message"))
                .contains("Verified OK");
    }

    @Test
    void sshKeygen_listsTheKeyOfTheCertificate() throws Exception {
        String own = ok("ssh-keygen", "-i", "-m", "PKCS8", "-f", publicKey().toString())
                .strip();

        assertThat(ok("ssh-keygen", "-D", module())).contains(own + " " + LABEL);
    }

    /// A certificate for code over the same key stands beside it on the token, since Java's provider shows no key
    /// without one.
    @Test
    void jarsigner_signsAJarThatVerifies() throws Exception {
        certificateForCode();
        Files.writeString(
                folder.resolve("provider.cfg"), "name = others\nlibrary = " + module() + "\nslot = " + slot());
        Files.writeString(folder.resolve("content"), "content\n");
        String bin = Path.of(System.getProperty("java.home"), "bin").toString();
        ok(bin + "/jar", "cf", "signed.jar", "content");
        ok(
                bin + "/jarsigner",
                "-keystore",
                "NONE",
                "-storetype",
                "PKCS11",
                "-storepass",
                pin,
                "-providerClass",
                "sun.security.pkcs11.SunPKCS11",
                "-providerArg",
                "provider.cfg",
                "signed.jar",
                LABEL);

        assertThat(ok(bin + "/jarsigner", "-verify", "signed.jar")).contains("jar verified.");
    }

    private void certificateForCode() throws Exception {
        ok(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                "issuer.key",
                "-subj",
                "/CN=Issuer",
                "-days",
                "30",
                "-out",
                "issuer.pem");
        Files.writeString(
                folder.resolve("code.ext"), "keyUsage = critical, digitalSignature\nextendedKeyUsage = codeSigning\n");
        ok("openssl", "req", "-new", "-key", "issuer.key", "-subj", "/CN=Code", "-out", "code.csr");
        ok(
                "openssl",
                "x509",
                "-req",
                "-in",
                "code.csr",
                "-CA",
                "issuer.pem",
                "-CAkey",
                "issuer.key",
                "-days",
                "30",
                "-force_pubkey",
                publicKey().toString(),
                "-extfile",
                "code.ext",
                "-out",
                "code.pem");
        ok("openssl", "x509", "-in", "code.pem", "-outform", "der", "-out", "code.der");
        ok(
                "pkcs11-tool",
                "--module",
                module(),
                "--slot",
                slot(),
                "--login",
                "--pin",
                pin,
                "--write-object",
                "code.der",
                "--type",
                "cert",
                "--id",
                keyId(),
                "--label",
                LABEL);
    }

    private static String slot() {
        return String.valueOf(token().integer("slot"));
    }

    private static String keyId() {
        return token().objects("objects").stream()
                .filter(object -> attribute(object, "CKA_LABEL").equals(LABEL))
                .map(object -> attribute(object, "CKA_ID"))
                .findFirst()
                .orElseThrow();
    }

    private static String attribute(Json.Obj object, String name) {
        return object.objects("attributes").stream()
                .filter(attribute -> attribute.string("name").equals(name))
                .flatMap(attribute -> attribute.optionalString("value").stream())
                .findFirst()
                .orElse("");
    }

    private static Json.Obj token() {
        return Program.run("inventory", "--site", site.resolve("home"), "--json")
                .json()
                .objects("modules")
                .getFirst()
                .objects("tokens")
                .stream()
                .filter(token -> token.string("serial").equals(serial))
                .findFirst()
                .orElseThrow();
    }
}
