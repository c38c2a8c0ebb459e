package org.quorate.app;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.quorate.base.Problem;
import org.quorate.base.Secret;

/// A secret that somebody types: at a terminal without an echo, else the next line of the standard input. It
/// never stands on a command line or in the environment, where other accounts can read it.
final class TypedSecret {
    private static final int LONGEST = 1024;

    private TypedSecret() {}

    static Secret ask(String prompt) {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> typed(console, prompt))
                .orElseGet(() -> line(System.in));
    }

    private static Secret typed(Console console, String prompt) {
        char[] typed = console.readPassword("%s: ", prompt);
        if (typed == null) {
            throw Problem.of("app.no_secret").asException();
        }
        return Secret.ofChars(typed);
    }

    /// The next line, byte by byte, so that nothing beyond it is read.
    static Secret line(InputStream in) {
        byte[] buffer = new byte[LONGEST];
        try {
            int length = 0;
            int next = in.read();
            while (next >= 0 && next != '\n' && length < LONGEST) {
                buffer[length++] = (byte) next;
                next = in.read();
            }
            if (length > 0 && buffer[length - 1] == '\r') {
                length--;
            }
            if (length == 0) {
                throw Problem.of("app.no_secret").asException();
            }
            return Secret.ofBytes(Arrays.copyOf(buffer, length));
        } catch (IOException e) {
            throw Problem.of("app.no_secret").causedBy(e);
        } finally {
            Arrays.fill(buffer, (byte) 0);
        }
    }
}
