package org.quorate.card.piv;

import java.util.Arrays;
import java.util.HexFormat;

/// EMSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 9.2): PIV cards do nothing but the bare RSA operation.
final class Pkcs1 {
    /// DigestInfo up to the digest.
    private static final byte[] SHA_256 = HexFormat.of().parseHex("3031300d060960864801650304020105000420");

    private Pkcs1() {}

    static byte[] padded(byte[] digest, int modulusBytes) {
        byte[] block = new byte[modulusBytes];
        Arrays.fill(block, (byte) 0xff);
        block[0] = 0;
        block[1] = 1;
        int at = modulusBytes - digest.length - SHA_256.length;
        block[at - 1] = 0;
        System.arraycopy(SHA_256, 0, block, at, SHA_256.length);
        System.arraycopy(digest, 0, block, modulusBytes - digest.length, digest.length);
        return block;
    }
}
