package org.quorate.app.founding;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.quorate.app.site.ConsoleKeys;
import org.quorate.app.site.ConsoleToken;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.base.VisibleText;
import org.quorate.ceremony.Exhibit;
import org.quorate.ceremony.Question;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.SignatureScheme;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenObject;
import org.quorate.hsm.TokenSession;

/// The console gets a token of its own: found by its serial, initialised where its keeper wants that, with two keys
/// made on it and its custody on record.
final class ConsoleActs {
    private static final String LABEL = "quorate-console";

    private final Asking asking;
    private final Modules modules;
    private final Unfinished unfinished;
    private final Optional<Unfinished.Left> left;
    private final SecureRandom random = new SecureRandom();

    ConsoleActs(Asking asking, Modules modules, Unfinished unfinished, Optional<Unfinished.Left> left) {
        this.asking = asking;
        this.modules = modules;
        this.unfinished = unfinished;
        this.left = left;
    }

    ConsoleMade make(UUID ledger, String site, String organisation, Instant now) {
        while (true) {
            Optional<Modules.Found> found = modules.choose("console-token", token -> true);
            if (found.isPresent()) {
                Optional<Ready> ready = ready(found.get());
                if (ready.isPresent()) {
                    return keys(ready.get(), ledger, site, organisation, now);
                }
            }
        }
    }

    /// A token that can be logged in to and has none of the console's keys.
    private record Ready(Modules.Found at, Secret pin) {}

    private Optional<Ready> ready(Modules.Found found) {
        if (!found.token().initialised()) {
            return Optional.of(initialise(found));
        }
        Exhibit serial = Exhibit.of(
                Asking.text("console-serial"), VisibleText.of(found.token().serial()));
        Optional<String> differs = asking.compare("console-serial", serial, List.of());
        if (differs.isPresent()) {
            asking.notice(Problem.of("app.founding.not_so", differs.get()));
            return Optional.empty();
        }
        String what = asking.choose(
                "console-state",
                List.of(
                        Asking.option("console-state", "keep"),
                        Asking.option("console-state", "initialise"),
                        Asking.option("console-state", "other")),
                found.token().serial());
        return switch (what) {
            case "keep" -> keep(found);
            case "initialise" -> commit(found);
            default -> Optional.empty();
        };
    }

    private Optional<Ready> keep(Modules.Found found) {
        Secret pin = logIn(found);
        List<KeyId> keys;
        try {
            keys = consoleKeys(found, pin);
        } catch (RuntimeException e) {
            pin.close();
            throw e;
        }
        if (keys.isEmpty()) {
            return Optional.of(new Ready(found, pin));
        }
        pin.close();
        asking.notice(usedBefore(found.token().serial(), keys));
        return Optional.empty();
    }

    /// Whose keys are on it: those of the founding that broke off here, or of a site that may be in use.
    private Problem usedBefore(String serial, List<KeyId> keys) {
        boolean ours = left.filter(note -> note.serial().equals(serial))
                .map(note -> ConsoleToken.checkpointKey(note.ledger()))
                .filter(keys::contains)
                .isPresent();
        String ids = String.join(", ", keys.stream().map(KeyId::hex).toList());
        return Problem.of(ours ? "app.founding.token_left" : "app.founding.token_used", serial, ids);
    }

    private static List<KeyId> consoleKeys(Modules.Found found, Secret pin) {
        try (TokenSession session = token(found.hsm(), found.token().serial())
                .open(new Token.Login.User(pin))
                .orThrow()) {
            List<TokenObject> objects = session.objects();
            boolean console = objects.stream().anyMatch(o -> o.id().equals(Optional.of(ConsoleToken.RECORD_KEY)))
                    || objects.stream().anyMatch(o -> o.label().equals("checkpoints"));
            return console
                    ? objects.stream().flatMap(o -> o.id().stream()).distinct().toList()
                    : List.of();
        }
    }

    private Secret logIn(Modules.Found found) {
        while (true) {
            TokenInfo token = token(found.hsm(), found.token().serial()).info();
            if (token.lastTry(PinKind.USER).isPresent()) {
                asking.notice(Problem.of("app.founding.last_try", token.serial()));
            }
            Secret pin = pin("user-pin", false, token);
            try (TokenSession session = token(found.hsm(), token.serial())
                    .open(new Token.Login.User(pin))
                    .orThrow()) {
                session.objects();
                return pin;
            } catch (ProblemException e) {
                pin.close();
                asking.notice(e.problem());
            }
        }
    }

