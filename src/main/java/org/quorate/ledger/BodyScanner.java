package org.quorate.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/// Reads a body in one pass, for a ledger of a million entries is verified each time it is opened.
///
/// A canonical body has its twelve fields in one order, so each is expected where it must stand. Any departure
/// ends the pass; [BodyDoubt] then says, slowly and exactly, what is wrong. One scanner reads many bodies, one
/// after the other, and remembers what most share with the one before. Not for several threads at once.
final class BodyScanner {
    private static final byte[] BOOT = ascii("{\"boot\":\"");
    private static final byte[] CER = ascii(",\"cer\":");
    private static final byte[] DATA = ascii(",\"data\":");
    private static final byte[] LED = ascii(",\"led\":\"");
    private static final byte[] PREV = ascii(",\"prev\":\"");
    private static final byte[] RUN = ascii(",\"run\":\"");
    private static final byte[] SEQ = ascii(",\"seq\":");
    private static final byte[] STEP = ascii(",\"step\":");
    private static final byte[] TS = ascii(",\"ts\":\"");
    private static final byte[] TYPE = ascii(",\"type\":\"");
    private static final byte[] UP = ascii(",\"up_us\":");
    private static final byte[] V = ascii(",\"v\":1}");
    private static final byte[] NULL = ascii("null");
    private static final byte[][] TYPES = typeNames();
    private static final byte[] NIBBLES = nibbles();
    private static final EntryType[] OF_TYPES = EntryType.values();

    private final Recent boots = new Recent();
    private final Recent ceremonies = new Recent();
    private final Recent ledgers = new Recent();
    private final Recent runs = new Recent();
    private byte[] body = new byte[0];
    private DataScanner data = new DataScanner(body);
    private int at;
    private int recentType;

    /// The UUID that stood at one place of the body before: comparing is quicker than reading.
    private static final class Recent {
        private static final int LENGTH = 36;
        private final byte[] text = new byte[LENGTH];
        private Optional<UUID> value = Optional.empty();
    }

    /// @throws BrokenEntryException naming the rule that the body breaks
    static Body scan(byte[] body) {
        return new BodyScanner().read(body);
    }

    /// @throws BrokenEntryException naming the rule that the body breaks
    Body read(byte[] next) {
        body = next;
        data = new DataScanner(next);
        at = 0;
        try {
            return scan();
        } catch (Departure | ArrayIndexOutOfBoundsException e) {
            // Running over the end is one way to leave the form.
            throw BodyDoubt.explain(body);
        }
    }

    private Body scan() {
        expect(BOOT);
        UUID boot = uuid(boots).orElseThrow();
        expect(CER);
        Optional<UUID> ceremony = ceremony();
        expect(DATA);
        int dataFrom = at;
        at = data.object(at);
        int dataTo = at;
        expect(LED);
        UUID ledger = uuid(ledgers).orElseThrow();
        expect(PREV);
        byte[] prev = hash();
        expect(RUN);
        UUID run = uuid(runs).orElseThrow();
        expect(SEQ);
        long seq = count();
        expect(STEP);
        int stepFrom = at;
        step();
        int stepTo = at;
        expect(TS);
        long millis = time();
        expect(TYPE);
        EntryType type = type();
        expect(UP);
        long up = count();
        expect(V);
        if (at != body.length) {
            throw Departure.here();
        }
        return new Body(
                body,
                ledger,
                seq,
                prev,
                millis,
                boot,
                up,
                run,
                type,
                ceremony,
                stepFrom,
                stepTo,
                dataFrom,
                dataTo,
                data.named());
    }

    private void expect(byte[] wanted) {
        int to = at + wanted.length;
        if (to > body.length || !Arrays.equals(body, at, to, wanted, 0, wanted.length)) {
            throw Departure.here();
        }
        at = to;
    }

    private void quote() {
        if (body[at] != '"') {
            throw Departure.here();
        }
        at++;
    }

    private boolean isNull() {
        if (body[at] == 'n') {
            expect(NULL);
            return true;
        }
        return false;
    }

    private Optional<UUID> ceremony() {
        if (isNull()) {
            return Optional.empty();
        }
        quote();
        return uuid(ceremonies);
    }

    private void step() {
        if (!isNull()) {
            at = data.string(at);
        }
    }

    private Optional<UUID> uuid(Recent recent) {
        if (Arrays.equals(body, at, at + Recent.LENGTH, recent.text, 0, Recent.LENGTH)) {
            at += Recent.LENGTH;
            quote();
            return recent.value;
        }
        int from = at;
        recent.value = Optional.of(uuid());
        System.arraycopy(body, from, recent.text, 0, Recent.LENGTH);
        return recent.value;
    }

    private UUID uuid() {
        long high = hex(0, 8) << 32 | hex(9, 4) << 16 | hex(14, 4);
        long low = hex(19, 4) << 48 | hex(24, 12);
        if (body[at + 8] != '-' || body[at + 13] != '-' || body[at + 18] != '-' || body[at + 23] != '-') {
            throw Departure.here();
        }
        at += 36;
        quote();
        return new UUID(high, low);
    }

    /// The number that `digits` hex digits make, at most fifteen of them.
    private long hex(int from, int digits) {
        long value = 0;
        int bad = 0;
        for (int i = at + from; i < at + from + digits; i++) {
            int nibble = NIBBLES[body[i] & 0xff];
            bad |= nibble;
            value = value << 4 | nibble;
        }
        if (bad < 0) {
            throw Departure.here();
        }
        return value;
    }

    private byte[] hash() {
        byte[] hash = new byte[32];
        int bad = 0;
        for (int i = 0; i < 32; i++) {
            int nibbles = NIBBLES[body[at + 2 * i] & 0xff] << 4 | NIBBLES[body[at + 2 * i + 1] & 0xff];
            bad |= nibbles;
            hash[i] = (byte) nibbles;
        }
        if (bad < 0) {
            throw Departure.here();
        }
        at += 64;
        quote();
        return hash;
    }

    private long count() {
        int from = at;
        at = data.integer(at);
        if (body[from] == '-') {
            throw Departure.here();
        }
        long value = 0;
        for (int i = from; i < at; i++) {
            value = value * 10 + (body[i] - '0');
        }
        return value;
    }

    private long time() {
        long millis = Timestamp.millis(body, at);
        if (millis == Timestamp.NONE) {
            throw Departure.here();
        }
        at += 24;
        quote();
        return millis;
    }

    private EntryType type() {
        if (!isType(recentType)) {
            recentType = 0;
            while (!isType(recentType)) {
                recentType++;
                if (recentType == TYPES.length) {
                    recentType = 0;
                    throw Departure.here();
                }
            }
        }
        at += TYPES[recentType].length + 1;
        return OF_TYPES[recentType];
    }

    private boolean isType(int index) {
        byte[] name = TYPES[index];
        int end = at + name.length;
        return end < body.length && body[end] == '"' && matches(name);
    }

    private boolean matches(byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (body[at + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    /// The value of each lower-case hex digit, and -1 for any other byte.
    private static byte[] nibbles() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < 16; i++) {
            values["0123456789abcdef".charAt(i)] = (byte) i;
        }
        return values;
    }

    private static byte[][] typeNames() {
        EntryType[] types = EntryType.values();
        byte[][] names = new byte[types.length][];
        for (int i = 0; i < types.length; i++) {
            names[i] = ascii(types[i].wire());
        }
        return names;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// The body leaves the expected form. It carries nothing, not even a stack, because the slow reading tells more.
    static final class Departure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Departure() {
            super(null, null, false, false);
        }

        static Departure here() {
            return new Departure();
        }
    }
}
