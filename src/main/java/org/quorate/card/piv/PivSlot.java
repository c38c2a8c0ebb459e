package org.quorate.card.piv;

import org.quorate.card.CardKey;

/// Where PIV keeps each of our keys (SP 800-73-4 part 1, table 3 and appendix A).
enum PivSlot {
    SIGNATURE(CardKey.SIGNING, 0x9c, 0x5fc10a),
    AUTHENTICATION(CardKey.PRESENCE, 0x9a, 0x5fc105),
    KEY_MANAGEMENT(CardKey.SEALING, 0x9d, 0x5fc10b);

    private final CardKey use;
    private final int key;
    private final int certificate;

    PivSlot(CardKey use, int key, int certificate) {
        this.use = use;
        this.key = key;
        this.certificate = certificate;
    }

    static PivSlot of(CardKey use) {
        return switch (use) {
            case SIGNING -> SIGNATURE;
            case PRESENCE -> AUTHENTICATION;
            case SEALING -> KEY_MANAGEMENT;
        };
    }

    CardKey use() {
        return use;
    }

    /// The reference of the key.
    int key() {
        return key;
    }

    /// The tag of the data object that holds its certificate.
    int certificate() {
        return certificate;
    }
}
