package org.quorate.app.site;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.ceremony.Site;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.TokenInfo;
import org.quorate.ledger.Genesis;

/// Opens the console's own token when a site is opened. Without it nothing can be closed, so it is asked for before
/// anything is recorded.
final class ConsoleLogin {
    private static final String WRONG_PIN = "hsm.pin_incorrect";

    private final Hsm hsm;
    private final Site.TokenAt at;
    private final List<X509Certificate> recordChain;
    private final Genesis genesis;

    ConsoleLogin(Hsm hsm, Site.TokenAt at, List<X509Certificate> recordChain, Genesis genesis) {
        this.hsm = hsm;
        this.at = at;
        this.recordChain = List.copyOf(recordChain);
        this.genesis = genesis;
    }

    /// Asks until the PIN is right. The token counts the tries; whoever asks says what it says of them.
    ConsoleToken open(ConsolePin pins) {
        Optional<Problem> refused = Optional.empty();
        while (true) {
            TokenInfo token = hsm.bySerial(at.serial())
                    .orElseThrow(() ->
                            Problem.of("app.no_console_token", at.serial()).asException())
                    .info();
            Secret pin = token.hasPinPad() ? Secret.ofBytes(new byte[0]) : pins.ask(token, refused);
            var console = new ConsoleToken(hsm, at.serial(), pin, recordChain, genesis.ledger());
            try {
                requireKey(console);
                return console;
            } catch (ProblemException e) {
                console.close();
                if (!e.problem().id().equals(WRONG_PIN) || token.hasPinPad()) {
                    throw e;
                }
                refused = Optional.of(e.problem());
            } catch (RuntimeException e) {
                console.close();
                throw e;
            }
        }
    }

    /// The very key that the founders signed for.
    private void requireKey(ConsoleToken console) {
        if (!Digest.of(console.checkpoints().spki()).equals(genesis.console().id())) {
            throw Problem.of("app.site.console_key_differs", at.serial()).asException();
        }
    }
}
