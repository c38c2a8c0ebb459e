package org.quorate.ui.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.FollowedPlan;
import org.quorate.ceremony.Site;
import org.quorate.ledger.EntryType;
import org.quorate.script.Plan;
import org.quorate.script.yaml.PlanReader;
import org.quorate.ui.backstage.OpenSite;
import org.quorate.ui.demo.Bench;
import org.quorate.ui.demo.Demo;
import org.quorate.ui.demo.DemoBackstage;

class HomeViewModelTest {
    private static final String PLAN = """
            format: quorate-plan/1
            id: small
            version: "1.0"
            title: A small plan
            goal: To be tested.
            stages:
              - id: first
                title: The first week
                first_week: 1
                last_week: 1
                work: [Something]
                deliverables:
                  - {id: key, title: The root key, accepted: It is there., ceremonies: [root-key]}
              - id: second
                title: The second week
                first_week: 2
                last_week: 2
                work: [Something else]
                deliverables:
                  - {id: drill, title: The drill, accepted: It was held., ceremonies: [drill]}
            criteria:
              - {id: both, title: Both, accepted: Both are there., ceremonies: [root-key, drill]}
            """;
    private final DemoBackstage site = new DemoBackstage(Site.Mode.LIVE);
    private final HomeViewModel model = new HomeViewModel(site, new Hands(Runnable::run, Runnable::run, site.clock()));

    @Test
    void lists_saveWhatCanBeStarted_withItsLength() {
        model.refresh();

        assertThat(model.listsProperty().get().scripts())
                .extracting(HomeViewModel.Offer::title, HomeViewModel.Offer::detail)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "Root CA G4 key generation", "Version 1.3 · 11 steps · 61 min planned"));
        assertThat(model.listsProperty().get().unfinished()).isEmpty();
    }

    @Test
    void aCeremonyThatWasPaused_canBeGoneOnWith() {
        hold(EntryType.PAUSE);

        assertThat(model.listsProperty().get().unfinished()).isPresent().get().satisfies(row -> {
            assertThat(row.status()).isEqualTo("paused");
            assertThat(row.detail()).isEqualTo("Version 1.3 · opened 22 November 2026, 14:00Z · 1 of 11 steps done");
        });
    }

    @Test
    void aCeremonyThatWasAborted_isOver() {
        hold(EntryType.ABORT);

        assertThat(model.listsProperty().get().ceremonies()).hasSize(1);
        assertThat(model.listsProperty().get().unfinished()).isEmpty();
    }

    private void breakGlass(Json.Obj detail) {
        try (var bench = new Bench(Site.Mode.LIVE, Runnable::run)) {
            bench.engine.open();
            bench.engine.begin("seal");
            bench.engine.write(
                    EntryType.OBSERVATION,
                    Json.obj()
                            .put("item", "sensed")
                            .put("name", "break_glass")
                            .put("label", "Glass broken")
                            .put("text", "The signer fails at noon.")
                            .put("detail", detail)
                            .build());
            site.held.add(
                    new OpenSite.Held(Ceremony.of(bench.ledger.ofCeremony(bench.engine.id())), Demo.script(), false));
        }
        model.refresh();
    }

    @Test
    void brokenGlass_isListedUntilItIsReviewed_withWhatIsOverdue() {
        breakGlass(Json.obj()
                .put("reason", "The signer fails at noon.")
                .put("persons", Json.strings(List.of("p1")))
                .put("quorum", Json.integers(List.of()))
                .put("reviewed_by", "officer")
                .put("review_due", "2020-01-01T00:00:00.000Z")
                .build());

        assertThat(model.listsProperty().get().due()).singleElement().satisfies(review -> {
            assertThat(review.detail())
                    .isEqualTo("Review of broken glass. The signer fails at noon. Due by 2020-01-01 00:00:00Z");
            assertThat(review.status()).isEqualTo("overdue");
            assertThat(review.overdue()).isTrue();
        });
    }

    @Test
    void entriesThatTheProgramDoesNotExpect_areSaid_andNotPassedOverInSilence() {
        breakGlass(Json.obj().build());

        assertThat(model.problemProperty().get()).map(Problem::id).contains("app.unexpected");
    }

    @Test
    void plan_thatTheSiteFollows_saysWhatIsNextAndWhatIsLate() {
        Plan plan = PlanReader.read("plan.yaml", PLAN.getBytes(StandardCharsets.UTF_8))
                .plan()
                .orElseThrow();
        Instant now = site.clock().instant();
        site.plan = () -> Optional.of(new FollowedPlan(plan, Optional.of(now.minus(Duration.ofDays(8)))));
        model.refresh();

        assertThat(model.listsProperty().get().due()).singleElement().satisfies(line -> {
            assertThat(line.title()).isEqualTo("A small plan");
            assertThat(line.detail())
                    .isEqualTo("0 of 3 deliverables and criteria are there. Next: The root key (root-key)\n"
                            + "Late: The root key");
            assertThat(line.status()).isEqualTo("overdue");
            assertThat(line.overdue()).isTrue();
        });

        site.plan = () -> Optional.of(new FollowedPlan(plan, Optional.of(now)));
        model.refresh();
        assertThat(model.listsProperty().get().due())
                .extracting(HomeViewModel.Due::overdue)
                .containsExactly(false);
    }

    @Test
    void planThatCannotBeRead_isSaid_andHidesNothingElse() {
        site.plan = () -> {
            throw Problem.of("app.plan_unreadable", "plan.json", "not JSON").asException();
        };
        model.refresh();

        assertThat(model.problemProperty().get()).map(Problem::id).contains("app.plan_unreadable");
        assertThat(model.listsProperty().get().scripts()).hasSize(1);
    }

    private void hold(EntryType end) {
        try (var bench = new Bench(Site.Mode.LIVE, Runnable::run)) {
            bench.engine.open();
            bench.engine.rollCall();
            bench.engine.write(end, Json.obj().put("why", "noon").build());
            site.held.add(new OpenSite.Held(
                    Ceremony.of(bench.ledger.ofCeremony(bench.engine.id())), Demo.script(), end == EntryType.ABORT));
        }
        model.refresh();
    }

    @Test
    void aScriptThatNobodyApproved_saysSo_andDoesNotBeginAtALiveSite() {
        site.objection = Optional.of(Problem.of("approval.missing", "Root CA G4 key generation", "Nobody did."));
        model.refresh();
        HomeViewModel.Offer offer = model.listsProperty().get().scripts().getFirst();
        assertThat(offer.standing()).isEqualTo("Nobody has approved this script here.");
        assertThat(offer.approved()).isFalse();

        model.begin(offer, occasion -> {
            throw new AssertionError("it began");
        });
        assertThat(model.problemProperty().get()).map(Problem::id).contains("approval.missing");
    }

    @Test
    void inARehearsal_aScriptThatNobodyApproved_isSaidToBeForRehearsalOnly_andBegins() {
        var practice = new DemoBackstage(Site.Mode.REHEARSAL);
        var home = new HomeViewModel(practice, new Hands(Runnable::run, Runnable::run, practice.clock()));
        home.refresh();
        HomeViewModel.Offer offer = home.listsProperty().get().scripts().getFirst();
        assertThat(offer.standing()).isEqualTo("Not approved: rehearsal only. Nobody has approved this script here.");

        var begun = new ArrayList<Occasion>();
        home.begin(offer, begun::add);
        assertThat(begun).hasSize(1);
    }
}
