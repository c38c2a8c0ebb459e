package org.quorate.card.practice.piv;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.quorate.base.Secret;
import org.quorate.card.CardKey;
import org.quorate.card.CardRefusal;
import org.quorate.card.PinAnswer;
import org.quorate.card.Tlv;
import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.PracticeCard.Unlocked;

/// The PIV application of a practice card (SP 800-73-4 part 2): what an officer needs, and nothing that changes
/// the card but its PIN. The key that signs wants the PIN right before each signature; the others want it once.
public final class VirtualPiv {
    /// One that OpenSC knows as a PIV card; with another it would not use keys on curves.
    private static final byte[] ATR = HexFormat.of().parseHex("3b8d0180fba0000003080000100001004d");

    private static final int SHORT_ANSWER = 256;
    private static final int PIN_REFERENCE = 0x80;
    private static final int PIN_BYTES = 8;

    private static final int DONE = 0x9000;
    private static final int COUNT = 0x63c0;
    private static final int WRONG_LENGTH = 0x6700;
    private static final int PIN_MISSING = 0x6982;
    private static final int PIN_BLOCKED = 0x6983;
    private static final int WRONG_DATA = 0x6a80;
    private static final int NOT_FOUND = 0x6a82;
    private static final int WRONG_PARAMETERS = 0x6a86;
    private static final int NO_KEY = 0x6a88;
    private static final int NO_INSTRUCTION = 0x6d00;
    private static final int ERROR = 0x6f00;

    private final PracticeCard card;
    private final PivObjects objects;
    private final ByteArrayOutputStream chain = new ByteArrayOutputStream();
    private boolean selected;
    private byte[] waiting = new byte[0];
    private Optional<Secret> pin = Optional.empty();
    private Optional<PrivateKey> signing = Optional.empty();

    public VirtualPiv(PracticeCard card) {
        this.card = card;
        this.objects = new PivObjects(card);
    }

    public static byte[] atr() {
        return ATR.clone();
    }

    /// Power was lost, or the reader asked for it: the PIN is forgotten.
    public synchronized void reset() {
        forgetPin();
        chain.reset();
        waiting = new byte[0];
        selected = false;
    }

    private void forgetPin() {
        pin.ifPresent(Secret::close);
        pin = Optional.empty();
        signing = Optional.empty();
    }

    private record Reply(int status, byte[] data) {
        static Reply of(int status) {
            return new Reply(status, new byte[0]);
        }
    }

    /// Answers one command, its status word last.
    public synchronized byte[] process(byte[] command) {
        Optional<CommandApdu> parsed = CommandApdu.parse(command);
        if (parsed.isEmpty()) {
            return bytes(Reply.of(WRONG_LENGTH), false);
        }
        CommandApdu apdu = parsed.get();
        if (apdu.ins() == 0xc0) {
            return next(apdu.extended());
        }
        waiting = new byte[0];
        if (apdu.chained()) {
            chain.writeBytes(apdu.data());
            return bytes(Reply.of(DONE), false);
        }
        chain.writeBytes(apdu.data());
        byte[] whole = chain.toByteArray();
        chain.reset();
        return bytes(answer(apdu.with(whole)), apdu.extended());
    }

    private byte[] bytes(Reply reply, boolean extended) {
        if (reply.data.length > SHORT_ANSWER && !extended) {
            waiting = reply.data;
            return next(false);
        }
        return withStatus(reply.data, reply.status);
    }

    private byte[] next(boolean extended) {
        int length = extended ? waiting.length : Math.min(SHORT_ANSWER, waiting.length);
        byte[] piece = Arrays.copyOf(waiting, length);
        waiting = Arrays.copyOfRange(waiting, length, waiting.length);
        int left = Math.min(waiting.length, SHORT_ANSWER) & 0xff;
        return withStatus(piece, waiting.length == 0 ? DONE : 0x6100 | left);
    }

    private static byte[] withStatus(byte[] data, int status) {
        byte[] answer = Arrays.copyOf(data, data.length + 2);
        answer[data.length] = (byte) (status >>> 8);
        answer[data.length + 1] = (byte) status;
        return answer;
    }