    private Optional<Ready> commit(Modules.Found found) {
        TokenInfo token = found.token();
        asking.ask(new Question.Commit(
                "console-initialise",
                Asking.text("console-initialise", token.serial()),
                Asking.text("console-initialise.follows"),
                List.of(
                        Exhibit.of(Asking.text("fact.serial"), VisibleText.of(token.serial())),
                        Exhibit.of(Asking.text("fact.label"), VisibleText.of(token.label())),
                        Exhibit.of(Asking.text("fact.model"), VisibleText.of(token.model()))),
                List.of(),
                token.serial(),
                Asking.text("console-initialise.button")));
        return Optional.of(initialise(found));
    }

    /// Both PINs are set by the keeper; a token that is initialised already wants its present SO PIN.
    private Ready initialise(Modules.Found found) {
        while (true) {
            TokenInfo before = found.token();
            Secret user;
            try (Secret so = pin(before.initialised() ? "so-pin-present" : "so-pin", !before.initialised(), before)) {
                user = pin("user-pin-new", true, before);
                try {
                    asking.working("initialise");
                    Token free = found.hsm().tokens().stream()
                            .filter(token -> token.info().slot() == before.slot())
                            .findFirst()
                            .orElseThrow(() -> Problem.of("app.no_console_token", before.serial())
                                    .asException());
                    TokenInfo made = free.initialise(so, LABEL).orThrow();
                    TokenInfo ready = token(found.hsm(), made.serial())
                            .setUserPin(so, user)
                            .orThrow();
                    return new Ready(new Modules.Found(found.module(), found.hsm(), ready), user);
                } catch (ProblemException e) {
                    user.close();
                    asking.notice(e.problem());
                } catch (RuntimeException e) {
                    user.close();
                    throw e;
                }
            }
        }
    }

    /// On a token with a pad of its own nothing is typed here.
    private Secret pin(String name, boolean fresh, TokenInfo token) {
        if (token.hasPinPad()) {
            return Secret.ofBytes(new byte[0]);
        }
        int shortest = Math.max(token.initialised() ? 1 : 4, Math.clamp(token.minPin(), 0, 64));
        int longest = token.maxPin() < shortest ? 64 : Math.clamp(token.maxPin(), shortest, 255);
        return asking.pin(name, fresh, new Asking.TokenPins(shortest, longest), token.serial());
    }

    private ConsoleMade keys(Ready ready, UUID ledger, String site, String organisation, Instant now) {
        Hsm hsm = ready.at().hsm();
        String serial = ready.at().token().serial();
        try {
            unfinished.note(ledger, serial);
            asking.working("keys");
            PublicKey checkpoints =
                    ConsoleKeys.make(hsm, serial, ready.pin(), ConsoleToken.checkpointKey(ledger), "checkpoints");
            PublicKey records = ConsoleKeys.make(hsm, serial, ready.pin(), ConsoleToken.RECORD_KEY, "records");
            X509Certificate certificate = RecordCertificate.make(
                    site,
                    organisation,
                    records,
                    new BigInteger(120, random).setBit(120),
                    now,
                    bytes -> sign(hsm, serial, ready.pin(), bytes));
            return new ConsoleMade(ready.at(), ready.pin(), checkpoints, certificate, custody(ready.at()));
        } catch (RuntimeException e) {
            ready.pin().close();
            throw e;
        }
    }

    private static byte[] sign(Hsm hsm, String serial, Secret pin, byte[] bytes) {
        try (TokenSession session =
                token(hsm, serial).open(new Token.Login.User(pin)).orThrow()) {
            return session.sign(ConsoleToken.RECORD_KEY, SignatureScheme.ECDSA_SHA256, bytes)
                    .orThrow();
        }
    }

    private Json.Obj custody(Modules.Found at) {
        String keeper = asking.enter("custody-keeper");
        String place = asking.enter("custody-place");
        String loss = Asking.text("custody-loss", at.token().serial());
        asking.confirm("custody-loss", List.of(), at.token().serial()).ifPresent(reason -> {
            throw Problem.of("app.founding.stopped", reason).asException();
        });
        return at.token()
                .identity()
                .with("manufacturer", Json.of(at.token().manufacturer()))
                .with("module", Modules.facts(at.hsm()))
                .with("keeper", Json.of(keeper))
                .with("place", Json.of(place))
                .with("loss", Json.of(loss));
    }

    private static Token token(Hsm hsm, String serial) {
        return hsm.bySerial(serial)
                .orElseThrow(() -> Problem.of("app.no_console_token", serial).asException());
    }
}
