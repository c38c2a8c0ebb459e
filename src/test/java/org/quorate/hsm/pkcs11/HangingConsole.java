package org.quorate.hsm.pkcs11;

import java.nio.file.Path;
import java.util.Map;

/// A console whose module hangs, to be killed by a test. It says the pid of its module host.
public final class HangingConsole {
    private HangingConsole() {}

    public static void main(String[] arguments) {
        var shim = new Shim(Path.of(arguments[0]), Path.of(arguments[1]));
        shim.plan("C_GetMechanismList", 1, "hang", 0);
        Pkcs11Hsm hsm = Pkcs11Hsm.open(shim.settings(Path.of(arguments[2]), Map.of()));
        System.out.println(hsm.hostPid());
        hsm.tokens().getFirst().mechanisms();
    }
}
