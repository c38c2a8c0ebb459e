package org.quorate.card.piv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.quorate.card.CardRefusal;

/// The keys of a reader, on which a PIN goes from the finger to the card and never through this machine (PC/SC part 10,
/// FEATURE_VERIFY_PIN_DIRECT).
final class PinPad {
    /// CM_IOCTL_GET_FEATURE_REQUEST of pcsc-lite.
    static final int FEATURES = 0x42000000 + 3400;

    private static final int VERIFY_PIN_DIRECT = 0x06;
    private static final int SECONDS = 60;

    private final int code;
    private final Control control;

    /// Carries a control command to the reader.
    @FunctionalInterface
    interface Control {
        byte[] send(int code, byte[] command) throws Refused;
    }

    private PinPad(int code, Control control) {
        this.code = code;
        this.control = control;
    }

    /// @param features the reader's answer to [#FEATURES]: tag, length 4, control code, again and again
    static Optional<PinPad> of(byte[] features, Control control) {
        for (int at = 0; at + 6 <= features.length; at += 6) {
            if (features[at] == VERIFY_PIN_DIRECT && features[at + 1] == 4) {
                return Optional.of(new PinPad(ByteBuffer.wrap(features).getInt(at + 2), control));
            }
        }
        return Optional.empty();
    }

    /// The person types, the reader fills the PIN into the command, the card answers.
    ///
    /// @throws Refused with [CardRefusal.NoPin] where nothing was typed
    StatusWord verify() throws Refused {
        StatusWord answer = StatusWord.of(control.send(code, question()));
        return switch (answer.value()) {
            case 0x6400, 0x6401, 0x6402, 0x6403 -> throw new Refused(new CardRefusal.NoPin());
            default -> answer;
        };
    }

    /// PIN_VERIFY_STRUCTURE for the eight bytes of a PIV PIN: characters from the left, FF up to the end.
    static byte[] question() {
        byte[] command = new byte[5 + PivDialog.PIN_BYTES];
        command[1] = PivDialog.VERIFY;
        command[3] = (byte) PivDialog.PIN_REFERENCE;
        command[4] = PivDialog.PIN_BYTES;
        Arrays.fill(command, 5, command.length, (byte) 0xff);
        return ByteBuffer.allocate(19 + command.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) SECONDS) // until the first digit
                .put((byte) SECONDS) // and between two
                .put((byte) 0x82) // characters, from the first byte of the data on
                .put((byte) PivDialog.PIN_BYTES) // the block is that long, and says nothing of the PIN's length
                .put((byte) 0)
                .putShort((short) (PivDialog.MIN_PIN << 8 | PivDialog.MAX_PIN))
                .put((byte) 2) // until the key for OK
                .put((byte) 1) // one message
                .putShort((short) 0x0409) // in English
                .put((byte) 0)
                .put(new byte[3]) // no prologue of T=1
                .putInt(command.length)
                .put(command)
                .array();
    }
}
