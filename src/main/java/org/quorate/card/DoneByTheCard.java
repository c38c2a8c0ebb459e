package org.quorate.card;

import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.CipherParameters;

/// Stands in for the RSA operation, which the card has done already, so that only the padding is left to take off.
record DoneByTheCard(int bytes) implements AsymmetricBlockCipher {
    static final CipherParameters NO_KEY = new CipherParameters() {};

    @Override
    public void init(boolean forEncryption, CipherParameters parameters) {
        // There is no key here.
    }

    @Override
    public int getInputBlockSize() {
        return bytes;
    }

    /// One less than the modulus has, as of a number whose first byte is zero.
    @Override
    public int getOutputBlockSize() {
        return bytes - 1;
    }

    /// The first byte is part of the padding and must be zero; a block that is too long fails its check.
    @Override
    public byte[] processBlock(byte[] in, int offset, int length) {
        return in[offset] == 0 ? Arrays.copyOfRange(in, offset + 1, offset + length) : new byte[0];
    }
}
