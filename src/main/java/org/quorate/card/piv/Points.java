package org.quorate.card.piv;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import org.quorate.base.Texts;
import org.quorate.card.CardRefusal;

/// Points of a curve as bytes (SEC 1, section 2.3.3).
final class Points {
    private Points() {}

    /// @throws Refused where the point is of another curve than the card's
    static byte[] uncompressed(ECPublicKey key, int bytes) throws Refused {
        if ((key.getParams().getCurve().getField().getFieldSize() + 7) / 8 != bytes) {
            throw new Refused(new CardRefusal.Failed(Texts.get("card.piv.other_key")));
        }
        byte[] point = new byte[1 + 2 * bytes];
        point[0] = 4;
        write(key.getW().getAffineX(), point, 1, bytes);
        write(key.getW().getAffineY(), point, 1 + bytes, bytes);
        return point;
    }

    private static void write(BigInteger number, byte[] point, int at, int bytes) {
        byte[] signed = number.toByteArray();
        int skip = Math.max(0, signed.length - bytes);
        int length = signed.length - skip;
        System.arraycopy(signed, skip, point, at + bytes - length, length);
    }
}
