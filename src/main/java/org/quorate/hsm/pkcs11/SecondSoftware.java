package org.quorate.hsm.pkcs11;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// A provider that shares no code with Java's own, for the witness. It stands by itself so that its library, which
/// takes its time, is loaded for those questions only that need it.
final class SecondSoftware {
    private SecondSoftware() {}

    static Provider provider() {
        return new BouncyCastleProvider();
    }
}
