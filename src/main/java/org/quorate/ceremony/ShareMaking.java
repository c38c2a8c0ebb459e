package org.quorate.ceremony;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.Card;
import org.quorate.card.CardKey;
import org.quorate.card.SecretSplitter;
import org.quorate.card.SecretSplitter.Joined;
import org.quorate.card.Share;
import org.quorate.ceremony.PinGeneration.Holder;
import org.quorate.ceremony.PinGeneration.Recipient;
import org.quorate.hsm.MadePin;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.TokenInfo;
import org.quorate.ledger.Cosign.Meaning;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Roster;
import org.quorate.quorum.Statement;
import org.quorate.quorum.Tally;

/// A PIN that no one person has comes into being: each holder's card shows its sealing key and signs for it, the PIN is
/// made, split and sealed, and every share is opened once. All that comes before the PIN is set on the token: a share
/// that does not open is found while nothing depends on it.
final class ShareMaking {
    private final Stage stage;
    private final String role;
    private final PinKind kind;
    private final String title;

    ShareMaking(Stage stage, String role, PinKind kind) {
        this.stage = stage;
        this.role = role;
        this.kind = kind;
        this.title = stage.script().cast().token(role).title();
    }

    /// What a statement says of the PIN that [#make] makes.
    static Json.Obj template(Json.Builder template, PinGeneration made) {
        return template.put("generation", made.number())
                .put("m", made.split().m())
                .put("roles", Json.strings(made.roles()))
                .build();
    }

    /// Keeps the new PIN in [Pins] as one that is not set yet.
    ///
    /// @param taken persons who have the other PIN of this token, or shares of it
    PinGeneration make(Quorum quorum, Set<String> taken, SecureRandom random) {
        List<Participant> people = stage.setting().roster().people().stream()
                .filter(quorum::admits)
                .toList();
        if (people.size() < quorum.m()) {
            throw StepFailed.hard(Problem.of("ceremony.split_too_few", quorum.m(), people.size()));
        }
        people.stream()
                .filter(person -> taken.contains(person.person()))
                .findFirst()
                .ifPresent(both -> {
                    throw StepFailed.hard(Problem.of("ceremony.split_shared", both.name(), title));
                });
        if (stage.hasPinPad(role)) {
            throw StepFailed.hard(Problem.of("ceremony.split_pin_pad", title));
        }
        TokenInfo token = stage.token(role).info();
        MadePin form = MadePin.fit(token);
        List<Recipient> recipients = people.stream().map(this::sealingKey).toList();
        stage.working("ceremony.working.split", title);
        Secret pin = form.draw(stage.token(role), random).orThrow();
        stage.setting().pins().prepare(role, kind, pin);
        var whose = new PinGeneration.Pin(stage.equipment().ledger().id(), token.serial(), kind);
        PinGeneration made =
                PinGeneration.seal(whose, stage.setting().splits().next(role, kind), quorum, recipients, pin, random);
        stage.observeAgain(made.observation(role, title));
        prove(made, pin);
        return made;
    }

    /// The card shows the key that shares are sealed to, and the key that the ledger knows signs for it.
    private Recipient sealingKey(Participant wanted) {
        String asked = Texts.get("ceremony.sealing.title", wanted.name());
        String text = Texts.get("ceremony.sealing.text." + kind.wire(), title);
        var quorum = new Quorum(1, List.copyOf(wanted.roles()));
        Tally only = Tally.empty(quorum, new Roster(List.of(wanted)));
        var act = Json.obj()
                .put("op", "seal_share")
                .put("person", wanted.person())
                .build();
        while (true) {
            Presented presented = stage.ask(new Question.PresentCard(
                    "sealing-" + wanted.person(), asked, new Statement(text, act, quorum), only));
            try (Secret pin = presented.pin()) {
                if (presented instanceof Presented.Rejects(var c, var p, var because)) {
                    throw StepFailed.hard(Problem.of("ceremony.not_so", asked, because));
                }
                Optional<Recipient> signed = stage.gathering()
                        .admitOnly(wanted, presented.card())
                        .flatMap(person -> sealingKey(person, presented.card(), pin));
                if (signed.isPresent()) {
                    return signed.get();
                }
            }
        }
    }

    private Optional<Recipient> sealingKey(Participant person, Card card, Secret pin) {
        return card.certificate(CardKey.SEALING)
                .map(certificate -> new Recipient(person.person(), card.keyId(), certificate))
                .or(() -> stage.gathering()
                        .refuse(
                                card,
                                new CardAnswer.Refused(
                                        "no_sealing_key", Problem.of("ceremony.card.no_sealing_key", person.name())),
                                Optional.of(person)))
                .filter(recipient -> {
                    byte[] der = PinGeneration.encoded(recipient.certificate());
                    var entry = stage.observeAgain(Observation.sensed(
                                    "sealing_key",
                                    Texts.get("ceremony.sealing_key.label", person.name()),
                                    Digest.of(der).grouped())
                            .detail(Json.obj()
                                    .put("role", role)
                                    .put("pin", kind.wire())
                                    .put("person", person.person())
                                    .put("key", card.keyId().hex())
                                    .build())
                            .with(der));
                    return stage.gathering()
                            .cosign(entry, Meaning.WITNESS, card, pin, person)
                            .isPresent();
                });
    }

    private void prove(PinGeneration made, Secret pin) {
        var opening = new ShareGathering(stage, made, role);
        var opened = new ArrayList<Share>();
        try {
            for (Holder holder : made.holders()) {
                Participant person =
                        stage.setting().roster().byKey(holder.recipient().key()).orElseThrow();
                opened.add(opening.one(
                        holder,
                        Texts.get("ceremony.prove.title", person.name()),
                        Texts.get("ceremony.prove.text." + kind.wire(), title)));
            }
            if (!allLieOnOnePolynomial(made, opened, pin)) {
                throw StepFailed.hard(Problem.of("ceremony.shares_do_not_join", made.number()));
            }
        } finally {
            opened.forEach(Share::close);
        }
        stage.observeAgain(Observation.sensed(
                        "shares_proven",
                        Texts.get("ceremony.shares_proven.label." + kind.wire(), title),
                        Texts.get(
                                "ceremony.shares_proven.text",
                                made.split().n(),
                                made.split().m()))
                .verdict(true)
                .detail(Json.obj()
                        .put("role", role)
                        .put("pin", kind.wire())
                        .put("generation", made.number())
                        .build()));
    }

    /// The PIN and the first M-1 shares fix the polynomial. Where each further share gives the PIN together with these,
    /// it lies on it too, and then every choice of M gives the PIN.
    private static boolean allLieOnOnePolynomial(PinGeneration made, List<Share> opened, Secret pin) {
        int few = made.split().m() - 1;
        for (Share further : opened.subList(few, opened.size())) {
            var some = new ArrayList<>(opened.subList(0, few));
            some.add(further);
            if (!(SecretSplitter.join(made.split(), some) instanceof Joined.Whole(var secret))) {
                return false;
            }
            try (secret) {
                if (!secret.sameAs(pin)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The persons who hold shares of a PIN.
    static Set<String> persons(PinGeneration generation) {
        var persons = new HashSet<String>();
        generation.holders().forEach(holder -> persons.add(holder.person()));
        return persons;
    }
}
