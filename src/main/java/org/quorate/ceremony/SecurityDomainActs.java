package org.quorate.ceremony;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.quorate.base.Certificates;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.ProblemException;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.Card;
import org.quorate.card.CardRefusal;
import org.quorate.card.OpenAnswer;
import org.quorate.ledger.Cosign.Meaning;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Statement;
import org.quorate.quorum.Tally;
import org.quorate.quorum.securitydomain.SecurityDomain;
import org.quorate.script.Step;

/// Officers open their shares of a security domain, each with one card in one go with the approval. The domain is
/// rebuilt in wiped memory and leaves it for the exchange key of the other HSM only.
final class SecurityDomainActs {
    private static final int MAX_BYTES = 4 << 20;
    private static final String OP = "restore_security_domain";

    private final Step.RestoreSecurityDomain step;
    private final Stage stage;
    private final SecurityDomain domain;
    private final X509Certificate exchange;
    private final Quorum quorum;

    private SecurityDomainActs(
            Step.RestoreSecurityDomain step, Stage stage, SecurityDomain domain, X509Certificate exchange) {
        this.step = step;
        this.stage = stage;
        this.domain = domain;
        this.exchange = exchange;
        Quorum named = stage.script().cast().quorum(step.quorum());
        this.quorum = new Quorum(Math.max(named.m(), domain.required()), named.roles());
    }

    static String restore(Step.RestoreSecurityDomain step, Stage stage) {
        byte[] file = bring(step.file(), "ceremony.security_domain.bring", SecurityDomain::parse, stage);
        byte[] key = bring(step.exchange(), "ceremony.security_domain.bring_key", SecurityDomain::exchangeKey, stage);
        SecurityDomain domain = SecurityDomain.parse(file);
        X509Certificate exchange = SecurityDomain.exchangeKey(key);
        stage.compare(
                "exchange_key",
                Exhibit.of(
                        Texts.get(
                                "ceremony.security_domain.exchange",
                                exchange.getSubjectX500Principal().getName()),
                        Certificates.digest(exchange).grouped()),
                Texts.get("ceremony.security_domain.exchange.against"));
        return new SecurityDomainActs(step, stage, domain, exchange).perform(Digest.of(file));
    }

    private static byte[] bring(String file, String text, Consumer<byte[]> read, Stage stage) {
        return CeremonyFiles.get(stage, file, Texts.get(text, file), MAX_BYTES, bytes -> {
            try {
                read.accept(bytes);
                return Optional.empty();
            } catch (ProblemException e) {
                return Optional.of(e.problem().what() + " " + e.problem().cause());
            }
        });
    }

    private String perform(Digest file) {
        if (stage.run().observation("file_taken").isEmpty()) {
            // Once it is made the shares are not opened again: what is on record is what leaves.
            byte[] blob = CeremonyFiles.madeBefore(stage, step.out()).orElseGet(() -> made(stated(file)));
            CeremonyFiles.handOut(stage, step.out(), Texts.get("ceremony.security_domain.take", step.file()), blob);
        }
        return Texts.get("ceremony.security_domain.done", step.file(), domain.required(), step.out());
    }

    private Entry stated(Digest file) {
        Json.Obj act = Json.obj()
                .put("op", OP)
                .put("file", step.file())
                .put("sha256", file.hex())
                .put("exchange_sha256", Certificates.digest(exchange).hex())
                .put("required", domain.required())
                .put("out", step.out())
                .build();
        String text = Texts.get(
                "ceremony.statement.security_domain",
                step.file(),
                file.grouped(),
                exchange.getSubjectX500Principal().getName(),
                Certificates.digest(exchange).grouped(),
                step.out());
        return stage.statement(OP)
                .filter(entry -> entry.data().object("act").equals(act))
                .orElseGet(() -> stage.append(EntryType.STATEMENT, new Statement(text, act, quorum).toJson()));
    }

