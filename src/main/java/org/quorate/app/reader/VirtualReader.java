package org.quorate.app.reader;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.quorate.base.Problem;
import org.quorate.card.practice.piv.VirtualPiv;

/// One virtual reader. A card is in it while its connection to the driver stands; the driver looks for one a few times
/// a second.
final class VirtualReader {
    private static final int ATR = 4;
    private static final int ATTEMPTS = 100;
    private static final int PAUSE_MILLIS = 50;

    private final int port;
    private Optional<Socket> inserted = Optional.empty();
    private boolean used;

    VirtualReader(int port) {
        this.port = port;
    }

    /// Puts a card in; one that was there is taken out.
    synchronized void insert(Chip chip) {
        remove();
        if (used) {
            awaitEmpty();
        }
        used = true;
        Socket socket = connected();
        inserted = Optional.of(socket);
        Thread.ofVirtual().name("virtual card").start(() -> serve(socket, chip));
    }

    /// Until the driver has looked and found nothing: a card that follows another between two looks is never taken for
    /// a new one. What it finds here is a card that says nothing.
    private void awaitEmpty() {
        try (Socket blank = connected()) {
            read(blank, new DataInputStream(blank.getInputStream()));
        } catch (IOException e) {
            throw Problem.of("app.reader.no_reader", port).causedBy(e);
        }
    }

    synchronized void remove() {
        inserted.ifPresent(VirtualReader::closeQuietly);
        inserted = Optional.empty();
    }

    /// The driver listens a moment after the service was started.
    private Socket connected() {
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                var socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setTcpNoDelay(true);
                return socket;
            } catch (IOException e) {
                pause();
            }
        }
        throw Problem.of("app.reader.no_reader", port).asException();
    }

    static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Length and bytes, there and back. One byte alone is about the power: off, on, reset, or the question for the
    /// answer to reset, which is the only one that is answered.
    private static void serve(Socket socket, Chip chip) {
        try (socket) {
            var in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (true) {
                byte[] command = read(socket, in);
                if (command.length != 1) {
                    write(out, chip.process(command));
                } else if (command[0] == ATR) {
                    write(out, VirtualPiv.atr());
                } else {
                    chip.reset();
                }
            }
        } catch (IOException e) {
            chip.reset();
        }
    }

    private static byte[] read(Socket socket, DataInputStream in) throws IOException {
        acknowledgeAtOnce(socket);
        byte[] command = new byte[in.readUnsignedShort()];
        acknowledgeAtOnce(socket);
        in.readFully(command);
        acknowledgeAtOnce(socket);
        return command;
    }

    /// The driver sends the bytes only when their length was acknowledged, which a system puts off for 40 ms if it may;
    /// and it forgets this wish with every packet.
    private static void acknowledgeAtOnce(Socket socket) throws IOException {
        socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }

    private static void write(OutputStream out, byte[] answer) throws IOException {
        byte[] frame = new byte[answer.length + 2];
        frame[0] = (byte) (answer.length >>> 8);
        frame[1] = (byte) answer.length;
        System.arraycopy(answer, 0, frame, 2, answer.length);
        out.write(frame);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is not used any more either way.
        }
    }
}
