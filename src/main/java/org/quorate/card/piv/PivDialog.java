package org.quorate.card.piv;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.CardRefusal;
import org.quorate.card.NoteAnswer;
import org.quorate.card.Tlv;

/// A talk with the PIV application of one card (SP 800-73-4 part 2). Commands are short; longer ones go in a chain, and
/// longer answers are fetched piece by piece.
final class PivDialog {
    static final int MIN_PIN = 6;
    static final int MAX_PIN = 8;
    static final int PIN_BYTES = 8;
    static final int PIN_REFERENCE = 0x80;
    static final byte VERIFY = 0x20;
    private static final byte CHANGE_REFERENCE_DATA = 0x24;
    private static final byte RESET_RETRY_COUNTER = 0x2c;

    private static final byte[] APPLICATION = HexFormat.of().parseHex("a000000308000010000100");
    private static final int CHAINED = 0x10;
    private static final int LARGEST_PART = 255;
    /// No data object of PIV comes near it.
    private static final int LARGEST_ANSWER = 64 * 1024;

    private final CardLink link;

    private PivDialog(CardLink link) {
        this.link = link;
    }

    /// Selects the application.
    ///
    /// @throws Refused where the card has none
    static PivDialog begin(CardLink link) throws Refused {
        var dialog = new PivDialog(link);
        Reply reply = dialog.send("SELECT", new Command(0, 0xa4, 0x04, 0x00, APPLICATION));
        if (!reply.status.done()) {
            throw reply.status.of("SELECT");
        }
        return dialog;
    }

    private record Command(int cla, int ins, int p1, int p2, byte[] data) {}

    private record Reply(StatusWord status, byte[] data) {}

    /// The content of a data object; empty where the card has none.
    Optional<byte[]> object(int tag) throws Refused {
        byte[] name = Tlv.of(0x5c, tagBytes(tag));
        Reply reply = send("GET DATA", new Command(0, 0xcb, 0x3f, 0xff, name));
        if (reply.status.notFound()) {
            return Optional.empty();
        }
        if (!reply.status.done()) {
            throw reply.status.of("GET DATA");
        }
        return Tlv.find(reply.data, 0x53);
    }

    private static byte[] tagBytes(int tag) {
        return new byte[] {(byte) (tag >>> 16), (byte) (tag >>> 8), (byte) tag};
    }

    /// Writes a data object. Most cards let only their issuer do so.
    NoteAnswer put(int tag, byte[] content) throws Refused {
        byte[] data = concat(Tlv.of(0x5c, tagBytes(tag)), Tlv.of(0x53, content));
        return switch (send("PUT DATA", new Command(0, 0xdb, 0x3f, 0xff, data))
                .status
                .value()) {
            case 0x9000 -> NoteAnswer.KEPT;
            // Not allowed, no such instruction, no such object, no room.
            case 0x6982, 0x6985, 0x6d00, 0x6e00, 0x6a80, 0x6a81, 0x6a82, 0x6a84, 0x6a86, 0x6700 -> NoteAnswer.CANNOT;
            default -> NoteAnswer.FAILED;
        };
    }

    /// How many PIN tries are left, asked without trying one; empty where the card does not say.
    OptionalInt triesLeft() throws Refused {
        StatusWord status = StatusWord.of(link.transmit(new byte[] {0, VERIFY, 0, (byte) PIN_REFERENCE}));
        if (status.blocked()) {
            return OptionalInt.of(0);
        }
        return status.countsTries() ? OptionalInt.of(status.triesLeft()) : OptionalInt.empty();
    }

    /// @throws Refused where the PIN is wrong, or cannot be one of this card, which costs no try
    void verify(Secret pin) throws Refused {
        byte[] command =
                pin.use(bytes -> bytes.length < MIN_PIN || bytes.length > MAX_PIN ? new byte[0] : verify(bytes));
        if (command.length == 0) {
            throw new Refused(new CardRefusal.Failed(Texts.get("card.piv.pin_length", MIN_PIN, MAX_PIN)));
        }
        try {
            accept(StatusWord.of(link.transmit(command)));
        } finally {
            Arrays.fill(command, (byte) 0);
        }
    }

    private static byte[] verify(byte[] pin) {
        byte[] command = new byte[5 + PIN_BYTES];
        command[1] = VERIFY;
        command[3] = (byte) PIN_REFERENCE;
        command[4] = PIN_BYTES;
        Arrays.fill(command, 5, command.length, (byte) 0xff);
        System.arraycopy(pin, 0, command, 5, pin.length);
        return command;
    }

    void verify(PinPad pad) throws Refused {
        accept(pad.verify());
    }

    /// CHANGE REFERENCE DATA: the PIN that the card has, then the new one.
    void changePin(Secret old, Secret fresh) throws Refused, Unanswered {
        replace("CHANGE REFERENCE DATA", CHANGE_REFERENCE_DATA, old, fresh);
    }

    /// RESET RETRY COUNTER: the code that unblocks the card, then the new PIN.
    void unblock(Secret puk, Secret fresh) throws Refused, Unanswered {
        replace("RESET RETRY COUNTER", RESET_RETRY_COUNTER, puk, fresh);
    }

