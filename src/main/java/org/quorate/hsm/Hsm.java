package org.quorate.hsm;

import java.util.List;
import java.util.Optional;
import org.quorate.base.Problem;
import org.quorate.base.VisibleText;

/// One PKCS#11 module, run in a process of its own. After a loss of that process the next call starts another; sessions
/// that were open are gone and answer [Outcome.Unknown].
public interface Hsm extends AutoCloseable {

    ModuleInfo module();

    /// The slots that hold a token now, each read afresh.
    List<Token> tokens();

    /// A token is known by its serial, never by its slot, which SoftHSM changes at C_InitToken.
    ///
    /// @throws org.quorate.base.ProblemException where several have it
    default Optional<Token> bySerial(String serial) {
        List<Token> found =
                tokens().stream().filter(t -> t.info().serial().equals(serial)).toList();
        if (found.size() > 1) {
            throw Problem.of("hsm.serial_not_unique", serial, found.size()).asException();
        }
        return found.stream().findFirst();
    }

    /// Where people name a token themselves.
    ///
    /// @throws org.quorate.base.ProblemException where several have that label
    default Optional<Token> byLabel(String label) {
        List<Token> found =
                tokens().stream().filter(t -> t.info().label().equals(label)).toList();
        if (found.size() > 1) {
            throw Problem.of("hsm.label_not_unique", VisibleText.of(label), found.size())
                    .asException();
        }
        return found.stream().findFirst();
    }

    /// The slots that hold no token now, as the module describes them.
    List<String> emptySlots();

    /// The slot where a token came or went since the last time this was asked; it does not wait.
    Outcome<Optional<Long>> slotEvent();

    /// What the module can do beyond PKCS#11 v2.40, by the names of its functions, such as `C_LoginBegin`.
    List<String> extensions();

    /// The calls since the last time this was asked: function, return value, milliseconds; never a PIN or a value.
    List<String> drainCallLog();

    @Override
    void close();
}
