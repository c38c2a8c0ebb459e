package org.quorate.quorum.securitydomain;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.quorate.Openssl;
import org.quorate.base.Certificates;
import org.quorate.base.ForeignJson;
import org.quorate.base.Secret;

/// Both HSMs of a move: the one that gives its domain away, and the one that takes it. What RSA they do is openssl's.
public final class ManagedHsm {
    public static final String TAG = "sd_key";
    public static final String CONTENT = "what the HSM keeps to itself";

    private final Openssl openssl;
    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    public ManagedHsm(Path folder) throws Exception {
        this.folder = folder;
        this.openssl = new Openssl(folder);
        openssl.run(
                "req -x509 -newkey rsa:2048 -nodes -keyout exchange.key -out exchange.pem -days 2 -subj /CN=exchange");
    }

    public byte[] exchangeKey() throws Exception {
        return Files.readAllBytes(folder.resolve("exchange.pem"));
    }

    /// A domain for these people.
    public byte[] domain(int required, List<X509Certificate> people) throws Exception {
        byte[] master = new byte[32];
        random.nextBytes(master);
        var shares = new ArrayList<String>();
        List<byte[]> split = split(master, required, people.size());
        for (int i = 0; i < people.size(); i++) {
            shares.add("{\"enc_key\": \"%s\", \"x5t_256\": \"%s\"}"
                    .formatted(
                            sealed(split.get(i), people.get(i)),
                            Jwe.text(Certificates.digest(people.get(i)).bytes())));
        }
        try (Secret secret = Secret.ofBytes(master);
                Secret key = SecurityDomain.derived(secret, TAG);
                Secret content = Secret.ofBytes(CONTENT.getBytes(StandardCharsets.UTF_8))) {
            String datum =
                    Jwe.encrypt("dir", TAG, new byte[0], key, content, random).compact();
            return """
                    {"EncData": {"data": [{"compact_jwe": "%s", "tag": "%s"}], "kdf": "sp108_kdf"},
                     "SharedKeys": {"enc_shares": [%s], "key_algorithm": "xor_split", "required": %d},
                     "version": 2}
                    """.formatted(datum, TAG, String.join(", ", shares), required)
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    private String sealed(byte[] share, X509Certificate to) throws Exception {
        byte[] contentKey = new byte[64];
        random.nextBytes(contentKey);
        Files.write(folder.resolve("cek"), contentKey);
        Files.writeString(
                folder.resolve("to.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(to.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        openssl.run("pkeyutl -encrypt -certin -inkey to.pem -in cek -out sealed -pkeyopt rsa_padding_mode:oaep"
                + " -pkeyopt rsa_oaep_md:sha256");
        try (Secret key = Secret.ofBytes(contentKey);
                Secret content = Secret.ofBytes(share)) {
            return Jwe.encrypt(
                            "RSA-OAEP-256",
                            "not used",
                            Files.readAllBytes(folder.resolve("sealed")),
                            key,
                            content,
                            random)
                    .compact();
        }
    }

    /// By evaluating a polynomial for each byte at 1, 2, 3 …
    static List<byte[]> split(byte[] secret, int required, int people) {
        var random = new Random(257);
        var shares = new ArrayList<byte[]>();
        for (int i = 0; i < people; i++) {
            shares.add(new byte[2 * secret.length]);
        }
        for (int at = 0; at < secret.length; at++) {
            int[] coefficients = random.ints(required - 1L, 0, 257).toArray();
            for (int x = 1; x <= people; x++) {
                int value = 0;
                for (int coefficient : coefficients) {
                    value = (value + coefficient) * x % 257;
                }
                int point = x << 9 | (value + (secret[at] & 0xff)) % 257;
                shares.get(x - 1)[2 * at] = (byte) point;
                shares.get(x - 1)[2 * at + 1] = (byte) (point >> 8);
            }
        }
        return shares;
    }

    /// What the other HSM reads from a blob.
    public String received(byte[] blob) throws Exception {
        ForeignJson json = ForeignJson.parse(new String(blob, StandardCharsets.UTF_8));
        Jwe wrapped = Jwe.parse(json.object("WrappedKey").string("enc_key"), "RSA-OAEP-256");
        Files.write(folder.resolve("wrapped"), wrapped.encryptedKey());
        openssl.run("pkeyutl -decrypt -inkey exchange.key -in wrapped -out cek -pkeyopt rsa_padding_mode:oaep"
                + " -pkeyopt rsa_oaep_md:sha256");
        ForeignJson datum = json.object("EncData").objects("data").getFirst();
        try (Secret contentKey = Secret.ofBytes(Files.readAllBytes(folder.resolve("cek")));
                Secret master = wrapped.decrypt(contentKey).orElseThrow();
                Secret key = SecurityDomain.derived(master, datum.string("tag"));
                Secret content = Jwe.parse(datum.string("compact_jwe"), "dir")
                        .decrypt(key)
                        .orElseThrow()) {
            return content.use(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
