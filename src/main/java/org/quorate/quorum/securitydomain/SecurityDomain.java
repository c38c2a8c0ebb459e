package org.quorate.quorum.securitydomain;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.quorate.base.Certificates;
import org.quorate.base.Digest;
import org.quorate.base.ForeignJson;
import org.quorate.base.JsonException;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.card.Card;
import org.quorate.card.CardKey;
import org.quorate.card.CardRefusal;
import org.quorate.card.OpenAnswer;
import org.quorate.card.RsaOaep;

/// A security domain as it was downloaded.
///
/// @param required how many shares it takes
/// @param shares by the digest of the certificate whose key opens each
/// @param data what the domain holds, by its tags
public record SecurityDomain(int required, Map<Digest, Share> shares, List<Datum> data) {
    private static final String RSA = "RSA-OAEP-256";
    private static final int MOST_SHARES = 126;
    private static final int MASTER_BYTES = 32;
    private static final int LEAST_RSA_BITS = 2048;
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

    /// One of the shares, sealed to an RSA key.
    public record Share(Jwe jwe) {}

    /// A part of the domain, encrypted under a key that is derived from the master key for its tag.
    public record Datum(String tag, Jwe jwe) {}

    public SecurityDomain {
        shares = Map.copyOf(shares);
        data = List.copyOf(data);
    }

