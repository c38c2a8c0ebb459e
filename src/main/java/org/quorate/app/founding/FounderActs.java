package org.quorate.app.founding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.quorate.app.site.CardsOfMode;
import org.quorate.base.Certificates;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.base.UtcTime;
import org.quorate.base.VisibleText;
import org.quorate.card.Card;
import org.quorate.ceremony.CardAnswer;
import org.quorate.ceremony.Exhibit;
import org.quorate.ceremony.Presented;
import org.quorate.ceremony.Question;
import org.quorate.ledger.Cosign;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryCodec;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.LedgerClock;
import org.quorate.quorum.HolderName;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Roles;
import org.quorate.quorum.Roster;
import org.quorate.quorum.Statement;
import org.quorate.quorum.Tally;

/// The founders come one after the other: each shows a card, sees what its certificate says, says who they are and
/// what they do here, and proves that the card has the key.
final class FounderActs {
    private static final int FEWEST_OFFICERS = 2;
    private static final Pattern PERSON = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");
    private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    /// What people usually are, by the id of the option.
    private record Usual(String id, List<String> roles) {}

    private static final List<Usual> USUAL = List.of(
            new Usual("officer", List.of(Founders.OFFICER)),
            new Usual("officer_so", List.of(Founders.OFFICER, Roles.SECURITY_OFFICER)),
            new Usual("officer_user", List.of(Founders.OFFICER, Roles.USER_PIN_HOLDER)),
            new Usual("administrator", List.of("administrator")),
            new Usual("witness", List.of(Roles.WITNESS)));

    private final Asking asking;
    private final UUID ledger;
    private final UUID run;
    private final LedgerClock clock;

    FounderActs(Asking asking, UUID ledger, UUID run, LedgerClock clock) {
        this.asking = asking;
        this.ledger = ledger;
        this.run = run;
        this.clock = clock;
    }

    Founders gather() {
        var founders = new Founders(List.of());
        while (true) {
            Optional<Founder> next = next(founders);
            if (next.isPresent()) {
                founders = founders.with(next.get());
            }
            if (founders.cards().isEmpty() || wantsMore(founders)) {
                continue;
            }
            if (founders.officers() >= FEWEST_OFFICERS) {
                return founders;
            }
            asking.notice(Problem.of("app.founding.too_few", founders.officers(), FEWEST_OFFICERS));
        }
    }

    private boolean wantsMore(Founders founders) {
        return asking.choose(
                        "more-founders",
                        List.of(Asking.option("more-founders", "add"), Asking.option("more-founders", "enough")),
                        names(founders.roster().people()),
                        founders.officers())
                .equals("add");
    }

    static String names(List<Participant> people) {
        return String.join(", ", people.stream().map(Participant::name).toList());
    }

    /// Empty where the card is not taken, which people have been told.
    private Optional<Founder> next(Founders founders) {
        int number = founders.cards().size() + 1;
        Card card = asking.ask(new Question.PickCard(
                "founder-card", Asking.text("founder-card", number), Asking.text("founder-card.explained")));
        Optional<Problem> unfit = unfit(card, founders);
        if (unfit.isPresent()) {
            asking.notice(unfit.get());
            return Optional.empty();
        }
        Optional<String> differs = asking.compare("certificate", certificate(card), List.of());
        if (differs.isPresent()) {
            asking.notice(Problem.of("app.founding.not_so", differs.get()));
            return Optional.empty();
        }
        Founder founder = identify(card, founders);
        return proves(card, founder) ? Optional.of(founder) : Optional.empty();
    }

    private static Optional<Problem> unfit(Card card, Founders founders) {
        if (CardsOfMode.isPractice(card)) {
            return Optional.of(Problem.of("app.site.practice_card", card.serial()));
        }
        if (founders.knows(card.keyId())) {
            return Optional.of(Problem.of("app.founding.card_known", card.serial()));
        }
        return HolderName.of(card.certificate()).commonName().isEmpty()
                ? Optional.of(Problem.of("ceremony.card_names_nobody", card.serial()))
                : Optional.empty();
    }

    /// The fingerprint, under what the certificate says of itself.
    private static Exhibit certificate(Card card) {
        var certificate = card.certificate();
        return Exhibit.of(
                Asking.text(
                        "certificate",
                        VisibleText.of(certificate.getSubjectX500Principal().getName()),
                        VisibleText.of(certificate.getIssuerX500Principal().getName()),
                        certificate.getSerialNumber().toString(16),
                        UtcTime.forPeople(certificate.getNotAfter().toInstant()),
                        VisibleText.of(card.serial())),
                Certificates.digest(certificate));
    }

