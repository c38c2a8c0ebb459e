package org.quorate.hsm;

import java.util.List;
import java.util.Optional;

/// One PKCS#11 module, run in a process of its own. After a loss of that process the next call starts another; sessions
/// that were open are gone and answer [Outcome.Unknown].
public interface Hsm extends AutoCloseable {

    ModuleInfo module();

    /// The slots that hold a token now, each read afresh.
    List<Token> tokens();

    /// A token is known by its serial, never by its slot, which SoftHSM changes at C_InitToken.
    default Optional<Token> bySerial(String serial) {
        return tokens().stream().filter(t -> t.info().serial().equals(serial)).findFirst();
    }

    /// The slot where a token came or went since the last time this was asked; it does not wait.
    Outcome<Optional<Long>> slotEvent();

    /// What the module can do beyond PKCS#11 v2.40, by the names of its functions, such as `C_LoginBegin`.
    List<String> extensions();

    /// The calls since the last time this was asked: function, return value, milliseconds; never a PIN or a value.
    List<String> drainCallLog();

    @Override
    void close();
}
