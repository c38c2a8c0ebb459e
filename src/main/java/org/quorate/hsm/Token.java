package org.quorate.hsm;

import java.util.List;
import org.quorate.base.Secret;

/// A token as it was found in its slot.
public interface Token {

    /// As read when the token was listed.
    TokenInfo info();

    List<Mechanism> mechanisms();

    /// C_InitToken: destroys everything in the token and sets SO PIN and label. The answer is the token as found again.
    Outcome<TokenInfo> initialise(Secret soPin, String label);

    /// C_InitPIN in an SO session of its own.
    Outcome<TokenInfo> setUserPin(Secret soPin, Secret userPin);

    /// C_SetPIN in a session of whose PIN it is.
    Outcome<TokenInfo> changePin(PinKind kind, Secret old, Secret fresh);

    Outcome<byte[]> random(int length);

    /// A new session. A login of another kind on the same token is ended first, since SO and user exclude each other;
    /// a read-only session would block the SO and is never left open.
    Outcome<TokenSession> open(Login login);

    /// The token as an officer's card.
    CertifiedKeys certifiedKeys();

    /// Who opens a session. The PIN is lent for the call and not kept.
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
    }
}
