package org.quorate.hsm.pkcs11;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quorate.hsm.IndependentWitness.Testimony;
import org.quorate.hsm.IndependentWitness.Verdict;
import org.quorate.hsm.IndependentWitness.Voice;
import org.quorate.hsm.SignatureScheme;

/// The process of the witness: Java's own PKCS#11 provider and nothing of our binding.
public final class WitnessMain {
    static final String VERIFY = "verify";
    static final String SIGN = "sign";
    /// Stands before the answer.
    static final String MARK = "quorate-witness ";

    private static final String ON_TOKEN = "verify on the token";
    private static final String IN_SOFTWARE = "verify in software";
    private static final String AS_CLIENT = "sign as an ordinary client";

    private WitnessMain() {}

    public static void main(String[] arguments) throws IOException {
        try (InputStream in = new FileInputStream(FileDescriptor.in);
                var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            Testimony testimony = answer(Frames.read(in, Frames.Request.class));
            out.println();
            out.println(MARK + testimony.toJson().text());
        }
        Runtime.getRuntime().halt(0); // a module's own end has nothing more to say
    }

    private static Testimony answer(Frames.Request request) {
        List<@Nullable Object> a = request.arguments();
        String module = String.valueOf(a.get(0));
        SignatureScheme scheme = SignatureScheme.valueOf(String.valueOf(a.get(3)));
        if (scheme.isSymmetric()) {
            return new Testimony(List.of(new Voice(
                    IN_SOFTWARE, "SunJCE", "", Verdict.NO_ANSWER, "a message authentication code has no public key")));
        }
        Optional<Provider> token = provider(module, String.valueOf(a.get(1)));
        try {
            PublicKey key = key(scheme, bytes(a.get(2)));
            return request.method().equals(SIGN)
                    ? signed(token, key, scheme, bytes(a.get(4)))
                    : verified(token, key, scheme, bytes(a.get(4)), bytes(a.get(5)));
        } catch (GeneralSecurityException e) {
            return new Testimony(List.of(silent(IN_SOFTWARE, software(scheme), e)));
        }
    }

    private static Testimony verified(
            Optional<Provider> token, PublicKey key, SignatureScheme scheme, byte[] message, byte[] signature) {
        var voices = new ArrayList<Voice>();
        voices.add(token.map(p -> verify(ON_TOKEN, p, key, scheme, message, signature))
                .orElseGet(() -> noToken(ON_TOKEN)));
        voices.add(verify(IN_SOFTWARE, software(scheme), key, scheme, message, signature));
        if (scheme == SignatureScheme.ED25519) {
            // SunPKCS11 does not know it, so that a second voice comes from elsewhere.
            voices.add(inSecondSoftware(key, scheme, message, signature));
        }
        return new Testimony(voices);
    }

    private static Voice inSecondSoftware(PublicKey key, SignatureScheme scheme, byte[] message, byte[] signature) {
        Provider provider = SecondSoftware.provider();
        try {
            PublicKey theirs = KeyFactory.getInstance(algorithm(scheme), provider)
                    .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
            return verify(IN_SOFTWARE, provider, theirs, scheme, message, signature);
        } catch (GeneralSecurityException e) {
            return silent(IN_SOFTWARE, provider, e);
        }
    }

    private static Voice verify(
            String act, Provider provider, PublicKey key, SignatureScheme scheme, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(scheme.jca(), provider);
            verifier.initVerify(key);
            verifier.update(message);
            Verdict verdict = verifier.verify(signature) ? Verdict.VALID : Verdict.INVALID;
            return new Voice(act, provider.getName(), provider.getVersionStr(), verdict, scheme.jca());
        } catch (java.security.SignatureException e) {
            return new Voice(act, provider.getName(), provider.getVersionStr(), Verdict.INVALID, reason(e));
        } catch (GeneralSecurityException | RuntimeException e) {
            return silent(act, provider, e);
        }
    }

    private static Testimony signed(Optional<Provider> token, PublicKey key, SignatureScheme scheme, byte[] pin) {
        if (token.isEmpty()) {
            return new Testimony(List.of(noToken(AS_CLIENT)));
        }
        Provider provider = token.get();
        char[] password = characters(pin);
        try {
            KeyStore store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, password);
            String alias = alias(store, key);
            byte[] message = new byte[32];
            new SecureRandom().nextBytes(message);
            Signature signer = Signature.getInstance(scheme.jca(), provider);
            signer.initSign((PrivateKey) store.getKey(alias, null));
            signer.update(message);
            byte[] signature = signer.sign();
            var signing = new Voice(
                    AS_CLIENT,
                    provider.getName(),
                    provider.getVersionStr(),
                    Verdict.VALID,
                    "signed as " + alias + " with " + scheme.jca());
            return new Testimony(
                    List.of(signing, verify(IN_SOFTWARE, software(scheme), key, scheme, message, signature)));
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            return new Testimony(List.of(silent(AS_CLIENT, provider, e)));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static String alias(KeyStore store, PublicKey key) throws GeneralSecurityException {
        for (String alias : java.util.Collections.list(store.aliases())) {
            Certificate certificate = store.getCertificate(alias);
            boolean same = certificate != null
                    && Arrays.equals(certificate.getPublicKey().getEncoded(), key.getEncoded());
            if (same && store.isKeyEntry(alias)) {
                return alias;
            }
        }
        throw new GeneralSecurityException("no key with a certificate of that public key is on the token");
    }

    /// The provider on one slot; its configuration is given in place of a file.
    private static Optional<Provider> provider(String module, String slot) {
        String configuration = "--name = Witness\nlibrary = \"" + module + "\"\nslot = " + slot + "\n";
        try {
            return Optional.of(Security.getProvider("SunPKCS11").configure(configuration));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Provider software(SignatureScheme scheme) {
        return Security.getProvider(algorithm(scheme).equals("RSA") ? "SunRsaSign" : "SunEC");
    }

    private static PublicKey key(SignatureScheme scheme, byte[] spki) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm(scheme), software(scheme)).generatePublic(new X509EncodedKeySpec(spki));
    }

    private static String algorithm(SignatureScheme scheme) {
        return switch (scheme) {
            case ECDSA_SHA256, ECDSA_SHA384, ECDSA_SHA512 -> "EC";
            case RSA_SHA256, RSA_SHA384 -> "RSA";
            case ED25519 -> "Ed25519";
            case HMAC_SHA256, HMAC_SHA384, HMAC_SHA512 -> throw new IllegalArgumentException("no public key");
        };
    }

    private static Voice noToken(String act) {
        return new Voice(
                act, "SunPKCS11", "", Verdict.NO_ANSWER, "the library does not load, or the slot is not there");
    }

    private static Voice silent(String act, Provider provider, Exception e) {
        return new Voice(act, provider.getName(), provider.getVersionStr(), Verdict.NO_ANSWER, reason(e));
    }

    /// The innermost cause, which is where the provider puts the return value's name.
    private static String reason(Throwable e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : reason(e.getCause());
    }

    private static byte[] bytes(@Nullable Object argument) {
        return argument instanceof byte[] bytes ? bytes : new byte[0];
    }

    private static char[] characters(byte[] pin) {
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(pin));
        char[] characters = new char[decoded.remaining()];
        decoded.duplicate().get(characters);
        Arrays.fill(decoded.array(), '\0');
        Arrays.fill(pin, (byte) 0);
        return characters;
    }
}
