package org.quorate.app.reader;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.quorate.base.Problem;
import org.quorate.card.piv.PcscReaders;

/// Virtual readers behind a service of their own, and the same readers as any PC/SC program sees them.
public final class VirtualReaders implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final OwnService service;
    private final List<VirtualReader> readers;
    private final PcscReaders pcsc = new PcscReaders();

    private VirtualReaders(OwnService service) {
        this.service = service;
        this.readers = service.ports().stream().map(VirtualReader::new).toList();
    }

    /// @param socket the value of `PCSCLITE_CSOCK_NAME` in the environment of this process
    static VirtualReaders start(Path socket, int number) {
        var readers = new VirtualReaders(OwnService.start(socket, number));
        try {
            readers.await(() -> readers.pcsc.readers().size() >= number);
            return readers;
        } catch (RuntimeException e) {
            readers.close();
            throw e;
        }
    }

    VirtualReader reader(int number) {
        return readers.get(number);
    }

    int size() {
        return readers.size();
    }

    PcscReaders pcsc() {
        return pcsc;
    }

    /// Waits until the service has seen what was done to its readers.
    void await(BooleanSupplier seen) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!seen.getAsBoolean()) {
            if (!service.runs() || System.nanoTime() > end) {
                pcsc.present();
                throw Problem.of("app.reader.not_ready")
                        .withTechnical(String.valueOf(pcsc.troubles()))
                        .asException();
            }
            VirtualReader.pause();
        }
    }

    @Override
    public void close() {
        readers.forEach(VirtualReader::remove);
        service.close();
    }
}
