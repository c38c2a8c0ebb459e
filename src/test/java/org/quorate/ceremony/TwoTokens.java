package org.quorate.ceremony;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.quorate.base.Secret;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.SoftHsm;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.pkcs11.Pkcs11Hsm;

/// A real SoftHSM with a primary and a backup token, whose PINs are those that the people of [TestFront] type.
record TwoTokens(Path folder, Map<String, String> serials) {

    static TwoTokens make() {
        Path folder = SoftHsm.emptyFolder();
        try (Hsm fresh = Pkcs11Hsm.open(SoftHsm.settings(folder))) {
            return new TwoTokens(
                    folder, Map.of("primary", initialised(fresh, "one"), "backup", initialised(fresh, "two")));
        }
    }

    Hsm open() {
        return Pkcs11Hsm.open(SoftHsm.settings(folder));
    }

    private static String initialised(Hsm hsm, String label) {
        Token free = hsm.tokens().stream()
                .filter(token -> !token.info().initialised())
                .findFirst()
                .orElseThrow();
        try (Secret pin = pin()) {
            TokenInfo info = free.initialise(pin, label).orThrow();
            return hsm.bySerial(info.serial())
                    .orElseThrow()
                    .setUserPin(pin, pin)
                    .orThrow()
                    .serial();
        }
    }

    static Secret pin() {
        return Secret.ofBytes(TestHsm.PIN.getBytes(StandardCharsets.UTF_8));
    }
}
