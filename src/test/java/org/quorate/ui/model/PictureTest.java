package org.quorate.ui.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.quorate.base.Digest;
import org.quorate.base.Json;
import org.quorate.ceremony.Ceremony;
import org.quorate.ledger.Entry;
import org.quorate.ledger.EntryType;
import org.quorate.script.PartFiles;
import org.quorate.script.Reading;
import org.quorate.script.Script;
import org.quorate.script.yaml.ScriptReader;
import org.quorate.ui.demo.Demo;
import org.quorate.ui.model.RailAct.RailStep;

/// What the rail says of steps that hang on a decision.
class PictureTest {
    private final List<Entry> entries = new ArrayList<>();

    private static Script script() throws Exception {
        Path file = Path.of("ceremony-scripts/hsm-health.yaml");
        return ((Reading.Read) new ScriptReader().read("a.yaml", Files.readAllBytes(file), PartFiles.SHIPPED)).script();
    }

    private void add(EntryType type, Optional<String> step, Json.Obj data) {
        var id = new UUID(1, 1);
        Digest leaf = Digest.of(String.valueOf(entries.size()).getBytes(StandardCharsets.UTF_8));
        entries.add(new Entry(
                id,
                entries.size(),
                leaf,
                Instant.EPOCH,
                id,
                1,
                id,
                type,
                Optional.of(id),
                step,
                data,
                leaf,
                new byte[0]));
    }

    private Picture decided(String path) throws Exception {
        add(EntryType.CEREMONY_OPEN, Optional.empty(), Json.obj().build());
        add(
                EntryType.STEP_START,
                Optional.of("decide"),
                Json.obj().put("attempt", 1).build());
        add(
                EntryType.OBSERVATION,
                Optional.of("decide"),
                Json.obj()
                        .put("name", "decision")
                        .put("detail", Json.obj().put("path", path).build())
                        .build());
        add(
                EntryType.STEP_END,
                Optional.of("decide"),
                Json.obj().put("result", "done").build());
        return picture(Optional.of(Ceremony.of(entries)));
    }

    private static Picture picture(Optional<Ceremony> ceremony) throws Exception {
        return new Picture(script(), ceremony, People.of(Demo.ROSTER, Optional.empty()));
    }

    private static Stream<RailStep> steps(Picture picture) {
        return picture.rail().stream().flatMap(act -> act.steps().stream());
    }

    private static RailStep takeOut(Picture picture) {
        return steps(picture)
                .filter(step -> step.id().equals("take-out"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void stepOnAPath_saysSo_beforeItIsDecided() throws Exception {
        Picture picture = picture(Optional.empty());

        assertThat(takeOut(picture).status()).isEqualTo(StepStatus.WAITING);
        assertThat(takeOut(picture).note()).isEqualTo("waiting, 5 min, only if so decided");
        assertThat(picture.page("take-out").orElseThrow().say())
                .startsWith("Only where this is decided in step 4.1: No, one of them is looked at by its maker first");
    }

    @Test
    void stepThatFellAway_isNotTaken_andItsActIsComplete() throws Exception {
        Picture picture = decided("keep");

        assertThat(takeOut(picture).status()).isEqualTo(StepStatus.NOT_TAKEN);
        assertThat(takeOut(picture).note()).isEqualTo("not taken");
        assertThat(picture.rail().get(3).complete()).isTrue();
    }

    @Test
    void stepOfTheChosenPath_isAStepAsEveryOther() throws Exception {
        Picture picture = decided("repair");

        assertThat(takeOut(picture).note()).isEqualTo("waiting, 5 min planned");
        assertThat(picture.rail().get(3).complete()).isFalse();
    }

    @Test
    void loop_isUnfolded() throws Exception {
        assertThat(steps(picture(Optional.empty())))
                .extracting(RailStep::title)
                .contains("Identify the primary HSM", "Identify the backup HSM");
    }
}
