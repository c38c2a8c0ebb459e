package org.quorate.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quorate.base.Json;
import org.quorate.base.Secret;
import org.quorate.card.CardKey;
import org.quorate.card.practice.PracticeCard;
import org.quorate.card.practice.TestCards;
import org.quorate.ceremony.ShareSet.Pin;
import org.quorate.ceremony.ShareSet.Recipient;
import org.quorate.hsm.PinKind;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.ledger.LedgerFixture;
import org.quorate.ledger.sqlite.SqliteLedger;
import org.quorate.quorum.Quorum;

/// Which generation of a PIN is in force, wherever the console stopped.
class SplitPinsTest {
    private static final long TYPED = SplitPins.TYPED;

    @TempDir
    private Path folder;

    private final LedgerFixture people = new LedgerFixture();
    private SqliteLedger ledger;
    private SplitPins pins;

    @BeforeEach
    void open() {
        ledger = people.create(folder.resolve("ledger.db"));
        pins = new SplitPins(ledger);
        ledger.append(Draft.ofCeremony(
                EntryType.CEREMONY_OPEN, LedgerFixture.CEREMONY, Json.obj().build()));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private Entry append(EntryType type, Json.Obj data) {
        return ledger.append(Draft.ofStep(type, LedgerFixture.CEREMONY, "s", data));
    }

    private ShareSet seal(PinKind kind, long number) {
        PracticeCard card = TestCards.make(folder, kind.wire() + number, TestCards.Kind.P256);
        var recipient = new Recipient(
                "ann", card.keyId(), card.certificate(CardKey.SEALING).orElseThrow());
        try (Secret pin = Secret.ofChars("7QXK2M9RBTWD4HJPZ3VC8NFGYA".toCharArray())) {
            ShareSet made = ShareSet.seal(
                    new Pin(ledger.id(), "S1", kind),
                    number,
                    new Quorum(2, List.of("officer")),
                    List.of(recipient, recipient),
                    pin,
                    new SecureRandom());
            Observation observation = made.observation("primary", "Primary HSM");
            ledger.append(Draft.ofStep(EntryType.OBSERVATION, LedgerFixture.CEREMONY, "s", observation.toJson())
                    .with(List.of(observation.artefact().orElseThrow())));
            return made;
        }
    }

    private Entry intent(String op, Json.Obj template) {
        return append(
                EntryType.INTENT,
                Json.obj()
                        .put("op", op)
                        .put(
                                "token",
                                Json.obj()
                                        .put("serial", "S1")
                                        .put("label", "l")
                                        .put("model", "m")
                                        .build())
                        .put("token_role", "primary")
                        .put("cka_id", "0".repeat(32))
                        .put("template", template)
                        .put("expect", "it")
                        .put("quorum", Json.array(List.of()))
                        .build());
    }

    private Entry change(long generation) {
        Json.Builder template = Json.obj().put("pin", "user");
        if (generation != TYPED) {
            template.put("generation", generation);
        }
        return intent("change_pin", template.build());
    }

    private void outcome(Entry intent, String result) {
        append(
                EntryType.OUTCOME,
                Json.obj()
                        .put("intent", intent.seq())
                        .put("result", result)
                        .put("rv", "")
                        .put("observed", Json.obj().build())
                        .build());
    }

    private void reconcile(Entry intent, String finding) {
        append(
                EntryType.RECONCILE,
                Json.obj()
                        .put("intent", intent.seq())
                        .put("finding", finding)
                        .put("evidence", Json.obj().build())
                        .build());
    }

    /// What this reader says, and one that begins at the first entry.
    private List<Long> inForce(PinKind kind) {
        List<Long> now = pins.inForce("S1", kind);
        assertThat(new SplitPins(ledger).inForce("S1", kind)).isEqualTo(now);
        return now;
    }

    @Test
    void pinThatNobodySplit_isTyped() {
        assertThat(inForce(PinKind.USER)).containsExactly(TYPED);
        assertThat(pins.isSplit("S1", PinKind.USER)).isFalse();
        assertThat(pins.next("S1", PinKind.USER)).isEqualTo(1);
    }

    @Test
    void sharesWithoutAnAct_areNotInForce_andTheirNumberIsNotGivenAgain() {
        seal(PinKind.USER, 1);

        assertThat(inForce(PinKind.USER)).containsExactly(TYPED);
        assertThat(pins.next("S1", PinKind.USER)).isEqualTo(2);
        assertThat(pins.next("S1", PinKind.SECURITY_OFFICER)).isEqualTo(1);
    }

    @Test
    void actWithoutAnOutcome_leavesBothOfUse_theNewerFirst_untilItIsSettled() {
        seal(PinKind.USER, 1);
        outcome(change(1), "done");
        seal(PinKind.USER, 2);
        Entry second = change(2);
        assertThat(inForce(PinKind.USER)).containsExactly(2L, 1L);

        outcome(second, "unknown");
        assertThat(inForce(PinKind.USER)).containsExactly(2L, 1L);

        reconcile(second, "undecidable");
        assertThat(inForce(PinKind.USER)).containsExactly(2L, 1L);

        seal(PinKind.USER, 3);
        outcome(change(3), "done");
        assertThat(inForce(PinKind.USER)).containsExactly(3L);
    }

    @Test
    void actThatHappened_endsTheOlderGeneration_andOneThatDidNot_theNewer() {
        seal(PinKind.USER, 1);
        Entry first = change(1);
        outcome(first, "done");
        assertThat(inForce(PinKind.USER)).containsExactly(1L);
        seal(PinKind.USER, 2);
        outcome(change(2), "refused");
        assertThat(inForce(PinKind.USER)).containsExactly(1L);
        seal(PinKind.USER, 3);
        reconcile(change(3), "not_done");
        assertThat(inForce(PinKind.USER)).containsExactly(1L);
        seal(PinKind.USER, 4);
        reconcile(change(4), "done");
        assertThat(inForce(PinKind.USER)).containsExactly(4L);
        assertThat(pins.next("S1", PinKind.USER)).isEqualTo(5);
    }

    @Test
    void pinThatPeopleTypeAgain_isSplitNoMore_unlessThatWasRefused() {
        seal(PinKind.USER, 1);
        outcome(change(1), "done");
        outcome(change(TYPED), "refused");
        assertThat(inForce(PinKind.USER)).containsExactly(1L);

        Entry typed = change(TYPED);
        assertThat(inForce(PinKind.USER)).containsExactly(TYPED, 1L);
        outcome(typed, "done");

        assertThat(inForce(PinKind.USER)).containsExactly(TYPED);
        outcome(change(TYPED), "refused");
        assertThat(inForce(PinKind.USER)).containsExactly(TYPED);
    }

    @Test
    void initialisation_setsBothPins_eachAsItSays() {
        seal(PinKind.USER, 1);
        seal(PinKind.SECURITY_OFFICER, 1);
        Json.Obj both = Json.obj()
                .put("label", "l")
                .put("so_pin", Json.obj().put("generation", 1).build())
                .put("user_pin", Json.obj().put("generation", 1).build())
                .build();
        Entry first = intent("initialise", both);
        assertThat(inForce(PinKind.SECURITY_OFFICER)).containsExactly(1L, TYPED);
        outcome(first, "done");
        assertThat(inForce(PinKind.SECURITY_OFFICER)).containsExactly(1L);
        assertThat(inForce(PinKind.USER)).containsExactly(1L);

        outcome(intent("zeroise", Json.obj().put("label", "empty").build()), "done");
        assertThat(inForce(PinKind.SECURITY_OFFICER)).containsExactly(1L);
        assertThat(inForce(PinKind.USER)).containsExactly(TYPED);

        outcome(intent("initialise", Json.obj().put("label", "l").build()), "done");
        assertThat(inForce(PinKind.SECURITY_OFFICER)).containsExactly(TYPED);
    }

    @Test
    void actsOnOtherTokensAndOtherThings_changeNothing() {
        seal(PinKind.USER, 1);
        outcome(change(1), "done");
        outcome(intent("destroy", Json.obj().build()), "done");
        outcome(intent("of_a_later_version", Json.obj().build()), "done");

        assertThat(inForce(PinKind.USER)).containsExactly(1L);
        assertThat(pins.inForce("S2", PinKind.USER)).containsExactly(TYPED);
    }

    @Test
    void generation_isFoundAgain_asItWasSealed() {
        ShareSet made = seal(PinKind.USER, 1);

        assertThat(pins.generation("S1", PinKind.USER, 1).toJson()).isEqualTo(made.toJson());
        assertThatThrownBy(() -> pins.generation("S1", PinKind.USER, 2)).isInstanceOf(StepFailed.class);
        assertThatThrownBy(() -> pins.generation("S1", PinKind.SECURITY_OFFICER, 1))
                .isInstanceOf(StepFailed.class);
        assertThat(ledger.artefact(org.quorate.base.Digest.of(made.toJson().canonical())))
                .isNotEqualTo(Optional.empty());
    }
}
