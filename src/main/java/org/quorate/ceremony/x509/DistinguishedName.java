package org.quorate.ceremony.x509;

import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;

/// A name as a script writes it (RFC 4514), in which the text begins with what the encoding ends with.
public final class DistinguishedName {
    private DistinguishedName() {}

    /// @throws IllegalArgumentException where the text is no such name
    public static X500Name of(String text) {
        return X500Name.getInstance(new X500Principal(text).getEncoded());
    }
}