    private Reply answer(CommandApdu apdu) {
        if (apdu.ins() == 0xa4) {
            return select(apdu);
        }
        if (!selected) {
            return Reply.of(NO_INSTRUCTION);
        }
        boolean signs = apdu.ins() == 0x87 && apdu.p2() == 0x9c;
        if (!signs) {
            signing = Optional.empty();
        }
        return switch (apdu.ins()) {
            case 0xcb -> getData(apdu);
            case 0xdb -> Reply.of(PIN_MISSING); // only who holds the management key may write, and nobody does
            case 0x20 -> verify(apdu);
            case 0x24 -> replacePin(apdu, card::changePin);
            case 0x2c -> replacePin(apdu, card::unblock);
            case 0x87 -> authenticate(apdu);
            case 0xf8 -> new Reply(DONE, objects.serial());
            case 0xfd -> new Reply(DONE, new byte[] {5, 0, 0});
            default -> Reply.of(NO_INSTRUCTION);
        };
    }

    private Reply select(CommandApdu apdu) {
        byte[] wanted = apdu.data();
        boolean ours = wanted.length >= 5
                && wanted.length <= PivObjects.APPLICATION.length
                && Arrays.equals(wanted, Arrays.copyOf(PivObjects.APPLICATION, wanted.length));
        if (!ours || apdu.p1() != 4) {
            return Reply.of(NOT_FOUND);
        }
        selected = true;
        byte[] name = Arrays.copyOfRange(PivObjects.APPLICATION, 5, PivObjects.APPLICATION.length);
        byte[] authority = Arrays.copyOf(PivObjects.APPLICATION, 5);
        return new Reply(DONE, Tlv.of(0x61, Tlv.of(0x4f, name), Tlv.of(0x79, Tlv.of(0x4f, authority))));
    }

    private Reply getData(CommandApdu apdu) {
        if (apdu.p1() != 0x3f || apdu.p2() != 0xff) {
            return Reply.of(WRONG_PARAMETERS);
        }
        return Tlv.find(apdu.data(), 0x5c)
                .filter(tag -> tag.length > 0 && tag.length <= 3)
                .map(tag -> objects.get(new BigInteger(1, tag).intValue())
                        .map(object -> new Reply(DONE, object))
                        .orElseGet(() -> Reply.of(NOT_FOUND)))
                .orElseGet(() -> Reply.of(WRONG_DATA));
    }

    private Reply verify(CommandApdu apdu) {
        if (apdu.p2() != PIN_REFERENCE) {
            return Reply.of(NO_KEY);
        }
        if (apdu.p1() == 0xff) {
            forgetPin();
            return Reply.of(DONE);
        }
        if (apdu.data().length == 0) {
            return Reply.of(pin.isPresent() ? DONE : counted());
        }
        forgetPin();
        Optional<Secret> tried = pinOf(apdu.data());
        Arrays.fill(apdu.data(), (byte) 0);
        if (tried.isEmpty()) {
            return Reply.of(WRONG_DATA);
        }
        return switch (card.unlock(CardKey.SIGNING, tried.get())) {
            case Unlocked.Key(var key, var _) -> {
                pin = tried;
                signing = Optional.of(key);
                yield Reply.of(DONE);
            }
            case Unlocked.No(var refusal) -> {
                tried.get().close();
                yield Reply.of(status(refusal));
            }
        };
    }

    /// What stands in the first eight bytes, and the new PIN.
    private Reply replacePin(CommandApdu apdu, BiFunction<Secret, Secret, PinAnswer> replacing) {
        if (apdu.p1() != 0 || apdu.p2() != PIN_REFERENCE) {
            return Reply.of(NO_KEY);
        }
        forgetPin();
        byte[] data = apdu.data();
        if (data.length != 2 * PIN_BYTES) {
            Arrays.fill(data, (byte) 0);
            return Reply.of(WRONG_LENGTH);
        }
        Optional<Secret> first = pinOf(Arrays.copyOf(data, PIN_BYTES));
        Optional<Secret> second = pinOf(Arrays.copyOfRange(data, PIN_BYTES, data.length));
        Arrays.fill(data, (byte) 0);
        try {
            return first.isEmpty() || second.isEmpty()
                    ? Reply.of(WRONG_DATA)
                    : Reply.of(
                            switch (replacing.apply(first.get(), second.get())) {
                                case PinAnswer.Changed() -> DONE;
                                case CardRefusal refusal -> status(refusal);
                                case PinAnswer.Unknown _, PinAnswer.NotHere _ -> ERROR;
                            });
        } finally {
            first.ifPresent(Secret::close);
            second.ifPresent(Secret::close);
        }
    }

    private int counted() {
        int left = card.pinHelp().triesLeft().orElse(0);
        return left == 0 ? PIN_BLOCKED : COUNT | left;
    }

