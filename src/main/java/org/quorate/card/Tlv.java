package org.quorate.card;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// BER-TLV as smart cards speak it (ISO/IEC 7816-4, section 5.2.2): a tag of up to three bytes, a definite length, a
/// value.
public record Tlv(int tag, byte[] value) {

    public static byte[] of(int tag, byte[]... parts) {
        var out = new ByteArrayOutputStream();
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        writeTag(out, tag);
        writeLength(out, length);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static void writeTag(ByteArrayOutputStream out, int tag) {
        for (int shift = 16; shift > 0; shift -= 8) {
            if (tag >>> shift != 0) {
                out.write(tag >>> shift);
            }
        }
        out.write(tag);
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length > 0xff) {
            out.write(0x82);
            out.write(length >>> 8);
        } else if (length > 0x7f) {
            out.write(0x81);
        }
        out.write(length);
    }

    /// The objects that stand one after another; empty where the bytes are not of this form to their end.
    public static Optional<List<Tlv>> parse(byte[] bytes) {
        var found = new ArrayList<Tlv>();
        int at = 0;
        while (at < bytes.length) {
            int tag = bytes[at] & 0xff;
            boolean longTag = (tag & 0x1f) == 0x1f;
            at++;
            while (longTag) {
                if (at >= bytes.length || tag > 0xffff) {
                    return Optional.empty();
                }
                int next = bytes[at] & 0xff;
                tag = (tag << 8) | next;
                longTag = (next & 0x80) != 0;
                at++;
            }
            if (at >= bytes.length) {
                return Optional.empty();
            }
            int first = bytes[at] & 0xff;
            int more = first > 0x80 ? first - 0x80 : 0;
            if (first == 0x80 || more > 2 || at + more >= bytes.length) {
                return Optional.empty();
            }
            int length = more == 0 ? first : 0;
            for (int i = 1; i <= more; i++) {
                length = (length << 8) | (bytes[at + i] & 0xff);
            }
            at += 1 + more;
            if (length > bytes.length - at) {
                return Optional.empty();
            }
            found.add(new Tlv(tag, Arrays.copyOfRange(bytes, at, at + length)));
            at += length;
        }
        return Optional.of(List.copyOf(found));
    }

    /// The value of the first object with `tag`; empty where there is none, or the bytes are not of this form.
    public static Optional<byte[]> find(byte[] bytes, int tag) {
        return parse(bytes)
                .flatMap(all -> all.stream()
                        .filter(object -> object.tag == tag)
                        .findFirst()
                        .map(Tlv::value));
    }
}
