package org.quorate.app.reader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.quorate.Environment;
import org.quorate.card.Card;
import org.quorate.card.CardReader;
import org.quorate.card.practice.PracticeCard;

/// Virtual readers for tests, with this process as their client.
public final class TestReaders implements AutoCloseable {
    /// The same for all of this process: the library of PC/SC reads the variable once.
    private static final Path FOLDER = newFolder();

    private final VirtualReaders readers;
    private int taken;

    private TestReaders(VirtualReaders readers) {
        this.readers = readers;
    }

    private static Path newFolder() {
        try {
            Path folder = Files.createTempDirectory("quorate-cards");
            Environment.set("PCSCLITE_CSOCK_NAME", folder.resolve("pcscd.comm").toString());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TestReaders start(int number) throws IOException {
        return new TestReaders(VirtualReaders.start(freeSocket(), number));
    }

    static Path freeSocket() throws IOException {
        return Files.createDirectories(FOLDER).resolve("pcscd.comm");
    }

    public Path folder() {
        return FOLDER;
    }

    public Path socket() {
        return FOLDER.resolve("pcscd.comm");
    }

    public CardReader pcsc() {
        return readers.pcsc();
    }

    /// A reader that has had no card yet as long as there is one, so that nobody has to wait until it is seen to be
    /// empty. The first is left to programs that know only a few readers.
    public int fresh() {
        taken++;
        return 1 + taken % (readers.size() - 1);
    }

    public void insert(int reader, PracticeCard card) {
        readers.reader(reader).insert(Chip.of(card));
    }

    public void insertAndAwait(int reader, PracticeCard card) {
        insert(reader, card);
        await(() -> pcsc().present().stream().anyMatch(there -> there.keyId().equals(card.keyId())));
    }

    public void remove(int reader) {
        readers.reader(reader).remove();
    }

    public void removeAll() {
        for (int i = 0; i < readers.size(); i++) {
            remove(i);
        }
        await(() -> pcsc().present().isEmpty() && pcsc().troubles().isEmpty());
    }

    public void await(java.util.function.BooleanSupplier seen) {
        readers.await(seen);
    }

    /// The card as the reader service has it.
    public Card card(PracticeCard card) {
        return pcsc().present().stream()
                .filter(there -> there.keyId().equals(card.keyId()))
                .findFirst()
                .orElseThrow();
    }

    /// Puts a card in that is pulled out when it has got so many commands from now on; `commands` counts.
    public AtomicInteger insertPulledAt(int reader, PracticeCard card, AtomicReference<Integer> pullAt) {
        var commands = new AtomicInteger();
        Chip chip = Chip.of(card);
        readers.reader(reader).insert(new Chip() {
            @Override
            public byte[] process(byte[] command) {
                if (commands.incrementAndGet() == pullAt.get()) {
                    remove(reader);
                }
                return chip.process(command);
            }

            @Override
            public void reset() {
                chip.reset();
            }
        });
        return commands;
    }

    /// A card without any application that we know.
    public void insertStranger(int reader) {
        readers.reader(reader).insert(new Chip() {
            @Override
            public byte[] process(byte[] command) {
                return new byte[] {0x6a, (byte) 0x82};
            }

            @Override
            public void reset() {
                // It keeps nothing.
            }
        });
    }

    @Override
    public void close() {
        readers.close();
    }
}
