package org.quorate.ui.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.quorate.base.Json;
import org.quorate.ceremony.Ceremony;
import org.quorate.ceremony.Site;
import org.quorate.ledger.EntryType;
import org.quorate.ui.backstage.OpenSite;
import org.quorate.ui.demo.Bench;
import org.quorate.ui.demo.Demo;
import org.quorate.ui.demo.DemoBackstage;

class HomeViewModelTest {
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
}
