package org.quorate.hsm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.quorate.base.Secret;

/// Finds out when a token locks its user PIN, by locking it. Only for a token that holds nothing and is initialised
/// again afterwards; whoever asks for it says so in so many words.
public final class Lockout {
    /// After so many a token counts as one that never locks.
    static final int MOST = 12;

    private static final String NAME = "wrong_pins_lock_the_token";

    private Lockout() {}

    /// @param wrong a PIN that is not the user's, of a form that the token takes
    public static Admission.Finding find(Hsm hsm, TokenInfo token, Secret wrong) {
        var flags = new LinkedHashMap<TokenState, Integer>();
        for (int tries = 1; tries <= MOST; tries++) {
            Token now = hsm.bySerial(token.serial()).orElseThrow();
            Outcome<TokenSession> outcome = now.open(new Token.Login.User(wrong));
            for (TokenState state : pinStates(hsm, token)) {
                flags.putIfAbsent(state, tries);
            }
            switch (outcome) {
                case Outcome.Done<TokenSession>(var session) -> {
                    session.close();
                    return new Admission.Finding(
                            NAME, Admission.Verdict.NOT_TRIED, "the PIN that was to be wrong is the right one");
                }
                case Outcome.Unknown<TokenSession>(var function, var why) -> {
                    return new Admission.Finding(NAME, Admission.Verdict.NOT_TRIED, function + ": " + why);
                }
                case Outcome.Refused<TokenSession>(var function, var rv) -> {
                    if (rv.equals("CKR_PIN_LOCKED")) {
                        return new Admission.Finding(
                                NAME, Admission.Verdict.PASSED, "try " + tries + " answered " + rv + said(flags));
                    }
                    if (!rv.equals("CKR_PIN_INCORRECT")) {
                        return new Admission.Finding(
                                NAME, Admission.Verdict.NOTED, "try " + tries + " answered " + rv + said(flags));
                    }
                }
            }
        }
        return new Admission.Finding(
                NAME, Admission.Verdict.NOTED, "not locked after " + MOST + " wrong PINs" + said(flags));
    }

    /// What its flags say of the user PIN.
    private static List<TokenState> pinStates(Hsm hsm, TokenInfo token) {
        List<TokenState> wanted =
                List.of(TokenState.USER_PIN_COUNT_LOW, TokenState.USER_PIN_FINAL_TRY, TokenState.USER_PIN_LOCKED);
        return hsm.bySerial(token.serial()).orElseThrow().info().states().stream()
                .filter(wanted::contains)
                .toList();
    }

    private static String said(Map<TokenState, Integer> flags) {
        return flags.isEmpty()
                ? ", and no flag said so before"
                : flags.entrySet().stream()
                        .map(flag -> flag.getKey().wire() + " after " + flag.getValue())
                        .collect(Collectors.joining(", ", "; flags: ", ""));
    }
}
