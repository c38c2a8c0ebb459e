package org.quorate.card.piv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import org.quorate.base.Digest;
import org.quorate.base.Texts;
import org.quorate.card.CardAlgorithm;
import org.quorate.card.CardKey;
import org.quorate.card.CardRefusal;
import org.quorate.card.Tlv;

/// What a card says of itself without a PIN, as read when it was put in.
///
/// @param note what stands in the data object that this program asks cards to keep
record PivIdentity(
        String serial,
        Map<CardKey, X509Certificate> certificates,
        OptionalInt triesLeft,
        Optional<String> note,
        boolean pinPad) {
    /// The CHUID, which holds the card's UUID.
    private static final int CHUID = 0x5fc102;

    private static final int UUID_TAG = 0x34;
    private static final int LARGEST_CERTIFICATE = 16 * 1024;

    PivIdentity {
        certificates = Map.copyOf(certificates);
    }

    X509Certificate signing() {
        return Optional.ofNullable(certificates.get(CardKey.SIGNING)).orElseThrow();
    }

    /// @throws Refused where the card is no PIV card, or has no key that can sign statements
    static PivIdentity read(CardLink link) throws Refused {
        var dialog = PivDialog.begin(link);
        var certificates = new EnumMap<CardKey, X509Certificate>(CardKey.class);
        for (PivSlot slot : PivSlot.values()) {
            Optional<X509Certificate> certificate = certificate(dialog, slot);
            certificate.ifPresent(found -> certificates.put(slot.use(), found));
        }
        X509Certificate signing = certificates.get(CardKey.SIGNING);
        if (signing == null) {
            throw new Refused(new CardRefusal.Failed(Texts.get("card.piv.no_signing_key")));
        }
        if (CardAlgorithm.of(signing.getPublicKey()).isEmpty()
                || PivAlgorithm.of(signing.getPublicKey()).isEmpty()) {
            throw new Refused(new CardRefusal.Failed(
                    Texts.get("card.piv.weak_key", signing.getPublicKey().getAlgorithm())));
        }
        Optional<String> note = dialog.object(PivCard.NOTE).map(PivCard::text);
        return new PivIdentity(
                serial(dialog, signing),
                certificates,
                dialog.triesLeft(),
                note,
                link.pinPad().isPresent());
    }

    /// The certificate in a slot; empty where there is none that can be understood.
    static Optional<X509Certificate> certificate(PivDialog dialog, PivSlot slot) throws Refused {
        Optional<byte[]> object = dialog.object(slot.certificate());
        return object.flatMap(
                content -> Tlv.find(content, 0x70).flatMap(bytes -> certificate(bytes, isCompressed(content))));
    }

    private static boolean isCompressed(byte[] content) {
        return Tlv.find(content, 0x71)
                .filter(info -> info.length > 0 && (info[0] & 1) != 0)
                .isPresent();
    }

    private static Optional<X509Certificate> certificate(byte[] bytes, boolean compressed) {
        try {
            byte[] der = compressed ? unzipped(bytes) : bytes;
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException | IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] unzipped(byte[] bytes) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readNBytes(LARGEST_CERTIFICATE);
        }
    }

    /// What is printed on the card if it says so, otherwise its UUID, otherwise what nobody printed: the beginning of
    /// its certificate's digest.
    private static String serial(PivDialog dialog, X509Certificate signing) throws Refused {
        Optional<byte[]> uuid = dialog.object(CHUID)
                .flatMap(chuid -> Tlv.find(chuid, UUID_TAG))
                .filter(bytes -> bytes.length == 16 && !Arrays.equals(bytes, new byte[16]));
        Optional<Long> printed = dialog.printedSerial();
        return printed.map(String::valueOf)
                .or(() -> uuid.map(HexFormat.of()::formatHex))
                .orElseGet(() ->
                        Digest.of(signing.getPublicKey().getEncoded()).hex().substring(0, 16));
    }
}
