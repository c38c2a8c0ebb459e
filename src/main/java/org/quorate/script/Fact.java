package org.quorate.script;

/// Something that is true of the world between two steps. Steps need facts, begin them and end them; nothing else is
/// known of the world.
sealed interface Fact {

    /// Facts of the whole ceremony.
    enum Ceremony implements Fact {
        ROLL_CALLED,
        DIGEST_READ,
        CLOCK_CHECKED,
        WORKSTATION_CHECKED,
        GLASS_BROKEN,
        /// Ends with every further step, which may bring an exception of its own.
        EXCEPTIONS_READ,
        CLOSED
    }

    record Performed(String step) implements Fact {}

    record Identified(String token) implements Fact {}

    record Admitted(String token) implements Fact {}

    /// Its PINs are set.
    record Initialised(String token) implements Fact {}

    /// The private half of a pair, or a secret key, is on the token.
    record Holds(String key, String token) implements Fact {}

    /// The public half was imported as trusted.
    /// An earlier ceremony brought it there, and this one found it again.
    record Found(String key, String token) implements Fact {}

    /// Nobody can reach it any more: its cable is out.
    record Away(String token) implements Fact {}

    record Trusts(String key, String token) implements Fact {}

    /// The key came to the token from another one.
    record Copied(String key, String token) implements Fact {}

    record Extractable(String key, String token) implements Fact {}

    record FingerprintRead(String key, String token) implements Fact {}

    record Signed(String key, String token) implements Fact {}

    /// A key-encryption key opened every envelope there.
    record Opened(String key, String token) implements Fact {}

    /// People hold shares of the key, in this form.
    record Escrowed(String key, Step.EscrowKey.Form form) implements Fact {}
    /// A step of this ceremony hands the file out.
    record Made(String file) implements Fact {}

    record Certified(String key) implements Fact {}
}
