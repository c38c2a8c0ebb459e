package org.quorate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1InputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quorate.base.Secret;
import org.quorate.hsm.Attribute;
import org.quorate.hsm.CipherScheme;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.Template;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.WrapScheme;

/// Keys that OpenSSL wrapped by RSA-AES, and keys that it opens again. SoftHSM has no CKM_RSA_AES_KEY_WRAP, so that on
/// it the mechanism is composed; behind the shim it has one.
class RsaAesTest {
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final KeyId TRANSPORT = id(1);
    private static final KeyId OUTSIDE = id(2);
    private static final AtomicInteger NEXT = new AtomicInteger(9);
    private static final String COMPOSED = "CKM_RSA_PKCS_OAEP with SHA-1, then 0x210a, found to be RFC 5649";

    @TempDir
    static Path folder;

    private static SoftHsm softHsm;
    private static TokenSession session;
    private static PublicKey transport;
    private static KeyPair outside;

    @BeforeAll
    static void carriers() throws Exception {
        softHsm = SoftHsm.with("one");
        session = softHsm.asUser("one");
        transport = session.generateKeyPair(
                        new KeySpec.Rsa(3072),
                        TRANSPORT,
                        KeyPurpose.TRANSPORT.publicHalf("transport"),
                        KeyPurpose.TRANSPORT.privateHalf("transport"))
                .orThrow();
        outside = pair(new KeySpec.Rsa(2048));
        Template carrier = KeyPurpose.TRANSPORT.trustedPublicHalf("outside").with(Attribute.TRUSTED, false);
        session.importPublicKey(outside.getPublic(), OUTSIDE, carrier).orThrow();
    }

    @AfterAll
    static void away() {
        session.close();
        softHsm.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA 2048", "RSA 3072", "RSA 4096", "EC P-256", "EC P-384", "EC P-521"})
    void pairWrappedOutside_signsOnTheToken_andIsOpenedOutsideAsItWas(String text) throws Exception {
        var spec = (KeySpec.Pair) KeySpec.parse(text).orElseThrow();
        KeyPair key = pair(spec);
        KeyId id = received(spec, key.getPrivate().getEncoded(), leaving(spec));

        SignatureScheme scheme = SignatureScheme.strongestFor(spec);
        Signature verifier = Signature.getInstance(scheme.jca());
        verifier.initVerify(key.getPublic());
        verifier.update(MESSAGE);
        assertThat(verifier.verify(session.sign(id, scheme, MESSAGE).orThrow())).isTrue();
        assertThat(session.mechanismOf(WrapScheme.RSA_AES)).contains(COMPOSED);

        byte[] opened = opened(wrapped(session, id, ObjectClass.PRIVATE_KEY).orThrow());
        PrivateKey back = KeyFactory.getInstance(key.getPrivate().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(withoutPadding(opened)));
        assertThat(back).isEqualTo(key.getPrivate());
        assertThat(session.objects()).allMatch(TokenObject::onToken);
    }

    @Test
    void aesKeyWrappedOutside_encryptsOnTheToken_andIsOpenedOutsideAsItWas() throws Exception {
        byte[] value = random(32);
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(value, "AES"));
        KeyId id = received(new KeySpec.Aes(256), value, leaving(KeyPurpose.DATA_ENCRYPTION.secretKey("aes")));

        assertThat(session.encrypt(id, CipherScheme.AES_BLOCKS, new byte[16]).orThrow())
                .isEqualTo(cipher.doFinal(new byte[16]));
        assertThat(opened(wrapped(session, id, ObjectClass.SECRET_KEY).orThrow()))
                .isEqualTo(value);
    }

    @Test
    void hmacKeyWrappedOutside_authenticatesOnTheToken_andIsOpenedOutsideAsItWas() throws Exception {
        byte[] value = random(64);
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(value, "generic"));
        KeyId id = received(new KeySpec.Hmac(512), value, leaving(KeyPurpose.MESSAGE_AUTHENTICATION.secretKey("mac")));

