package org.quorate.hsm.pkcs11;

import java.nio.file.Path;

/// A console whose module hangs, to be killed by a test. It says the pid of its module host.
public final class HangingConsole {
    private HangingConsole() {}

    public static void main(String[] arguments) {
        var environment = ModuleHostTest.misbehaviour(
                Path.of(arguments[1]), Path.of(arguments[2]), "C_GetMechanismList", 1, "hang");
        Pkcs11Hsm hsm = Pkcs11Hsm.open(ModuleSettings.of(Path.of(arguments[0]), environment));
        System.out.println(hsm.hostPid());
        hsm.tokens().getFirst().mechanisms();
    }
}
