package org.quorate.card.practice.piv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.quorate.base.Certificates;
import org.quorate.base.Digest;
import org.quorate.card.CardKey;
import org.quorate.card.Tlv;
import org.quorate.card.practice.PracticeCard;

/// What everybody may read from the card.
final class PivObjects {
    static final byte[] APPLICATION = HexFormat.of().parseHex("a000000308000010000100");

    private static final int DISCOVERY = 0x7e;
    private static final int CHUID = 0x5fc102;
    private static final int AUTHENTICATION = 0x5fc105;
    private static final int SIGNATURE = 0x5fc10a;
    private static final int KEY_MANAGEMENT = 0x5fc10b;

    /// A number of the federal kind that says that the card is of no agency (SP 800-73-4, section 3.1.2).
    private static final byte[] NO_AGENCY =
            HexFormat.of().parseHex("d4e739da739ced39ce739d836858210842108421c84210c3eb");

    private final PracticeCard card;

    PivObjects(PracticeCard card) {
        this.card = card;
    }

    /// The whole answer to GET DATA.
    Optional<byte[]> get(int tag) {
        return switch (tag) {
            case DISCOVERY -> Optional.of(discovery());
            case CHUID -> Optional.of(chuid());
            case AUTHENTICATION -> certificate(CardKey.PRESENCE);
            case SIGNATURE -> certificate(CardKey.SIGNING);
            case KEY_MANAGEMENT -> certificate(CardKey.SEALING);
            default -> Optional.empty();
        };
    }

    /// The PIN of the application is the one to use, and there is no other.
    private static byte[] discovery() {
        return Tlv.of(DISCOVERY, Tlv.of(0x4f, APPLICATION), Tlv.of(0x5f2f, new byte[] {0x40, 0}));
    }

    private byte[] chuid() {
        return Tlv.of(
                0x53,
                Tlv.of(0x30, NO_AGENCY),
                Tlv.of(0x34, uuid()),
                Tlv.of(0x35, "20991231".getBytes(StandardCharsets.US_ASCII)),
                Tlv.of(0x3e),
                Tlv.of(0xfe));
    }

    /// A UUID of version 8, which is ours to fill: from the serial.
    private byte[] uuid() {
        byte[] uuid = Arrays.copyOf(
                Digest.of(card.serial().getBytes(StandardCharsets.UTF_8)).bytes(), 16);
        uuid[6] = (byte) ((uuid[6] & 0x0f) | 0x80);
        uuid[8] = (byte) ((uuid[8] & 0x3f) | 0x80);
        return uuid;
    }

    /// The hexadecimal digits of the practice card's serial, as the four bytes of GET SERIAL.
    byte[] serial() {
        String digits = card.serial().replaceAll("[^0-9A-F]", "");
        return ByteBuffer.allocate(4)
                .putInt(Integer.parseUnsignedInt(digits, 16))
                .array();
    }

    private Optional<byte[]> certificate(CardKey use) {
        return card.certificate(use)
                .map(certificate -> Tlv.of(
                        0x53,
                        Tlv.of(0x70, Certificates.encoded(certificate)),
                        Tlv.of(0x71, new byte[] {0}),
                        Tlv.of(0xfe)));
    }
}
