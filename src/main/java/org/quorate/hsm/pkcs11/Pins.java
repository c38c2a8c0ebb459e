package org.quorate.hsm.pkcs11;

import java.util.function.Consumer;
import org.quorate.base.Secret;
import org.quorate.hsm.TokenInfo;

/// Lends a PIN to a call.
final class Pins {
    private Pins() {}

    /// An empty PIN becomes NULL, with which a token asks for it on its own pad. Where it has none, that is
    /// refused here, since some modules take NULL for a PIN that is empty.
    static TokenInfo lend(TokenInfo token, String function, Secret secret, Consumer<byte[]> call) {
        return secret.use(pin -> {
            if (pin.length == 0 && !token.hasPinPad()) {
                throw new CkException(function, Ck.CKR_PIN_LEN_RANGE);
            }
            call.accept(pin);
            return token;
        });
    }
}
