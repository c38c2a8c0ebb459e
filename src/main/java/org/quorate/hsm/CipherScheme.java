package org.quorate.hsm;

/// How bytes are made secret with a key of a token. A ceremony has no use for more: keys travel by [WrapScheme].
public enum CipherScheme {
    /// Whole blocks, each by itself (ECB): for the check value of a key, and for taking a token at its word.
    AES_BLOCKS,
    /// RSAES-OAEP, as a share is sealed to an officer's card.
    RSA_OAEP
}
