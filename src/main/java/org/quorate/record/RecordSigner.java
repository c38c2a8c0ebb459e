package org.quorate.record;

import java.security.cert.X509Certificate;
import java.util.List;

/// The key that certifies records; it lives in a token.
public interface RecordSigner {
    /// The signer's certificate first, then those above it.
    List<X509Certificate> chain();

    /// ECDSA over SHA-256 of `data`, in DER.
    byte[] sign(byte[] data);
}
