package org.quorate.card.practice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Texts;

/// What stands in the file of a practice card. A checksum over all of it tells a damaged file from a wrong PIN, which
/// would cost a try.
record CardFile(String serial, String practicePin, X509Certificate certificate, SealedKey key) {
    static final String FORMAT = "quorate-practice-card/1";
    private static final int MAX_BYTES = 64 * 1024;

    /// Says in the technical text what is wrong with a file.
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged(Path path, String what) {
            super(path.getFileName() + ": " + what);
        }
    }

    /// @throws java.nio.file.NoSuchFileException where the card is not there any more
    static CardFile read(Path path) throws IOException, Damaged {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MAX_BYTES);
        }
        try {
            Json.Obj json = Json.parseObject(bytes);
            if (!json.string("format").equals(FORMAT)) {
                throw new Damaged(path, "the format is " + json.string("format"));
            }
            if (!checksum(json).equals(json.string("checksum"))) {
                throw new Damaged(path, "the checksum is wrong");
            }
            return new CardFile(
                    json.string("serial"),
                    json.string("practice_pin"),
                    certificate(Base64.getDecoder().decode(json.string("certificate"))),
                    SealedKey.fromJson(json.object("key")));
        } catch (JsonException | IllegalArgumentException | GeneralSecurityException e) {
            throw new Damaged(path, String.valueOf(e.getMessage()));
        }
    }

    /// Never overwrites.
    void write(Path path) throws IOException, GeneralSecurityException {
        Json.Obj json = Json.obj()
                .put("note", Texts.get("card.practice.note"))
                .put("format", FORMAT)
                .put("serial", serial)
                .put("practice_pin", practicePin)
                .put("certificate", Base64.getEncoder().encodeToString(certificate.getEncoded()))
                .put("key", key.toJson())
                .build();
        byte[] bytes = json.with("checksum", Json.of(checksum(json))).pretty().getBytes(StandardCharsets.UTF_8);
        Files.write(path, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.SYNC);
    }

    private static String checksum(Json.Obj json) {
        return Digest.of(json.without("checksum").canonical()).hex();
    }

    private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
