package org.quorate.ceremony;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.card.Card;
import org.quorate.card.CardRefusal;
import org.quorate.card.SignAnswer;
import org.quorate.ledger.Cosign.Meaning;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.quorum.Participant;
import org.quorate.quorum.Quorum;
import org.quorate.quorum.Statement;
import org.quorate.quorum.Tally;
import org.quorate.script.approval.ApprovalFile;
import org.quorate.script.approval.ScriptApproval.Approver;
import org.quorate.script.approval.ScriptApproval.Plan;

/// The cards of those who approve a script, one after the other. Whoever does not count is refused before the card
/// signs; what a card signed is checked before it counts, and who signed before the program ended is not asked again.
final class ApprovalCards {
    static final String SIGNED = "script_signed";

    private final Approving.Desk desk;
    private final Plan plan;
    private final Quorum quorum;
    private final Entry statement;
    private final boolean detached;

    /// @param detached whether each card signs what lies beside the file too
    ApprovalCards(Approving.Desk desk, Plan plan, Quorum quorum, Entry statement, boolean detached) {
        this.desk = desk;
        this.plan = plan;
        this.quorum = quorum;
        this.statement = statement;
        this.detached = detached;
    }

    /// @return the co-signatures that make the quorum; empty where people stopped
    Optional<List<Long>> gather() {
        var cosigns = new LinkedHashMap<String, Long>();
        var rejected = new LinkedHashSet<String>();
        Tally tally = before(cosigns, rejected);
        while (!tally.complete()) {
            endIfOutOfReach(tally, rejected);
            Optional<Presented> presented = desk.ask(new Question.PresentCard(
                    "cards",
                    Texts.get("ceremony.cards.title", tally.missing()),
                    Statement.fromJson(statement.data()),
                    tally));
            if (presented.isEmpty()) {
                return Optional.empty();
            }
            try (Secret pin = presented.get().pin()) {
                Card card = presented.get().card();
                Optional<Participant> person = admit(tally, card);
                if (person.isEmpty()) {
                    continue;
                }
                if (presented.get() instanceof Presented.Rejects(var same, var own, var because)) {
                    cosign(Meaning.REJECT, card, pin, person.get())
                            .ifPresent(entry -> reject(person.get(), because, rejected));
                } else if (signs(card, pin, person.get(), cosigns)
                        && (!detached || signsFile(card, pin, person.get()))) {
                    rejected.remove(person.get().person());
                    tally = tally.with(person.get());
                }
            }
        }
        return Optional.of(List.copyOf(tally.approved().stream()
                .map(person -> cosigns.get(person.person()))
                .toList()));
    }

    /// Who signed before the program ended, or people left for another day.
    private Tally before(Map<String, Long> cosigns, Set<String> rejected) {
        Tally tally = Tally.empty(quorum, desk.roster());
        for (Entry cosign : desk.outside()
                .filter(entry -> entry.is(EntryType.COSIGN) && entry.data().integer("target") == statement.seq())
                .toList()) {
            Digest key = cosign.data().digest("key");
            Optional<Participant> person = desk.roster().byKey(key).filter(quorum::admits);
            if (person.isEmpty()) {
                continue;
            }
            if (Gathering.rejects(cosign)) {
                rejected.add(person.get().person());
                continue;
            }
            rejected.remove(person.get().person());
            cosigns.put(person.get().person(), cosign.seq());
            boolean whole = !detached
                    || desk.signed(statement.seq()).anyMatch(one -> one.key().equals(key));
            boolean fresh = tally.approved().stream()
                    .noneMatch(one -> one.person().equals(person.get().person()));
            if (whole && fresh) {
                tally = tally.with(person.get());
            }
        }
        return tally;
    }

    private void endIfOutOfReach(Tally tally, Set<String> rejected) {
        long could = tally.eligible().stream()
                .filter(person -> !rejected.contains(person.person()))
                .count();
        if (could < quorum.m()) {
            throw Problem.of("ceremony.quorum_rejected", rejected.size()).asException();
        }
    }

    private boolean signs(Card card, Secret pin, Participant person, Map<String, Long> cosigns) {
        if (cosigns.containsKey(person.person())) {
            return true;
        }
        Optional<Entry> cosign = cosign(Meaning.APPROVE, card, pin, person);
        cosign.ifPresent(entry -> cosigns.put(person.person(), entry.seq()));
        return cosign.isPresent();
    }