    /// @throws org.quorate.base.ProblemException `quorum.security_domain.not_read`
    public static SecurityDomain parse(byte[] file) {
        try {
            ForeignJson domain = ForeignJson.parse(new String(file, StandardCharsets.UTF_8));
            ForeignJson keys = domain.object("SharedKeys");
            var shares = new LinkedHashMap<Digest, Share>();
            for (ForeignJson share : keys.objects("enc_shares")) {
                shares.put(recipient(share.string("x5t_256")), new Share(Jwe.parse(share.string("enc_key"), RSA)));
            }
            int required = keys.integer("required");
            if (required < 2 || required > shares.size() || shares.size() > MOST_SHARES) {
                throw new JsonException(required + " of " + shares.size() + " shares are required");
            }
            var data = new ArrayList<Datum>();
            for (ForeignJson datum : domain.object("EncData").objects("data")) {
                data.add(new Datum(tag(datum.string("tag")), Jwe.parse(datum.string("compact_jwe"), "dir")));
            }
            if (data.isEmpty()) {
                throw new JsonException("EncData has no data");
            }
            return new SecurityDomain(required, shares, data);
        } catch (JsonException e) {
            throw Problem.of("quorum.security_domain.not_read", String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    private static Digest recipient(String thumbprint) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(thumbprint);
        } catch (IllegalArgumentException e) {
            throw new JsonException("x5t_256 is not base64url");
        }
        if (bytes.length != 32) {
            throw new JsonException("x5t_256 is no SHA-256");
        }
        return Digest.ofRaw(bytes);
    }

    private static String tag(String tag) {
        if (!TAG.matcher(tag).matches()) {
            throw new JsonException("a tag is not made of letters, digits and . _ : -");
        }
        return tag;
    }

    /// The certificate of the other HSM, to which the domain goes.
    ///
    /// @throws org.quorate.base.ProblemException `quorum.security_domain.no_exchange_key`
    public static X509Certificate exchangeKey(byte[] pem) {
        try {
            var certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
            if (certificate.getPublicKey() instanceof RSAPublicKey key
                    && key.getModulus().bitLength() >= LEAST_RSA_BITS) {
                return certificate;
            }
            throw Problem.of("quorum.security_domain.no_exchange_key", "its key is not RSA with 2048 bits or more")
                    .asException();
        } catch (CertificateException e) {
            throw Problem.of("quorum.security_domain.no_exchange_key", String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    /// Which of the shares is this card's; it is known by the certificate of its sealing key.
    public Optional<Share> of(Card card) {
        return card.certificate(CardKey.SEALING).map(certificate -> shares.get(Certificates.digest(certificate)));
    }

    /// The card opens its share. The answer is refused also where the share was altered.
    public static OpenAnswer open(Share share, Card card, Secret pin) {
        return switch (RsaOaep.open(card, pin, share.jwe().encryptedKey(), new byte[0])) {
            case OpenAnswer.Opened(var contentKey) -> {
                try (contentKey) {
                    yield share.jwe()
                            .decrypt(contentKey)
                            .<OpenAnswer>map(OpenAnswer.Opened::new)
                            .orElseGet(() -> new CardRefusal.Failed("the share does not open"));
                }
            }
            case CardRefusal refusal -> refusal;
        };
    }

    /// The domain for the holder of the exchange key alone; empty where the shares do not give the key of this domain.
    public Optional<byte[]> restoreBlob(List<Secret> opened, X509Certificate exchange, SecureRandom random) {
        return DomainShares.join(opened).flatMap(master -> {
            byte[] fresh = new byte[MASTER_BYTES];
            random.nextBytes(fresh);
            try (master;
                    Secret next = Secret.ofBytes(fresh)) {
                return anew(master, next, random).map(parts -> blob(parts, wrapped(next, exchange, random), exchange));
            }
        });
    }

    private Optional<List<Datum>> anew(Secret master, Secret next, SecureRandom random) {
        var parts = new ArrayList<Datum>();
        for (Datum datum : data) {
            try (Secret before = derived(master, datum.tag());
                    Secret after = derived(next, datum.tag())) {
                Optional<Secret> plain = datum.jwe().decrypt(before);
                if (plain.isEmpty()) {
                    return Optional.empty();
                }
                try (Secret content = plain.get()) {
                    parts.add(new Datum(
                            datum.tag(), Jwe.encrypt("dir", datum.tag(), new byte[0], after, content, random)));
                }
            }
        }
        return Optional.of(parts);
    }

    /// HMAC with SHA-512 in counter mode; 512 bits are its first block.
    static Secret derived(Secret master, String tag) {
        return master.use(key -> {
            try {
                Mac mac = Mac.getInstance("HmacSHA512");
                mac.init(new SecretKeySpec(key, "HmacSHA512"));
                mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(1).array());
                mac.update(tag.getBytes(StandardCharsets.UTF_8));
                mac.update((byte) 0);
                mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(512).array());
                return Secret.ofBytes(mac.doFinal());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has HMAC with SHA-512", e);
            }
        });
    }

    private static Jwe wrapped(Secret master, X509Certificate exchange, SecureRandom random) {
        byte[] bytes = new byte[64];
        random.nextBytes(bytes);
        try (Secret contentKey = Secret.ofBytes(bytes)) {
            byte[] encrypted = contentKey.use(key -> encrypted(key, exchange));
            return Jwe.encrypt(RSA, "not used", encrypted, contentKey, master, random);
        }
    }

    private static byte[] encrypted(byte[] key, X509Certificate to) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    to.getPublicKey(),
                    new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
            return cipher.doFinal(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an RSA key of 2048 bits takes 64 bytes", e);
        }
    }

    /// In the form of the Azure CLI; what is put in are tags and base64url, which need no escapes.
    private static byte[] blob(List<Datum> parts, Jwe wrapped, X509Certificate exchange) {
        var text = new StringBuilder("{\"EncData\": {\"data\": [");
        text.append(parts.stream()
                .map(part -> "{\"compact_jwe\": \"%s\", \"tag\": \"%s\"}"
                        .formatted(part.jwe().compact(), part.tag()))
                .collect(Collectors.joining(", ")));
        text.append("], \"kdf\": \"sp108_kdf\"}, \"WrappedKey\": {\"enc_key\": \"")
                .append(wrapped.compact())
                .append("\", \"x5t_256\": \"")
                .append(Jwe.text(Certificates.digest(exchange).bytes()))
                .append("\"}}");
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
