package org.quorate.app.practice;

import java.security.PublicKey;
import org.quorate.app.site.PracticePins;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenSession;

/// Makes the console's own keys on its practice token.
final class ConsoleKeys {
    private ConsoleKeys() {}

    static PublicKey make(Hsm hsm, String serial, PracticePins pins, KeyId id, String label) {
        Token token = hsm.bySerial(serial)
                .orElseThrow(() -> Problem.of("app.no_console_token", serial).asException());
        try (Secret pin = pins.require("console", PinKind.USER);
                TokenSession session = token.open(new Token.Login.User(pin)).orThrow()) {
            return session.generateKeyPair(
                            new KeySpec.Ec(KeySpec.Curve.P256),
                            id,
                            KeyPurpose.SIGNING.publicHalf(label),
                            KeyPurpose.SIGNING.privateHalf(label))
                    .orThrow();
        }
    }
}
