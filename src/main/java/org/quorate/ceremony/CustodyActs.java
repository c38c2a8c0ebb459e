package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.List;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Texts;
import org.quorate.ledger.Ledger;

/// What lies in custody is looked at. People type the number that they read before they see the one in the ledger.
final class CustodyActs {
    private CustodyActs() {}

    /// A sheet of a key with this label.
    private record Kept(String key, Escrow.Sheet sheet) {}

    static String inspect(Stage stage) {
        List<Kept> kept = kept(stage.equipment().ledger());
        var wrong = new ArrayList<String>();
        for (Kept one : kept) {
            String serial = one.sheet().serial();
            String found = stage.enter(
                    "bag-found-" + serial,
                    Texts.get("ceremony.custody.found", serial, one.sheet().custody()),
                    Texts.get("ceremony.custody.found.hint"),
                    OpeningActs::notBlank);
            boolean same = found.equals(one.sheet().bag());
            stage.observe(Observation.sensed("custody", Texts.get("ceremony.custody.label", serial, one.key()), found)
                    .expected(one.sheet().bag(), same)
                    .detail(Json.obj()
                            .put("label", one.key())
                            .put("sheet", serial)
                            .put("bag", found)
                            .put("custody", one.sheet().custody())
                            .build()));
            if (!same) {
                wrong.add(Texts.get(
                        "ceremony.custody.other_bag", serial, found, one.sheet().bag()));
            }
        }
        if (kept.isEmpty()) {
            stage.observe(Observation.sensed(
                    "custody", Texts.get("ceremony.custody.none.label"), Texts.get("ceremony.custody.none")));
        } else {
            stage.confirm("bags_whole", Texts.get("ceremony.custody.whole"), Texts.get("ceremony.button.confirm"));
        }
        if (!wrong.isEmpty()) {
            throw StepFailed.overridable(Problem.of("ceremony.custody_differs", String.join("; ", wrong)));
        }
        return Texts.get("ceremony.custody.done", kept.size());
    }

    private static List<Kept> kept(Ledger ledger) {
        return Escrow.labels(ledger).stream()
                .flatMap(label -> Escrow.newest(ledger, label).flatMap(Escrow::paper).stream()
                        .flatMap(paper -> paper.sheets().stream().map(sheet -> new Kept(label, sheet))))
                .toList();
    }
}
