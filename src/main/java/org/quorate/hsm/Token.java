package org.quorate.hsm;

import java.util.List;
import java.util.function.LongFunction;
import org.quorate.base.Secret;

/// A token as it was found in its slot.
public interface Token {

    /// As read when the token was listed.
    TokenInfo info();

    List<Mechanism> mechanisms();

    /// C_InitToken: destroys everything in the token and sets SO PIN and label (32 bytes at most). The answer is the
    /// token as found again.
    Outcome<TokenInfo> initialise(Secret soPin, String label);

    /// C_InitPIN in an SO session of its own.
    Outcome<TokenInfo> setUserPin(Secret soPin, Secret userPin);

    /// CA_InitRolePIN of a Luna in an SO session of its own: the PIN of a role that PKCS#11 does not have.
    ///
    /// @param userType such as 0x80000001, the crypto user
    Outcome<TokenInfo> setRolePin(Secret soPin, long userType, Secret pin);

    /// C_SetPIN in a session of whose PIN it is.
    Outcome<TokenInfo> changePin(PinKind kind, Secret old, Secret fresh);

    Outcome<byte[]> random(int length);

    /// A new session. A login of another kind on the same token is ended first, since SO and user exclude each other;
    /// a read-only session would block the SO and is never left open.
    Outcome<TokenSession> open(Login login);

    /// The token as an officer's card.
    CertifiedKeys certifiedKeys();

    /// Who opens a session. The PIN is lent for the call and not kept; an empty one is typed on the token's pad, and
    /// refused where it has none ([TokenInfo#hasPinPad]).
    sealed interface Login {
        static Login of(PinKind kind, Secret pin) {
            return switch (kind) {
                case USER -> new User(pin);
                case SECURITY_OFFICER -> new SecurityOfficer(pin);
            };
        }

        record None() implements Login {}

        record User(Secret pin) implements Login {}

        record SecurityOfficer(Secret pin) implements Login {}

        /// A role that a maker added, by its CKU number, such as 0x80000001 for the crypto user of a Luna.
        record Role(long userType, Secret pin) implements Login {}

        /// A card set of an nShield: as many cards as it wants are shown one after the other.
        ///
        /// @param next the next card's passphrase, asked with the number of cards still wanted, wiped after use
        record CardSet(long userType, LongFunction<Secret> next) implements Login {}
    }
}
