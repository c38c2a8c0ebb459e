package org.quorate.card.piv;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.TerminalFactory;

/// What Java leaves to do about PC/SC on Linux: where its library lies, what its errors mean, and how to begin again
/// after the service was restarted, which Java itself never does.
final class PcscLibrary {
    private static final String PROPERTY = "sun.security.smartcardio.library";

    /// Whether Java fetches the rest of an answer by itself. It takes what is left of an answer without its status word
    /// for the answer when the card is pulled meanwhile, so [PivDialog] does it.
    private static final List<String> FETCHING =
            List.of("sun.security.smartcardio.t0GetResponse", "sun.security.smartcardio.t1GetResponse");

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/libpcsclite.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/libpcsclite.so.1"),
            Path.of("/usr/lib64/libpcsclite.so.1"),
            Path.of("/usr/lib/libpcsclite.so.1"));

    /// The card left, or its contacts failed in the middle of a command.
    private static final Set<String> REMOVED = Set.of(
            "SCARD_W_REMOVED_CARD",
            "SCARD_E_NO_SMARTCARD",
            "SCARD_W_UNPOWERED_CARD",
            "SCARD_W_UNRESPONSIVE_CARD",
            "SCARD_E_NOT_TRANSACTED",
            "SCARD_E_READER_UNAVAILABLE",
            "SCARD_E_UNKNOWN_READER",
            "SCARD_F_COMM_ERROR");

    private PcscLibrary() {}

    static CardTerminals terminals() throws CardException {
        FETCHING.forEach(property -> System.setProperty(property, "false"));
        if (System.getProperty(PROPERTY) == null) {
            PLACES.stream()
                    .filter(Files::isReadable)
                    .findFirst()
                    .ifPresent(library -> System.setProperty(PROPERTY, library.toString()));
        }
        try {
            return TerminalFactory.getInstance("PC/SC", null).terminals();
        } catch (NoSuchAlgorithmException e) {
            throw new CardException(e);
        }
    }

    /// Java keeps its one connection to the service for the life of the process, also when it leads nowhere any more.
    /// False where the launcher did not open the package in which it is kept.
    static boolean forgetService() {
        try {
            Class<?> type = Class.forName("sun.security.smartcardio.PCSCTerminals");
            Field context = type.getDeclaredField("contextId");
            Field terminals = type.getDeclaredField("terminals");
            context.setAccessible(true);
            terminals.setAccessible(true);
            synchronized (type) {
                context.setLong(null, 0);
                if (terminals.get(null) instanceof Map<?, ?> known) {
                    known.clear();
                }
            }
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }

    static boolean saysRemoved(Throwable thrown) {
        return chain(thrown).anyMatch(one -> REMOVED.stream().anyMatch(String.valueOf(one.getMessage())::contains));
    }

    /// What happened and what lay behind it, in one line.
    static String causes(Throwable thrown) {
        return chain(thrown).map(String::valueOf).distinct().collect(Collectors.joining(", "));
    }

    private static Stream<Throwable> chain(Throwable thrown) {
        return Stream.iterate(thrown, one -> one != null, Throwable::getCause);
    }
}
