package org.quorate.ceremony;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.ceremony.ShareSet.Recipient;
import org.quorate.hsm.MadePin;
import org.quorate.hsm.PinKind;
import org.quorate.hsm.TokenInfo;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;

/// A PIN that no one person has comes into being: it is made, split and sealed to cards, and every share is
/// opened once. All that comes before the PIN is set on the token: a share that does not open is found while
/// nothing depends on it.
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
    static Json.Obj template(Json.Builder template, ShareSet made) {
        return template.put("generation", made.number())
                .put("m", made.split().m())
                .put("roles", Json.strings(made.roles()))
                .build();
    }

    /// Keeps the new PIN in [Pins] as one that is not set yet.
    ///
    /// @param taken persons who have the other PIN of this token, or shares of it
    ShareSet make(Quorum quorum, Set<String> taken, SecureRandom random) {
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
        var whose = new ShareSet.Pin(stage.equipment().ledger().id(), token.serial(), kind);
        var cards = new SharesOnCards(stage, role, whose, title);
        List<Recipient> recipients = cards.recipients(people);
        stage.working("ceremony.working.split", title);
        Secret pin = form.draw(stage.token(role), random).orThrow();
        stage.setting().pins().prepare(role, kind, pin);
        ShareSet made =
                ShareSet.seal(whose, stage.setting().splits().next(role, kind), quorum, recipients, pin, random);
        stage.observeAgain(made.observation(role, title));
        cards.prove(made, pin);
        return made;
    }

    /// The persons who hold shares of a PIN.
    static Set<String> persons(ShareSet generation) {
        var persons = new HashSet<String>();
        generation.holders().forEach(holder -> persons.add(holder.person()));
        return persons;
    }
}
