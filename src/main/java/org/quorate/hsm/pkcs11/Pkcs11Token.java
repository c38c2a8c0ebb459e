package org.quorate.hsm.pkcs11;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.hsm.CertifiedKeys;
import org.quorate.hsm.Mechanism;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenSession;

/// A token by its serial; its slot is looked up at every call.
final class Pkcs11Token implements Token {
    private final Pkcs11Hsm hsm;
    private final TokenInfo info;

    Pkcs11Token(Pkcs11Hsm hsm, TokenInfo info) {
        this.hsm = hsm;
        this.info = info;
    }

    @Override
    public TokenInfo info() {
        return info;
    }

    @Override
    public List<Mechanism> mechanisms() {
        return Outcomes.of(this::readMechanisms).orThrow();
    }

    private List<Mechanism> readMechanisms() {
        Cryptoki ck = hsm.cryptoki();
        long slot = hsm.slotOf(ck, info);
        var list = new ArrayList<Mechanism>();
        for (long number : ck.mechanisms(slot)) {
            list.add(mechanism(ck, slot, number));
        }
        return list;
    }

    /// Some modules list what they then say nothing of.
    private static Mechanism mechanism(Cryptoki ck, long slot, long number) {
        String name = Names.mechanism(number);
        try {
            Cryptoki.MechanismData data = ck.mechanismInfo(slot, number);
            return new Mechanism(name, data.minKeySize(), data.maxKeySize(), Names.mechanismFlags(data.flags()));
        } catch (CkException e) {
            if (e.rv() != Ck.CKR_MECHANISM_INVALID) {
                throw e;
            }
            return new Mechanism(name, 0, 0, Set.of());
        }
    }

    @Override
    public Outcome<TokenInfo> initialise(Secret soPin, String label) {
        return Outcomes.of(() -> {
            if (label.getBytes(StandardCharsets.UTF_8).length > Abi.LABEL_BYTES) {
                throw new CkException("C_InitToken", Ck.CKR_ARGUMENTS_BAD);
            }
            Cryptoki ck = hsm.cryptoki();
            long slot = hsm.slotOf(ck, info);
            Set<String> others = hsm.infos(ck).stream()
                    .filter(other -> other.slot() != slot)
                    .map(TokenInfo::serial)
                    .filter(serial -> !serial.isEmpty())
                    .collect(Collectors.toSet());
            hsm.endSessions(ck, slot);
            Pins.lend(info, "C_InitToken", soPin, pin -> ck.initToken(slot, pin, label));
            return Outcomes.afterwards("C_InitToken", () -> foundAgain(others, label));
        });
    }

    /// The token that has this label now and is none of those that were there beside it.
    private TokenInfo foundAgain(Set<String> others, String label) {
        try {
            List<TokenInfo> candidates = hsm.infos(hsm.restarted()).stream()
                    .filter(now -> now.initialised() && now.label().equals(label.stripTrailing()))
                    .filter(now -> !others.contains(now.serial()))
                    .toList();
            if (candidates.size() == 1) {
                return candidates.getFirst();
            }
            throw new UnknownOutcomeException(
                    "C_InitToken", candidates.size() + " tokens with the label " + label + " were found afterwards");
        } catch (ProblemException e) {
            throw new UnknownOutcomeException("C_InitToken", "the library did not start again afterwards");
        }
    }

    @Override
    public Outcome<TokenInfo> setUserPin(Secret soPin, Secret userPin) {
        return within(new Login.SecurityOfficer(soPin), "C_InitPIN", session -> session.initPin(userPin));
    }

    @Override
    public Outcome<TokenInfo> setRolePin(Secret soPin, long userType, Secret pin) {
        return within(
                new Login.SecurityOfficer(soPin), "CA_InitRolePIN", session -> session.initRolePin(userType, pin));
    }

    @Override
    public Outcome<TokenInfo> changePin(PinKind kind, Secret old, Secret fresh) {
        return within(Login.of(kind, old), "C_SetPIN", session -> session.setPin(old, fresh));
    }

    /// A change of PINs in a session of its own, and the token as it is afterwards.
    private Outcome<TokenInfo> within(
            Login login, String function, Function<Pkcs11Session, Outcome<TokenInfo>> change) {
        return open(login).then(session -> {
            try (session) {
                return change.apply((Pkcs11Session) session)
                        .then(before -> Outcomes.of(() -> Outcomes.afterwards(function, this::again)));
            }
        });
    }

    private TokenInfo again() {
        Cryptoki ck = hsm.cryptoki();
        long slot = hsm.slotOf(ck, info);
        return hsm.infos(ck).stream()
                .filter(now -> now.slot() == slot)
                .findFirst()
                .orElseThrow(() -> new CkException("C_GetTokenInfo", Ck.CKR_TOKEN_NOT_PRESENT));
    }

    @Override
    public Outcome<byte[]> random(int length) {
        return Outcomes.of(() -> {
            Cryptoki ck = hsm.cryptoki();
            // Read-write, because a read-only session would be in the SO's way.
            long session = openSession(ck, hsm.slotOf(ck, info));
            try {
                return ck.random(session, length);
            } finally {
                Outcomes.ignoring(() -> ck.closeSession(session));
            }
        });
    }

    @Override
    public CertifiedKeys certifiedKeys() {
        return new Pkcs11CertifiedKeys(hsm, info);
    }

    @Override
    public Outcome<TokenSession> open(Login login) {
        return Outcomes.of(() -> {
            Cryptoki ck = hsm.cryptoki();
            long slot = hsm.slotOf(ck, info);
            hsm.endSessions(ck, slot);
            long handle = openSession(ck, slot);
            try {
                logIn(ck, handle, login);
            } catch (CkException e) {
                Outcomes.ignoring(() -> ck.closeSession(handle));
                throw e;
            }
            var place = new Pkcs11Session.Place(ck, slot, handle);
            var session = new Pkcs11Session(hsm, info, place, !(login instanceof Login.None));
            hsm.opened(slot, session);
            return session;
        });
    }

    /// Read-write; a token that is protected against writing still shows what it holds and signs.
    private static long openSession(Cryptoki ck, long slot) {
        try {
            return ck.openSession(slot, true);
        } catch (CkException e) {
            if (e.rv() != Ck.CKR_TOKEN_WRITE_PROTECTED) {
                throw e;
            }
            return ck.openSession(slot, false);
        }
    }

    private void logIn(Cryptoki ck, long session, Login login) {
        switch (login) {
            case Login.None() -> {}
            case Login.User(var pin) -> logIn(ck, session, Ck.CKU_USER, pin);
            case Login.SecurityOfficer(var pin) -> logIn(ck, session, Ck.CKU_SO, pin);
            case Login.Role(var userType, var pin) -> logIn(ck, session, userType, pin);
            case Login.CardSet(var userType, var next) -> logInByCards(ck, session, userType, next);
        }
    }

    private void logIn(Cryptoki ck, long session, long user, Secret secret) {
        Pins.lend(info, "C_Login", secret, pin -> ck.login(session, user, pin));
    }

    /// A login that nobody finished is ended too, or the cards that were shown would count for whoever comes next.
    private static void logInByCards(Cryptoki ck, long session, long user, LongFunction<Secret> next) {
        long left = ck.loginBegin(session, user).needed();
        try {
            while (left > 0) {
                try (Secret passphrase = next.apply(left)) {
                    left = passphrase.use(pin -> ck.loginNext(session, user, pin));
                }
            }
        } catch (RuntimeException e) {
            Outcomes.ignoring(() -> ck.loginEnd(session, user));
            throw e;
        }
        ck.loginEnd(session, user);
    }
}
