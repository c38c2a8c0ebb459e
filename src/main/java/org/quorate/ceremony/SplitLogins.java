package org.quorate.ceremony;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.ceremony.ShareSet.Recipient;
import org.quorate.hsm.MadePin;
import org.quorate.hsm.Operation;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.ledger.Entry;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Roster;

/// Logins whose PIN is split. What M cards opened serves the acts of one step; at its end the console makes the next
/// PIN, seals it to the same cards, and replaces the one that was used, as the same M people signed beforehand.
final class SplitLogins {
    private final Setting setting;
    private final SplitPins pins;
    private final SecureRandom random = new SecureRandom();
    private final Map<Place, Login> open = new LinkedHashMap<>();
    private final Set<Refusal> refused = new HashSet<>();

    SplitLogins(Setting setting) {
        this.setting = setting;
        this.pins = new SplitPins(setting.equipment().ledger());
    }

    private record Place(String role, PinKind kind) {}

    private record Refusal(Place place, long generation) {}

    /// A PIN that was opened, and the approval of its replacement.
    private record Login(ShareSet generation, Approval approval) {}

    SecureRandom random() {
        return random;
    }

    boolean isSplit(String role, PinKind kind) {
        return pins.isSplit(serial(role), kind);
    }

    long next(String role, PinKind kind) {
        return pins.next(serial(role), kind);
    }

    /// Who has shares of this PIN now.
    Set<String> persons(String role, PinKind kind) {
        var persons = new HashSet<String>();
        for (long generation : pins.inForce(serial(role), kind)) {
            if (generation != SplitPins.TYPED) {
                persons.addAll(ShareMaking.persons(pins.generation(serial(role), kind, generation)));
            }
        }
        return persons;
    }

    private String serial(String role) {
        return setting.equipment().site().token(role).serial();
    }

    /// The likeliest of the PINs that may be in force, and none that the token has refused in this run.
    Secret gather(Stage stage, String role, PinKind kind, List<Participant> by) {
        var place = new Place(role, kind);
        String title = setting.script().cast().token(role).title();
        List<Long> all = pins.inForce(serial(role), kind);
        List<Long> left = all.stream()
                .filter(generation -> !refused.contains(new Refusal(place, generation)))
                .toList();
        if (left.isEmpty()) {
            throw StepFailed.hard(Problem.of("ceremony.split_pin_refused", title));
        }
        TokenInfo token = setting.token(role).info();
        if (all.size() > 1 && token.lastTry(kind).isPresent()) {
            throw StepFailed.hard(Problem.of(
                    "ceremony.split_last_try", title, token.lastTry(kind).orElseThrow()));
        }
        long generation = left.getFirst();
        if (generation == SplitPins.TYPED) {
            return stage.enterPin(role, setting.existingPin(role, kind, by));
        }
        ShareSet shares = pins.generation(serial(role), kind, generation);
        Json.Obj act = act(token, role, kind, shares);
        String text = Texts.get(
                "ceremony.statement.split_login." + kind.wire(),
                title,
                token.serial(),
                generation,
                setting.script().number(stage.step()),
                stage.step().title(),
                act.object("template").integer("generation"));
        ShareGathering.Opened opened = new ShareGathering(stage, shares, role).login(act, text);
        open.put(place, new Login(shares, opened.approval()));
        return opened.pin();
    }

    private Json.Obj act(TokenInfo token, String role, PinKind kind, ShareSet shares) {
        return KeyActs.intentOnToken(Operation.CHANGE_PIN, role, token)
                .put(
                        "template",
                        Json.obj()
                                .put("pin", kind.wire())
                                .put("generation", next(role, kind))
                                .put("m", shares.split().m())
                                .put("roles", Json.strings(shares.roles()))
                                .build())
                .put("expect", Texts.get("ceremony.expect.change_pin"))
                .build();
    }

    /// The token did not take what was opened; the next gathering takes another generation, or none.
    void refused(String role, PinKind kind) {
        var place = new Place(role, kind);
        Optional.ofNullable(open.remove(place))
                .ifPresentOrElse(
                        login -> refused.add(
                                new Refusal(place, login.generation().number())),
                        () -> refused.add(new Refusal(place, SplitPins.TYPED)));
    }

