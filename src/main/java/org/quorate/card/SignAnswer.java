package org.quorate.card;

/// What a card answers when asked to sign.
public sealed interface SignAnswer permits SignAnswer.Signed, CardRefusal {

    /// @param algorithm ES256, ES384 or RS256
    /// @param signature ECDSA in DER
    record Signed(String algorithm, byte[] signature) implements SignAnswer {}
}