    /// The command went out, and whether the card obeyed nobody knows.
    static final class Unanswered extends Exception {
        private static final long serialVersionUID = 1L;

        Unanswered(String command, Refused why) {
            super(command + ": " + why.getMessage(), why);
        }
    }

    private void replace(String name, byte instruction, Secret first, Secret second) throws Refused, Unanswered {
        if (!fits(first) || !fits(second)) {
            throw new Refused(new CardRefusal.Failed(Texts.get("card.piv.pin_length", MIN_PIN, MAX_PIN)));
        }
        byte[] command = new byte[5 + 2 * PIN_BYTES];
        command[1] = instruction;
        command[3] = (byte) PIN_REFERENCE;
        command[4] = 2 * PIN_BYTES;
        Arrays.fill(command, 5, command.length, (byte) 0xff);
        put(first, command, 5);
        put(second, command, 5 + PIN_BYTES);
        StatusWord status;
        try {
            status = StatusWord.of(link.transmit(command));
        } catch (Refused lost) {
            throw new Unanswered(name, lost);
        } finally {
            Arrays.fill(command, (byte) 0);
        }
        if (!status.done()) {
            Refused refused = status.ofPin(name);
            if (status.changedNothing()) {
                throw refused;
            }
            throw new Unanswered(name, refused);
        }
    }

    private static boolean fits(Secret secret) {
        return secret.length() >= MIN_PIN && secret.length() <= MAX_PIN;
    }

    private static void put(Secret secret, byte[] command, int at) {
        int copied = secret.use(bytes -> {
            System.arraycopy(bytes, 0, command, at, bytes.length);
            return bytes.length;
        });
        if (copied > PIN_BYTES) {
            throw new IllegalArgumentException("a PIN that does not fit was let through");
        }
    }

    private static void accept(StatusWord status) throws Refused {
        if (!status.done()) {
            throw status.ofPin("VERIFY");
        }
    }

    /// GENERAL AUTHENTICATE: signs or decrypts a block (`tag` 81), or agrees on a secret with a point (`tag` 85).
    byte[] authenticate(PivAlgorithm algorithm, PivSlot slot, int tag, byte[] input) throws Refused {
        byte[] template = Tlv.of(0x7c, Tlv.of(0x82), Tlv.of(tag, input));
        Reply reply = send("GENERAL AUTHENTICATE", new Command(0, 0x87, algorithm.reference(), slot.key(), template));
        if (!reply.status.done()) {
            throw reply.status.of("GENERAL AUTHENTICATE");
        }
        return Tlv.find(reply.data, 0x7c)
                .flatMap(answer -> Tlv.find(answer, 0x82))
                .orElseThrow(() -> new Refused(new CardRefusal.Failed(Texts.get("card.piv.no_result"))));
    }

    /// The number that some makers print on the card and let be read (YubiKey: GET SERIAL).
    Optional<Long> printedSerial() throws Refused {
        Reply reply = send("GET SERIAL", new Command(0, 0xf8, 0, 0, new byte[0]));
        return reply.status.done() && reply.data.length == 4
                ? Optional.of(Long.parseLong(HexFormat.of().formatHex(reply.data), 16))
                : Optional.empty();
    }

    private Reply send(String name, Command command) throws Refused {
        byte[] data = command.data;
        int sent = 0;
        while (data.length - sent > LARGEST_PART) {
            byte[] part = Arrays.copyOfRange(data, sent, sent + LARGEST_PART);
            byte[] frame = frame(command.cla | CHAINED, command, part, false);
            StatusWord status = StatusWord.of(link.transmit(frame));
            if (!status.done()) {
                return new Reply(status, new byte[0]);
            }
            sent += LARGEST_PART;
        }
        return receive(name, frame(command.cla, command, Arrays.copyOfRange(data, sent, data.length), true));
    }

    /// Header, data where there is any, and `Le` where an answer is wanted: as much as comes.
    private static byte[] frame(int cla, Command command, byte[] data, boolean answered) {
        var out = new ByteArrayOutputStream();
        out.write(cla);
        out.write(command.ins);
        out.write(command.p1);
        out.write(command.p2);
        if (data.length > 0) {
            out.write(data.length);
            out.writeBytes(data);
        }
        if (answered) {
            out.write(0);
        }
        return out.toByteArray();
    }

    private Reply receive(String name, byte[] frame) throws Refused {
        var data = new ByteArrayOutputStream();
        byte[] answer = link.transmit(frame);
        StatusWord status = StatusWord.of(answer);
        if (status.wantedLength() >= 0) {
            frame[frame.length - 1] = (byte) status.wantedLength();
            answer = link.transmit(frame);
            status = StatusWord.of(answer);
        }
        data.write(answer, 0, answer.length - 2);
        while (status.more() >= 0) {
            if (data.size() > LARGEST_ANSWER) {
                throw new Refused(new CardRefusal.Failed(Texts.get("card.piv.endless", name)));
            }
            answer = link.transmit(new byte[] {0, (byte) 0xc0, 0, 0, (byte) status.more()});
            status = StatusWord.of(answer);
            data.write(answer, 0, answer.length - 2);
        }
        return new Reply(status, data.toByteArray());
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
