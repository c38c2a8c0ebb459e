package org.quorate.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.quorate.hsm.KeyPurpose;
import org.quorate.script.Fact.Away;
import org.quorate.script.Fact.Ceremony;
import org.quorate.script.Fact.Copied;
import org.quorate.script.Fact.Escrowed;
import org.quorate.script.Fact.Extractable;
import org.quorate.script.Fact.Found;
import org.quorate.script.Fact.Holds;
import org.quorate.script.Fact.Signed;
import org.quorate.script.Fact.Trusts;
import org.quorate.script.Step.EscrowKey.Form;

/// Plays a whole script, on each course that people can decide on, against the [StateModel]. A step whose needs are not
/// met is reported and then taken as done, so
/// that one mistake does not spoil what is said of later steps.
final class Play {
    private final Script script;
    private final Places places;
    private final StateModel model;
    /// Each fact with the place of the step that made it true.
    private final Map<Fact, Place> world = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private Play(Script script, Places places) {
        this.script = script;
        this.places = places;
        this.model = new StateModel(script);
    }

    /// Findings of every course. What is wrong on some only says on which; one of them is enough to say it.
    static List<Finding> of(Script script, Places places) {
        List<Courses.Course> courses = Courses.of(script).all();
        var where = new LinkedHashMap<Finding, List<Courses.Course>>();
        courses.stream()
                .limit(Courses.MAX)
                .forEach(course -> ofCourse(course.script(), places)
                        .forEach(finding -> where.computeIfAbsent(finding, key -> new ArrayList<>())
                                .add(course)));
        return where.entrySet().stream()
                .map(found -> found.getValue().size() >= Math.min(courses.size(), Courses.MAX)
                        ? found.getKey()
                        : found.getKey().onlyWhere(found.getValue().getFirst().words()))
                .toList();
    }

    private static List<Finding> ofCourse(Script script, Places places) {
        var play = new Play(script, places);
        play.model.before().forEach(fact -> play.world.put(fact, Place.START));
        script.steps().forEach(play::step);
        play.end();
        return play.findings;
    }

    private void step(Step step) {
        Place place = places.step(step.id());
        Effect effect = model.effect(step);
        for (Effect.Need need : effect.needs()) {
            if (!need.isMet(world.keySet())) {
                add(need.rule(), place, need.values().toArray());
            }
        }
        effect.ends().forEach(world::remove);
        effect.begins().forEach(fact -> world.putIfAbsent(fact, place));
    }

    private void end() {
        world.forEach((fact, place) -> {
            switch (fact) {
                case Holds(var key, var token) -> {
                    if (!world.containsKey(new Found(key, token))) {
                        carrierLeft(key, token, place);
                        keyWithoutBackup(key, token, place);
                    }
                }
                case Trusts(var key, var token) -> carrierLeft(key, token, place);
                case Extractable(var key, var token) -> keyLeftExtractable(key, token, place);
                case Away(var token) -> add(Rule.TOKEN_LEFT_AWAY, place, token);
                case Copied(var key, var token) -> backupNotProven(key, token, place);
                default -> {}
            }
        });
        closeMissing();
        never(Rule.NO_ROLL_CALL, Ceremony.ROLL_CALLED);
        never(Rule.DIGEST_NOT_READ, Ceremony.DIGEST_READ);
        never(Rule.CLOCK_NOT_CHECKED, Ceremony.CLOCK_CHECKED);
        never(Rule.WORKSTATION_NOT_CHECKED, Ceremony.WORKSTATION_CHECKED);
    }

    private void keyLeftExtractable(String key, String token, Place place) {
        if (script.cast().key(key).copyable().isEmpty()) {
            add(Rule.KEY_LEFT_EXTRACTABLE, place, key, token);
        }
    }

    private void carrierLeft(String key, String token, Place place) {
        if (script.cast().key(key).purpose().isCarrier()) {
            add(Rule.CARRIER_LEFT, place, key, token);
        }
    }

    private void keyWithoutBackup(String key, String token, Place place) {
        boolean kept = Stream.concat(
                        script.cast().tokens().keySet().stream().map(other -> (Fact) new Copied(key, other)),
                        Stream.of(Form.values()).map(form -> new Escrowed(key, form)))
                .anyMatch(world::containsKey);
        if (script.cast().key(key).purpose().wantsBackup() && !kept) {
            add(Rule.KEY_WITHOUT_BACKUP, place, key, token);
        }
    }

    private void backupNotProven(String key, String token, Place place) {
        if (isAuthority(key) && !world.containsKey(new Signed(key, token))) {
            add(Rule.BACKUP_NOT_PROVEN, place, key, token);
        }
    }

    private void closeMissing() {
        if (!world.containsKey(Ceremony.CLOSED)) {
            script.steps()
                    .reduce((first, second) -> second)
                    .ifPresent(last -> add(Rule.CLOSE_MISSING, places.step(last.id())));
        }
    }

    private void never(Rule rule, Ceremony fact) {
        if (!world.containsKey(fact)) {
            script.steps().findFirst().ifPresent(first -> add(rule, places.step(first.id())));
        }
    }

    private boolean isAuthority(String key) {
        return script.cast().key(key).purpose() == KeyPurpose.CERTIFICATE_AUTHORITY;
    }

    private void add(Rule rule, Place place, Object... values) {
        findings.add(rule.at(places.file(), place, values));
    }
}
