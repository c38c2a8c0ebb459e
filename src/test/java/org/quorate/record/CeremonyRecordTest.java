package org.quorate.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.quorate.base.Json;
import org.quorate.ledger.Checkpoint;
import org.quorate.ledger.EntryType;

class CeremonyRecordTest {
    private final SampleCeremony sample = SampleCeremony.withSteps(0);
    private final CeremonyRecord record = sample.record();

    @Test
    void deviations_everyKindThatHappened_isFoundInOrder() {
        assertThat(record.deviations())
                .extracting(deviation -> deviation.getClass().getSimpleName())
                .containsExactly(
                        "CardRefused",
                        "ClockWentBack",
                        "ExceptionRaised",
                        "Overridden",
                        "ExceptionRaised",
                        "NoQuorum",
                        "FailedAttempt",
                        "CardRefused",
                        "RefusedByHsm",
                        "AttributeNotReported",
                        "Late",
                        "Stopped",
                        "Rejected",
                        "OutcomeUnknown",
                        "AttributeDiffers",
                        "DoesNotAgree");
    }

    @Test
    void clockWentBack_againstUptime_saysByHowMuch() {
        assertThat(record.deviations())
                .filteredOn(Deviation.ClockWentBack.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Deviation.ClockWentBack.class,
                        clock -> assertThat(clock.by()).isEqualTo(Duration.ofSeconds(35)));
    }

    @Test
    void late_pauseBetweenAttempts_isNobodysDelay() {
        assertThat(record.steps())
                .filteredOn(step -> step.id().equals("generate"))
                .extracting(StepLog::attempt, StepLog::late)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, false), org.assertj.core.groups.Tuple.tuple(2, false));
        assertThat(record.steps())
                .filteredOn(StepLog::late)
                .extracting(StepLog::id)
                .containsExactly("fingerprint");
    }

    @Test
    void verdict_oneDoesNotAgree_saysWhoAndHowMany() {
        assertThat(record.verdict().kind()).isEqualTo(Verdict.Kind.WITH_DEVIATIONS);
        assertThat(record.verdict().headline()).isEqualTo("Completed with 16 deviations");
        assertThat(record.verdict().sentences())
                .contains("1 of 6 participants does not agree: Layla Haddad.")
                .contains("1 of 9 acts on the HSM rested on no quorum.");
    }

    @Test
    void verdict_entriesBeforeTheClose_isNotClosed() {
        var lines = sample.extract().lines();
        CeremonyRecord early = sample.record(new Extract(lines.subList(0, lines.size() - 10)));
        assertThat(early.verdict().kind()).isEqualTo(Verdict.Kind.NOT_CLOSED);
        assertThat(early.steps().getLast().end().result()).isNotEqualTo(StepLog.Result.FAILED);
    }

    @Test
    void withoutQuorum_emptyQuorum_isListed() {
        assertThat(record.withoutQuorum())
                .singleElement()
                .extracting(WithoutQuorum::act)
                .isEqualTo("initialise token on primary");
    }

    @Test
    void quorums_areToldWithThoseWhoWereThere_andWhoEnforcedThem() {
        assertThat(record.quorums()).isNotEmpty().allSatisfy(quorum -> {
            assertThat(quorum.by()).isEqualTo(QuorumFacts.Enforced.CONSOLE);
            assertThat(quorum.present()).isGreaterThanOrEqualTo(quorum.m());
            assertThat(quorum.roles()).isNotEmpty();
        });
        assertThat(record.quorums().stream().mapToInt(QuorumFacts::statements).sum())
                .isEqualTo((int) sample.extract().entries().stream()
                        .filter(entry -> entry.is(EntryType.STATEMENT))
                        .count());
    }

    @Test
    void attributes_notReported_isNeverFalse() {
        KeyFacts root = record.key("root").orElseThrow();
        assertThat(root.reports().getFirst().attributes())
                .filteredOn(line -> line.name().equals("CKA_WRAP_WITH_TRUSTED"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.reported()).isEmpty();
                    assertThat(line.state()).isEqualTo("not_reported");
                });
    }

    @Test
    void keys_destroyed_saysWhenItWasFoundAbsent() {
        assertThat(record.key("wrapping").orElseThrow().places())
                .singleElement()
                .satisfies(place -> assertThat(place.gone()).isPresent());
        assertThat(record.key("root").orElseThrow().places())
                .extracting(KeyFacts.Place::role)
                .containsExactly("primary", "backup");
    }

    @Test
    void signatures_eachCosign_hasNameAndMeaning() {
        long cosigns = sample.ledger().entries().stream()
                .filter(entry -> entry.is(EntryType.COSIGN) && entry.ceremony().isPresent())
                .count();
        assertThat(record.signatures()).hasSize((int) cosigns);
        assertThat(record.signatures().getLast())
                .extracting(SignatureFacts::name, SignatureFacts::meaning)
                .containsExactly("Layla Haddad", "closes the ceremony");
    }

    @Test
    void trust_fromGenesis_namesConsoleKeyAndLeaf() {
        Json.Obj trust = record.anchoring().trust().toJson();
        assertThat(trust.string("genesis"))
                .isEqualTo(sample.ledger().entries().getFirst().leaf().hex());
        assertThat(trust.members()).containsOnlyKeys("ledger", "origin", "console_key", "genesis");
    }

    @Test
    void extract_otherEntriesOfTheLedger_areLeftOut() {
        FakeEntries ledger = sample.ledger();
        List<Long> kept =
                sample.extract().entries().stream().map(entry -> entry.seq()).toList();
        assertThat(kept).hasSize(ledger.entries().size());
        ledger.outsideSteps();
        ledger.add(EntryType.CEREMONY_CLOSE, Json.obj());
        assertThat(Extract.of(ledger.entries(), new java.util.UUID(1, 1), ledger.checkpoint(), seq -> List.of())
                        .entries())
                .noneMatch(entry -> entry.ceremony().isPresent());
    }

    @Test
    void extract_writtenAndRead_isTheSame() {
        Extract extract = sample.extract();
        Extract again = Extract.parse(extract.toBytes());
        assertThat(again).isEqualTo(extract);
        assertThat(sample.record(again)).isEqualTo(record);
        assertThat(again.ceremony()).isEqualTo(Optional.of(FakeEntries.CEREMONY));
    }

    @Test
    void extract_proofs_leadIntoTheCheckpoint() {
        Checkpoint.Signed checkpoint = sample.ledger().checkpoint();
        assertThat(sample.extract().lines()).allMatch(line -> line.provesInto(checkpoint));
        Extract.Line line = sample.extract().lines().get(7);
        var wrong = new java.util.ArrayList<>(line.proof());
        wrong.set(0, org.quorate.base.Digest.ZERO);
        assertThat(new Extract.Line(line.entry(), wrong).provesInto(checkpoint)).isFalse();
    }
}
