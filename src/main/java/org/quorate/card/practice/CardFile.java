package org.quorate.card.practice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.function.Function;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Problem;

/// What a practice card's file holds.
///
/// @param key the private key (PKCS#8), sealed under the PIN
/// @param triesLeft written before each try, so that a program that is killed gains none
record CardFile(String serial, String pin, int triesLeft, X509Certificate certificate, SealedKey key) {
    static final int TRIES = 3;
    private static final String NOTE = "A practice card for rehearsals. It protects nothing, and its PIN is no secret.";

    static CardFile make(String serial, String pin, Function<PublicKey, X509Certificate> issuer) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), new SecureRandom());
            KeyPair pair = generator.generateKeyPair();
            return new CardFile(
                    serial,
                    pin,
                    TRIES,
                    issuer.apply(pair.getPublic()),
                    SealedKey.seal(pair.getPrivate().getEncoded(), pin));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256 and AES-GCM", e);
        }
    }

    CardFile withTriesLeft(int tries) {
        return new CardFile(serial, pin, tries, certificate, key);
    }

    /// @throws IOException where the file is gone
    static CardFile read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            Json.Obj json = Json.parseObject(bytes);
            byte[] der = Base64.getDecoder().decode(json.string("certificate"));
            var certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return new CardFile(
                    json.string("serial"),
                    json.string("pin"),
                    Math.toIntExact(json.integer("tries_left")),
                    certificate,
                    SealedKey.fromJson(json.object("key")));
        } catch (JsonException | GeneralSecurityException | IllegalArgumentException e) {
            throw Problem.of("card.unreadable", file.getFileName()).causedBy(e);
        }
    }

    /// The file appears whole, and is on the disk when this returns.
    void write(Path file) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(
                    unfinished,
                    toJson().pretty().getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw Problem.of("card.not_written", file.getFileName()).causedBy(e);
        }
    }

    private Json.Obj toJson() {
        try {
            return Json.obj()
                    .put("note", NOTE)
                    .put("serial", serial)
                    .put("pin", pin)
                    .put("tries_left", triesLeft)
                    .put("certificate", Base64.getEncoder().encodeToString(certificate.getEncoded()))
                    .put("key", key.toJson())
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a parsed certificate has an encoding", e);
        }
    }
}
