package org.quorate.app.site;

import java.security.PublicKey;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenSession;

/// Makes the console's own keys on its token.
public final class ConsoleKeys {
    private ConsoleKeys() {}

    /// @param pin the user PIN, which stays the caller's
    public static PublicKey make(Hsm hsm, String serial, Secret pin, KeyId id, String label) {
        Token token = hsm.bySerial(serial)
                .orElseThrow(() -> Problem.of("app.no_console_token", serial).asException());
        try (TokenSession session = token.open(new Token.Login.User(pin)).orThrow()) {
            return session.generateKeyPair(
                            new KeySpec.Ec(KeySpec.Curve.P256),
                            id,
                            KeyPurpose.SIGNING.publicHalf(label),
                            KeyPurpose.SIGNING.privateHalf(label))
                    .orThrow();
        }
    }
}
