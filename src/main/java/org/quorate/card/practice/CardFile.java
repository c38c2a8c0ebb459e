package org.quorate.card.practice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.JsonException;
import org.quorate.base.Texts;
import org.quorate.card.CardKey;

/// What stands in the file of a practice card. A checksum over all of it tells a damaged file from a wrong PIN, which
/// would cost a try.
record CardFile(String serial, String practicePin, String practicePuk, Map<CardKey, Certified> keys) {
    /// Of cards whose file names none.
    static final String PUK = "73102846";
    static final String FORMAT = "quorate-practice-card/1";
    private static final String CERTIFICATE = "certificate";
    private static final String KEY = "key";
    private static final int MAX_BYTES = 64 * 1024;

    /// A key beside its certificate.
    record Certified(X509Certificate certificate, SealedKey key) {

        private static Certified fromJson(Json.Obj json) throws GeneralSecurityException {
            return new Certified(
                    CardFile.certificate(Base64.getDecoder().decode(json.string(CERTIFICATE))),
                    SealedKey.fromJson(json.object(KEY)));
        }

        private Json.Builder into(Json.Builder json) throws GeneralSecurityException {
            return json.put(CERTIFICATE, Base64.getEncoder().encodeToString(certificate.getEncoded()))
                    .put(KEY, key.toJson());
        }
    }

    CardFile {
        keys = Map.copyOf(keys);
        if (!keys.containsKey(CardKey.SIGNING)) {
            throw new IllegalArgumentException("a card without a key that signs");
        }
    }

    Optional<Certified> certified(CardKey use) {
        return Optional.ofNullable(keys.get(use));
    }

    X509Certificate certificate() {
        return certified(CardKey.SIGNING).orElseThrow().certificate();
    }

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
                    json.optionalString("practice_puk").orElse(PUK),
                    keys(json));
        } catch (JsonException | IllegalArgumentException | GeneralSecurityException e) {
            throw new Damaged(path, String.valueOf(e.getMessage()));
        }
    }

    /// The key that signs stands at the top, as in the cards of the first version, which have no other.
    private static Map<CardKey, Certified> keys(Json.Obj json) throws GeneralSecurityException {
        var keys = new EnumMap<CardKey, Certified>(CardKey.class);
        keys.put(CardKey.SIGNING, Certified.fromJson(json));
        for (CardKey use : List.of(CardKey.PRESENCE, CardKey.SEALING)) {
            Optional<Json.Obj> other = json.optionalObject(member(use));
            if (other.isPresent()) {
                keys.put(use, Certified.fromJson(other.get()));
            }
        }
        return keys;
    }

    private static String member(CardKey use) {
        return use.name().toLowerCase(Locale.ROOT);
    }

    /// Never overwrites.
    void write(Path path) throws IOException, GeneralSecurityException {
        Files.write(path, bytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.SYNC);
    }

    /// In the place of the same card, in one piece.
    ///
    /// @throws java.nio.file.NoSuchFileException where it was pulled meanwhile
    void replace(Path path) throws IOException, GeneralSecurityException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.write(
                fresh,
                bytes(),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        if (Files.notExists(path)) {
            Files.delete(fresh);
            throw new NoSuchFileException(path.toString());
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private byte[] bytes() throws GeneralSecurityException {
        Json.Builder all = Json.obj()
                .put("note", Texts.get("card.practice.note"))
                .put("format", FORMAT)
                .put("serial", serial)
                .put("practice_pin", practicePin)
                .put("practice_puk", practicePuk);
        for (var key : keys.entrySet()) {
            if (key.getKey() == CardKey.SIGNING) {
                key.getValue().into(all);
            } else {
                all.put(member(key.getKey()), key.getValue().into(Json.obj()).build());
            }
        }
        Json.Obj json = all.build();
        return json.with("checksum", Json.of(checksum(json))).pretty().getBytes(StandardCharsets.UTF_8);
    }

    private static String checksum(Json.Obj json) {
        return Digest.of(json.without("checksum").canonical()).hex();
    }

    private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