    /// The digits before the filling; empty where there are too few, or something stands after the filling.
    private static Optional<Secret> pinOf(byte[] block) {
        if (block.length != PIN_BYTES) {
            return Optional.empty();
        }
        int length = 0;
        while (length < PIN_BYTES && block[length] >= '0' && block[length] <= '9') {
            length++;
        }
        for (int i = length; i < PIN_BYTES; i++) {
            if (block[i] != (byte) 0xff) {
                return Optional.empty();
            }
        }
        return length < 6 ? Optional.empty() : Optional.of(Secret.ofBytes(Arrays.copyOf(block, length)));
    }

    private static int status(CardRefusal refusal) {
        return switch (refusal) {
            case CardRefusal.WrongPin(var left) -> COUNT | left.orElse(0);
            case CardRefusal.Blocked() -> PIN_BLOCKED;
            default -> ERROR;
        };
    }

    private Reply authenticate(CommandApdu apdu) {
        Optional<CardKey> use = use(apdu.p2());
        if (use.isEmpty() || card.certificate(use.get()).isEmpty()) {
            return Reply.of(NO_KEY);
        }
        if (pin.isEmpty()) {
            return Reply.of(PIN_MISSING);
        }
        Optional<PrivateKey> key = key(use.get());
        if (key.isEmpty()) {
            return Reply.of(PIN_MISSING);
        }
        if (apdu.p1() != algorithm(key.get())) {
            return Reply.of(WRONG_PARAMETERS);
        }
        Optional<List<Tlv>> template = Tlv.find(apdu.data(), 0x7c).flatMap(Tlv::parse);
        return template.map(parts -> compute(key.get(), parts)).orElseGet(() -> Reply.of(WRONG_DATA));
    }

    private static Optional<CardKey> use(int reference) {
        return switch (reference) {
            case 0x9a -> Optional.of(CardKey.PRESENCE);
            case 0x9c -> Optional.of(CardKey.SIGNING);
            case 0x9d -> Optional.of(CardKey.SEALING);
            default -> Optional.empty();
        };
    }

    /// The key that signs is there once after each PIN.
    private Optional<PrivateKey> key(CardKey use) {
        if (use == CardKey.SIGNING) {
            Optional<PrivateKey> once = signing;
            signing = Optional.empty();
            return once;
        }
        return switch (card.unlock(use, pin.orElseThrow())) {
            case Unlocked.Key(var key, var _) -> Optional.of(key);
            case Unlocked.No(var _) -> Optional.empty();
        };
    }

    private static int algorithm(PrivateKey key) {
        return switch (key) {
            case ECPrivateKey ec -> ec.getParams().getOrder().bitLength() == 256 ? 0x11 : 0x14;
            case RSAKey rsa -> rsa.getModulus().bitLength() == 2048 ? 0x07 : 0x05;
            default -> -1;
        };
    }

    private static Reply compute(PrivateKey key, List<Tlv> template) {
        try {
            for (Tlv part : template) {
                switch (part.tag()) {
                    case 0x81 -> {
                        return result(key instanceof ECPrivateKey ? signed(key, part.value()) : raw(key, part.value()));
                    }
                    case 0x85 -> {
                        return key instanceof ECPrivateKey ec ? result(agreed(ec, part.value())) : Reply.of(WRONG_DATA);
                    }
                    default -> {
                        // 82, empty, asks for the result.
                    }
                }
            }
            return Reply.of(WRONG_DATA);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Reply.of(WRONG_DATA);
        }
    }

    private static Reply result(byte[] value) {
        return new Reply(DONE, Tlv.of(0x7c, Tlv.of(0x82, value)));
    }

    private static byte[] signed(PrivateKey key, byte[] digest) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("NONEwithECDSA");
        signature.initSign(key);
        signature.update(digest);
        return signature.sign();
    }

    private static byte[] raw(PrivateKey key, byte[] block) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key);
        return cipher.doFinal(block);
    }

    private static byte[] agreed(ECPrivateKey key, byte[] point) throws GeneralSecurityException {
        int bytes = (key.getParams().getOrder().bitLength() + 7) / 8;
        if (point.length != 1 + 2 * bytes || point[0] != 4) {
            throw new GeneralSecurityException("not an uncompressed point of the curve");
        }
        var other = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + bytes)),
                new BigInteger(1, Arrays.copyOfRange(point, 1 + bytes, point.length)));
        var theirs =
                (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(other, key.getParams()));
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(key);
        agreement.doPhase(theirs, true);
        return agreement.generateSecret();
    }
}
