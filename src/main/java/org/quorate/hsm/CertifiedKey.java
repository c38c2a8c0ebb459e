package org.quorate.hsm;

import java.security.cert.X509Certificate;
import java.util.HexFormat;

/// A key of a token by its certificate, as officers' cards hold them.
///
/// @param id CKA_ID in hex, of any length: a card chose it and not we
public record CertifiedKey(String id, String label, X509Certificate certificate) {

    public byte[] idBytes() {
        return HexFormat.of().parseHex(id);
    }
}