    /// An act has set another PIN, so that what was opened is of no use any more.
    void settled(String role, PinKind kind) {
        open.remove(new Place(role, kind));
    }

    /// For people who look which of two PINs a token has after a stop.
    Secret rebuild(Stage stage, String role, PinKind kind, long generation) {
        ShareSet shares = pins.generation(serial(role), kind, generation);
        return new ShareGathering(stage, shares, role)
                .rebuild(Texts.get(
                        "ceremony.rebuild.text." + kind.wire(),
                        setting.script().cast().token(role).title(),
                        generation));
    }

    /// What may be in force besides this one.
    long other(String role, PinKind kind, long generation) {
        return pins.inForce(serial(role), kind).stream()
                .filter(one -> one != generation)
                .findFirst()
                .orElse(SplitPins.TYPED);
    }

    /// Replaces every PIN that was opened. Where that fails it is on record, and the step goes on: what it did is done.
    void replaceAll(Stage stage) {
        for (Place place : List.copyOf(open.keySet())) {
            Login login = open.remove(place);
            if (login == null) {
                continue;
            }
            try {
                replace(stage, place, login);
            } catch (StepFailed failed) {
                notReplaced(stage, place, login, failed.problem());
            } catch (ProblemException failed) {
                if (failed.problem().id().startsWith("ledger.")) {
                    throw failed;
                }
                notReplaced(stage, place, login, failed.problem());
            } finally {
                setting.pins().forget(place.role(), place.kind());
            }
        }
    }

    private void replace(Stage stage, Place place, Login login) {
        String title = setting.script().cast().token(place.role()).title();
        long number = login.approval().act().object("template").integer("generation");
        List<Recipient> recipients = stillCounting(login.generation());
        Optional<Secret> used = setting.pins().get(place.role(), place.kind());
        if (used.isEmpty()
                || number != next(place.role(), place.kind())
                || recipients.size() < login.generation().split().m()) {
            throw StepFailed.hard(Problem.of("ceremony.split_not_replaceable", title));
        }
        Token token = setting.token(place.role());
        MadePin form = MadePin.fit(token.info());
        try (Secret fresh = form.draw(token, random).orThrow()) {
            ShareSet made = ShareSet.seal(
                    login.generation().whose(), number, login.generation().quorum(), recipients, fresh, random);
            stage.observeAgain(made.observation(place.role(), title));
            Entry intent = stage.perform(
                    login.approval(),
                    Texts.get("ceremony.working.replace_pin", title),
                    () -> setting.token(place.role())
                            .changePin(place.kind(), used.get(), fresh)
                            .map(TokenInfo::toJson));
            if (stage.run().settlement(intent).isEmpty()) {
                setting.reconciler().settle(intent);
            }
            if (!stage.run().happened(intent)) {
                throw StepFailed.hard(stage.notDone(
                        intent, stage.run().settlement(intent).orElseThrow().data()));
            }
        }
    }

    /// Whoever lost the card or left since gets no share of the next PIN.
    private List<Recipient> stillCounting(ShareSet generation) {
        Roster roster = setting.roster();
        return generation.recipients().stream()
                .filter(recipient -> roster.byKey(recipient.key())
                        .filter(generation.quorum()::admits)
                        .isPresent())
                .toList();
    }

    private void notReplaced(Stage stage, Place place, Login login, Problem problem) {
        String title = setting.script().cast().token(place.role()).title();
        stage.observeAgain(Observation.sensed(
                        "pin_not_replaced",
                        Texts.get(
                                "ceremony.pin_not_replaced.label."
                                        + place.kind().wire(),
                                title),
                        problem.what())
                .expected(Texts.get("ceremony.pin_not_replaced.expected"), false)
                .detail(Json.obj()
                        .put("role", place.role())
                        .put("pin", place.kind().wire())
                        .put("generation", login.generation().number())
                        .build()));
        setting.front().notice(problem);
    }
}