    private byte[] made(Entry statement) {
        var shares = new ArrayList<Secret>();
        try {
            List<Participant> holders = gather(statement, shares);
            stage.working("ceremony.working.security_domain");
            // Any shares of the domain give the same key, so the first ones do.
            return domain.restoreBlob(
                            shares.subList(0, domain.required()),
                            exchange,
                            stage.setting().splits().random())
                    .orElseThrow(() -> StepFailed.hard(Problem.of(
                            "ceremony.security_domain_not_joined",
                            step.file(),
                            String.join(
                                    ", ",
                                    holders.stream().map(Participant::name).toList()))));
        } finally {
            shares.forEach(Secret::close);
        }
    }

    /// Shares are in no entry and do not outlive an attempt, so that each attempt asks for all of them.
    private List<Participant> gather(Entry statement, List<Secret> shares) {
        var rejected = new LinkedHashSet<String>();
        Tally tally = Tally.empty(quorum, stage.setting().roster());
        while (!tally.complete()) {
            Gathering.endIfOutOfReach(tally, rejected);
            Presented presented = stage.ask(new Question.OpenShare(
                    "domain-shares",
                    Texts.get("ceremony.security_domain.cards", tally.missing(), step.file()),
                    Statement.fromJson(statement.data()),
                    tally,
                    true));
            try (Secret pin = presented.pin()) {
                Card card = presented.card();
                Optional<Participant> person = stage.gathering().admit(tally, card);
                if (person.isPresent() && presented instanceof Presented.Rejects(var c, var p, var because)) {
                    reject(statement, card, pin, person.get(), because);
                    rejected.add(person.get().person());
                } else if (person.isPresent()) {
                    Optional<Secret> share = opened(statement, card, pin, person.get());
                    share.ifPresent(shares::add);
                    tally = share.isPresent() ? tally.with(person.get()) : tally;
                }
            }
        }
        return tally.approved();
    }

    private void reject(Entry statement, Card card, Secret pin, Participant person, String because) {
        stage.gathering().cosign(statement, Meaning.REJECT, card, pin, person);
        stage.observeAgain(
                Observation.stated("rejection", Texts.get("ceremony.rejection.label"), because, List.of(person)));
    }

    /// A card without a share is refused before it signs.
    private Optional<Secret> opened(Entry statement, Card card, Secret pin, Participant person) {
        Optional<SecurityDomain.Share> share = domain.of(card);
        if (share.isEmpty()) {
            return refuse(
                    card,
                    person,
                    new CardAnswer.Refused("no_share", Problem.of("ceremony.card.no_domain_share", person.name())));
        }
        if (!signed(statement, card)
                && stage.gathering()
                        .cosign(statement, Meaning.APPROVE, card, pin, person)
                        .isEmpty()) {
            return Optional.empty();
        }
        return switch (SecurityDomain.open(share.get(), card, pin)) {
            case OpenAnswer.Opened(var value) -> {
                stage.observeOrWipe(
                        Observation.sensed(
                                        "domain_share_opened",
                                        Texts.get("ceremony.share_opened.label", person.name()),
                                        Texts.get("ceremony.domain_share_opened.text", step.file()))
                                .detail(Json.obj()
                                        .put("person", person.person())
                                        .put("key", card.keyId().hex())
                                        .build()),
                        value::close);
                yield Optional.of(value);
            }
            case CardRefusal refusal -> refuse(card, person, CardAnswer.of(refusal, person.name()));
        };
    }

    private boolean signed(Entry statement, Card card) {
        return stage.gathering().cosignsOf(statement).stream()
                .filter(cosign -> !Gathering.rejects(cosign))
                .anyMatch(cosign -> cosign.data().digest("key").equals(card.keyId()));
    }

    private Optional<Secret> refuse(Card card, Participant person, CardAnswer.Refused why) {
        return stage.gathering().refuse(card, why, Optional.of(person));
    }
}