    private Founder identify(Card card, Founders founders) {
        HolderName said = HolderName.of(card.certificate());
        String holder = VisibleText.of(said.commonName().orElse(""));
        String person = asking.enter(
                "person",
                text -> PERSON.matcher(text).matches()
                        ? Optional.empty()
                        : Optional.of(Texts.get("app.founding.person.form")),
                holder);
        List<Founder> before = founders.of(person);
        if (!before.isEmpty()) {
            // A further card of somebody who is here already: the same person in the same roles.
            Founder first = before.getFirst();
            return new Founder(
                    person, first.name(), first.organisation(), first.roles(), card.serial(), card.certificate());
        }
        String name = asking.enter("name", text -> Optional.empty(), holder);
        String organisation = asking.enter(
                "organisation-of",
                text -> Optional.empty(),
                name,
                VisibleText.of(said.organisation().orElse(Texts.get("app.founding.none"))));
        return new Founder(person, name, organisation, roles(name), card.serial(), card.certificate());
    }

    private List<String> roles(String name) {
        var options = new ArrayList<Question.Option>();
        for (Usual usual : USUAL) {
            options.add(Asking.option("roles", usual.id()));
        }
        options.add(Asking.option("roles", "other"));
        String chosen = asking.choose("roles", options, name);
        return USUAL.stream()
                .filter(usual -> usual.id().equals(chosen))
                .findFirst()
                .map(Usual::roles)
                .orElseGet(() -> split(asking.enter("roles-other", FounderActs::wrongRoles, name)));
    }

    private static List<String> split(String text) {
        return Stream.of(text.split("[,\\s]+"))
                .filter(role -> !role.isEmpty())
                .distinct()
                .toList();
    }

    /// Roles that exclude each other are refused, whoever holds them.
    static Optional<String> wrongRoles(String text) {
        List<String> roles = split(text);
        if (roles.isEmpty()
                || !roles.stream().allMatch(role -> ROLE.matcher(role).matches())) {
            return Optional.of(Texts.get("app.founding.roles-other.form"));
        }
        return Roles.conflict(roles)
                .map(both -> Texts.get("app.founding.roles-other.conflict", both.getFirst(), both.getLast()));
    }

    /// The card signs an entry that goes into no ledger; what it says is only that this key is in this hand.
    private boolean proves(Card card, Founder founder) {
        Json.Obj act = founder.toJson().with("op", Json.of("possession"));
        Entry entry = EntryCodec.encode(
                Draft.ofLedger(EntryType.OBSERVATION, act),
                new EntryCodec.Place(ledger, 0, Digest.ZERO, run),
                clock.now());
        Participant holder = founder.alone();
        var own = new Quorum(1, founder.roles());
        while (true) {
            Presented presented = asking.ask(new Question.PresentCard(
                    "possession",
                    Asking.text("possession", founder.name()),
                    new Statement(Asking.text("possession.statement", founder.name(), founder.person()), act, own),
                    Tally.empty(own, new Roster(List.of(holder)))));
            try (Secret pin = presented.pin()) {
                if (presented instanceof Presented.Rejects rejected) {
                    asking.notice(Problem.of("app.founding.not_so", rejected.because()));
                    return false;
                }
                if (!presented.card().keyId().equals(card.keyId())) {
                    asking.notice(Problem.of("app.founding.another_card", founder.name()));
                    continue;
                }
                if (CardAnswer.of(presented.card(), pin, entry, Cosign.Meaning.WITNESS, founder.name())
                        instanceof CardAnswer.Refused refused) {
                    asking.notice(refused.problem());
                    continue;
                }
                return true;
            }
        }
    }

    /// How many of the officers it takes to change who belongs to the site.
    int quorum(Founders founders) {
        int officers = founders.officers();
        return Integer.parseInt(asking.enter(
                "quorum",
                text -> text.matches("[0-9]{1,3}")
                                && Integer.parseInt(text) >= FEWEST_OFFICERS
                                && Integer.parseInt(text) <= officers
                        ? Optional.empty()
                        : Optional.of(Texts.get("app.founding.quorum.range", FEWEST_OFFICERS, officers)),
                officers));
    }

    /// The roles of all, each once.
    static List<String> rolesOf(Founders founders) {
        return founders.cards().stream()
                .flatMap(card -> card.roles().stream())
                .distinct()
                .toList();
    }
}
