package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.quorate.base.Certificates;
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
import org.quorate.card.Split;
import org.quorate.ceremony.ShareSet.Holder;
import org.quorate.ceremony.ShareSet.Recipient;
import org.quorate.ceremony.ShareSet.Whose;
import org.quorate.ledger.Cosign.Meaning;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Roster;
import org.quorate.quorum.Statement;
import org.quorate.quorum.Tally;

/// Shares go to cards: each holder's card shows its sealing key and signs for it; when the shares are sealed, each is
/// opened once.
final class SharesOnCards {
    private final Stage stage;
    private final String role;
    private final Whose whose;
    private final String title;

    /// @param role of the token in the script
    /// @param title of the token whose PIN it is, or the label of the key
    SharesOnCards(Stage stage, String role, Whose whose, String title) {
        this.stage = stage;
        this.role = role;
        this.whose = whose;
        this.title = title;
    }

    List<Recipient> recipients(List<Participant> people) {
        return people.stream().map(this::sealingKey).toList();
    }

    private Json.Builder named() {
        Json.Builder named = Json.obj();
        whose.named().members().forEach(named::put);
        return named;
    }

    /// The card shows the key that shares are sealed to, and the key that the ledger knows signs for it.
    private Recipient sealingKey(Participant wanted) {
        String asked = Texts.get("ceremony.sealing.title", wanted.name());
        String text = Texts.get("ceremony.sealing.text." + whose.wire(), title);
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
                    byte[] der = Certificates.encoded(recipient.certificate());
                    var entry = stage.observeAgain(Observation.sensed(
                                    "sealing_key",
                                    Texts.get("ceremony.sealing_key.label", person.name()),
                                    Digest.of(der).grouped())
                            .detail(named().put("role", role)
                                    .put("person", person.person())
                                    .put("key", card.keyId().hex())
                                    .build())
                            .with(der));
                    return stage.gathering()
                            .cosign(entry, Meaning.WITNESS, card, pin, person)
                            .isPresent();
                });
    }

    void prove(ShareSet made, Secret secret) {
        var opening = new ShareGathering(stage, made, role);
        var opened = new ArrayList<Share>();
        try {
            for (Holder holder : made.holders()) {
                Participant person =
                        stage.setting().roster().byKey(holder.recipient().key()).orElseThrow();
                opened.add(opening.one(
                        holder,
                        Texts.get("ceremony.prove.title", person.name()),
                        Texts.get("ceremony.prove.text." + whose.wire(), title)));
            }
            if (!allLieOnOnePolynomial(made.split(), opened, secret)) {
                throw StepFailed.hard(Problem.of(
                        whose instanceof ShareSet.Key
                                ? "ceremony.key_shares_do_not_join"
                                : "ceremony.shares_do_not_join",
                        made.number()));
            }
        } finally {
            opened.forEach(Share::close);
        }
        stage.observeAgain(Observation.sensed(
                        "shares_proven",
                        Texts.get("ceremony.shares_proven.label." + whose.wire(), title),
                        Texts.get(
                                whose instanceof ShareSet.Key
                                        ? "ceremony.shares_proven.text.key"
                                        : "ceremony.shares_proven.text",
                                made.split().n(),
                                made.split().m()))
                .verdict(true)
                .detail(made.about(role).build()));
    }

    /// The secret and the first M-1 shares fix the polynomial. Where each further share gives the secret together with
    /// these, it lies on it too, and then every choice of M gives it.
    static boolean allLieOnOnePolynomial(Split split, List<Share> opened, Secret secret) {
        int few = split.m() - 1;
        for (Share further : opened.subList(few, opened.size())) {
            var some = new ArrayList<>(opened.subList(0, few));
            some.add(further);
            if (!(SecretSplitter.join(split, some) instanceof Joined.Whole(var whole))) {
                return false;
            }
            try (whole) {
                if (!whole.sameAs(secret)) {
                    return false;
                }
            }
        }
        return true;
    }
}
