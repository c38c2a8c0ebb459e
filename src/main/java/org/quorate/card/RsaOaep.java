package org.quorate.card;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.quorate.base.Secret;
import org.quorate.base.Texts;

/// RSAES-OAEP with SHA-256 twice (PKCS#1 v2.2), as a card opens it: the card does the RSA operation, and the padding is
/// taken off here.
public final class RsaOaep {
    private RsaOaep() {}

    /// @param label as it was sealed with, empty in most formats
    public static OpenAnswer open(Card card, Secret pin, byte[] sealed, byte[] label) {
        return switch (card.decrypt(pin, sealed)) {
            case OpenAnswer.Opened(var block) -> unpadded(block, label);
            case CardRefusal refusal -> refusal;
        };
    }

    private static OpenAnswer unpadded(Secret block, byte[] label) {
        try (block) {
            return block.use(bytes -> {
                var padding = new OAEPEncoding(
                        new DoneByTheCard(bytes.length), new SHA256Digest(), new SHA256Digest(), label);
                padding.init(false, DoneByTheCard.NO_KEY);
                try {
                    return new OpenAnswer.Opened(Secret.ofBytes(padding.processBlock(bytes, 0, bytes.length)));
                } catch (InvalidCipherTextException e) {
                    return new CardRefusal.Failed(Texts.get("card.share.refused"));
                }
            });
        }
    }
}