    private Optional<Entry> cosign(Meaning meaning, Card card, Secret pin, Participant person) {
        Optional<Problem> doubt = CardMemory.doubt(card, person.name(), desk.ledger());
        if (doubt.isPresent()) {
            refuse(card, new CardAnswer.Refused("ledger_doubted", doubt.get()), person);
            return Optional.empty();
        }
        return switch (CardAnswer.of(card, pin, statement, meaning, person.name())) {
            case CardAnswer.Signed(var cosign) -> Optional.of(append(EntryType.COSIGN, cosign.toJson()));
            case CardAnswer.Refused refused -> {
                refuse(card, refused, person);
                yield Optional.empty();
            }
        };
    }

    private boolean signsFile(Card card, Secret pin, Participant person) {
        Json.Obj said = new ApprovalFile.Saying(
                        plan,
                        desk.ledger().id().toString(),
                        desk.mode().wire(),
                        statement.data().object("act").string("next_review"),
                        new Approver(
                                person.person(),
                                person.name(),
                                person.roles().stream()
                                        .filter(quorum.roles()::contains)
                                        .sorted()
                                        .toList(),
                                desk.now()))
                .toJson();
        return switch (card.sign(pin, ApprovalFile.message(said))) {
            case SignAnswer.Signed(var algorithm, var signature) -> {
                byte[] certificate = FileSignature.der(card.certificate());
                boolean holds = ApprovalFile.signed(said, certificate, algorithm, signature)
                        .isPresent();
                if (holds) {
                    append(
                            EntryType.OBSERVATION,
                            Observation.sensed(
                                            "script_signed",
                                            Texts.get("approval.signed", person.name()),
                                            Texts.get("ceremony.file_signed.text", algorithm))
                                    .detail(Json.obj()
                                            .put("statement", statement.seq())
                                            .put("said", said)
                                            .put("certificate", base64(certificate))
                                            .put("alg", algorithm)
                                            .put("signature", base64(signature))
                                            .build())
                                    .toJson());
                } else {
                    refuse(card, CardAnswer.of(new CardRefusal.BadSignature(), person.name()), person);
                }
                yield holds;
            }
            case CardRefusal refusal -> {
                CardAnswer.Refused refused = CardAnswer.of(refusal, person.name());
                refuse(card, refused, person);
                yield false;
            }
        };
    }

    private Optional<Participant> admit(Tally tally, Card card) {
        return switch (tally.admit(card.keyId())) {
            case Tally.Admission.Admitted(var participant) -> Optional.of(participant);
            case Tally.Admission.NotOnRoster(var key) ->
                refuse(
                        card,
                        new CardAnswer.Refused(
                                "not_on_roster", Problem.of("ceremony.card.not_on_roster", card.serial())),
                        Optional.empty());
            case Tally.Admission.AlreadyApproved(var participant) ->
                refuse(
                        card,
                        new CardAnswer.Refused(
                                "already_approved", Problem.of("ceremony.card.already_approved", participant.name())),
                        Optional.of(participant));
            case Tally.Admission.WrongRole(var participant, var wanted) ->
                refuse(
                        card,
                        new CardAnswer.Refused(
                                "wrong_role",
                                Problem.of("ceremony.card.wrong_role", participant.name(), String.join(", ", wanted))),
                        Optional.of(participant));
        };
    }

    private void reject(Participant person, String because, Set<String> rejected) {
        rejected.add(person.person());
        append(
                EntryType.OBSERVATION,
                Observation.stated("rejection", Texts.get("ceremony.rejection.label"), because, List.of(person))
                        .toJson());
    }

    private void refuse(Card card, CardAnswer.Refused refused, Participant person) {
        refuse(card, refused, Optional.of(person));
    }

    /// Puts on record that a card did not sign, and tells people why.
    private Optional<Participant> refuse(Card card, CardAnswer.Refused refused, Optional<Participant> person) {
        Json.Builder detail = Json.obj()
                .put("reason", refused.reason())
                .put("key", card.keyId().hex())
                .put("card", card.serial());
        person.ifPresent(one -> detail.put("person", one.person()));
        OptionalInt triesLeft = refused.triesLeft();
        triesLeft.ifPresent(tries -> detail.put("tries_left", tries));
        append(
                EntryType.OBSERVATION,
                Observation.sensed(
                                "card_refused",
                                Texts.get("ceremony.card_refused.label"),
                                refused.problem().what())
                        .detail(detail.build())
                        .toJson());
        desk.front().notice(refused.problem());
        return Optional.empty();
    }

    private Entry append(EntryType type, Json.Obj data) {
        return desk.ledger().append(Draft.ofLedger(type, data));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