        assertThat(session.sign(id, SignatureScheme.HMAC_SHA512, MESSAGE).orThrow())
                .isEqualTo(mac.doFinal(MESSAGE));
        assertThat(opened(wrapped(session, id, ObjectClass.SECRET_KEY).orThrow()))
                .isEqualTo(value);
    }

    /// The key of the moment is nobody's trusted one, and only the security officer could make it so.
    @Test
    void keyThatLeavesUnderTrustedKeysOnly_isRefused_andNothingIsLeft() {
        KeyId id = id(NEXT.incrementAndGet());
        session.generateKey(new KeySpec.Aes(256), id, KeyPurpose.DATA_ENCRYPTION.secretKey("stays"))
                .orThrow();

        assertThat(wrapped(session, id, ObjectClass.SECRET_KEY))
                .isEqualTo(new Outcome.Refused<>("C_WrapKey", "CKR_KEY_NOT_WRAPPABLE"));
        assertThat(session.objects()).allMatch(TokenObject::onToken);
    }

    @Test
    void blobThatWasCutOrChanged_isRefused_andNothingIsLeft() throws Exception {
        byte[] blob = wrappedOutside(random(32));
        byte[] changed = blob.clone();
        changed[changed.length - 1] ^= 1;

        assertThat(unwrapped(session, Arrays.copyOf(blob, 384)).rv()).isEqualTo("CKR_WRAPPED_KEY_LEN_RANGE");
        // SoftHSM calls it a general error, which may mean anything.
        assertThat(unwrapped(session, changed)).isNotInstanceOf(Outcome.Done.class);
        assertThat(unwrapped(session, Arrays.copyOf(blob, blob.length - 8))).isNotInstanceOf(Outcome.Done.class);
        assertThat(session.objects()).allMatch(TokenObject::onToken);
        unwrapped(session, blob).orThrow();
    }

    @Test
    void failureInTheMiddle_leavesNoKeyOfTheMoment() throws Exception {
        var shim = new Shim(Files.createDirectory(folder.resolve("failing")));
        try (Pkcs11Hsm hsm = Pkcs11Hsm.open(shim.settings(softHsm.folder(), Map.of()));
                TokenSession failing = asUser(hsm)) {
            KeyId id = id(NEXT.incrementAndGet());
            failing.generateKey(new KeySpec.Aes(256), id, leaving(KeyPurpose.DATA_ENCRYPTION.secretKey("aes")))
                    .orThrow();
            // Once without a failure, so that the mechanisms are known.
            byte[] blob = wrapped(failing, id, ObjectClass.SECRET_KEY).orThrow();
            byte[] other = wrappedOutside(random(32));
            assertThat(blob).hasSize(256 + 40);

            // The first is OAEP with SHA-256, which SoftHSM refuses by itself.
            for (int call : new int[] {2, 3}) {
                shim.plan("C_WrapKey", call, "answer", 0x80000063L);
                assertThat(wrapped(failing, id, ObjectClass.SECRET_KEY).rv()).isEqualTo("CKR_0x80000063");
                assertThat(shim.waits()).isFalse();
                assertThat(failing.objects()).allMatch(TokenObject::onToken);
            }
            shim.plan("C_UnwrapKey", 3, "answer", 0x80000063L);
            assertThat(unwrapped(failing, other).rv()).isEqualTo("CKR_0x80000063");
            assertThat(shim.waits()).isFalse();
            assertThat(failing.objects()).allMatch(TokenObject::onToken);
        }
    }

    @Test
    void tokenWithTheMechanism_isAskedForItAlone_andTheBytesAreTheSame() throws Exception {
        var shim = new Shim(Files.createDirectory(folder.resolve("native")));
        try (Pkcs11Hsm hsm = Pkcs11Hsm.open(shim.settings(softHsm.folder(), Map.of("SHIM_RSA_AES", "yes")));
                TokenSession able = asUser(hsm)) {
            byte[] value = random(32);
            KeyId id = unwrapped(able, wrappedOutside(value)).orThrow();

            assertThat(able.mechanismOf(WrapScheme.RSA_AES)).contains("CKM_RSA_AES_KEY_WRAP with SHA-1");
            assertThat(opened(wrapped(able, id, ObjectClass.SECRET_KEY).orThrow()))
                    .isEqualTo(value);
            assertThat(hsm.drainCallLog()).noneMatch(line -> line.startsWith("C_GenerateKey"));
        }
    }

    private static TokenSession asUser(Pkcs11Hsm hsm) {
        Token token = hsm.tokens().stream()
                .filter(one -> one.info().label().equals("one"))
                .findFirst()
                .orElseThrow();
        try (Secret pin = SoftHsm.userPin()) {
            return token.open(new Token.Login.User(pin)).orThrow();
        }
    }

    private static Outcome<byte[]> wrapped(TokenSession by, KeyId id, ObjectClass kind) {
        return by.wrap(OUTSIDE, WrapScheme.RSA_AES, id, kind);
    }

    private static Outcome<KeyId> unwrapped(TokenSession by, byte[] blob) {
        return by.unwrap(
                TRANSPORT,
                WrapScheme.RSA_AES,
                blob,
                new KeySpec.Aes(256),
                id(NEXT.incrementAndGet()),
                leaving(KeyPurpose.DATA_ENCRYPTION.secretKey("aes")));
    }

    private static KeyId received(KeySpec spec, byte[] value, Template template) throws Exception {
        KeyId id = id(NEXT.incrementAndGet());
        return session.unwrap(TRANSPORT, WrapScheme.RSA_AES, wrappedOutside(value), spec, id, template)
                .orThrow();
    }

    private static Template leaving(KeySpec.Pair spec) {
        return leaving(KeyPurpose.SIGNING.privateHalf(spec.text()));
    }

    private static Template leaving(Template template) {
        return template.with(Attribute.EXTRACTABLE, true).with(Attribute.WRAP_WITH_TRUSTED, false);
    }

    /// By OpenSSL: a fresh AES key under the transport key, and `value` under that one.
    private static byte[] wrappedOutside(byte[] value) throws Exception {
        byte[] moment = random(32);
        Path key = Files.write(folder.resolve("transport.der"), transport.getEncoded());
        byte[] first = openssl(
                moment,
                "pkeyutl",
                "-encrypt",
                "-pubin",
                "-keyform",
                "DER",
                "-inkey",
                key.toString(),
                "-pkeyopt",
                "rsa_padding_mode:oaep");
        byte[] second = openssl(value, "enc", "-id-aes256-wrap-pad", "-K", hex(moment), "-iv", "A65959A6");
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /// By OpenSSL, with the private key outside.
    private static byte[] opened(byte[] blob) throws Exception {
        Path key =
                Files.write(folder.resolve("outside.der"), outside.getPrivate().getEncoded());
        byte[] moment = openssl(
                Arrays.copyOf(blob, 256),
                "pkeyutl",
                "-decrypt",
                "-keyform",
                "DER",
                "-inkey",
                key.toString(),
                "-pkeyopt",
                "rsa_padding_mode:oaep");
        assertThat(moment).hasSize(32);
        return openssl(
                Arrays.copyOfRange(blob, 256, blob.length),
                "enc",
                "-d",
                "-id-aes256-wrap-pad",
                "-K",
                hex(moment),
                "-iv",
                "A65959A6");
    }

    private static byte[] openssl(byte[] input, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Path in = Files.write(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        command.addAll(List.of("-in", in.toString(), "-out", out.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return Files.readAllBytes(out);
    }

    /// SoftHSM fills a PKCS#8 structure up to eight bytes before it wraps it.
    private static byte[] withoutPadding(byte[] opened) throws IOException {
        try (var in = new ASN1InputStream(opened)) {
            return in.readObject().getEncoded("DER");
        }
    }

    private static KeyPair pair(KeySpec.Pair spec) throws Exception {
        KeyPairGenerator generator;
        switch (spec) {
            case KeySpec.Rsa(var bits) -> {
                generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(bits);
            }
            case KeySpec.Ec(var curve) -> {
                generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new java.security.spec.ECGenParameterSpec(curve.jca()));
            }
            case KeySpec.Ed25519 _ -> generator = KeyPairGenerator.getInstance("Ed25519");
        }
        return generator.generateKeyPair();
    }

    private static byte[] random(int length) {
        byte[] value = new byte[length];
        new SecureRandom().nextBytes(value);
        return value;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static KeyId id(int number) {
        return new KeyId("%032x".formatted(number));
    }
}
