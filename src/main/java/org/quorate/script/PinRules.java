package org.quorate.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.quorate.hsm.PinKind;

/// Rules about who has the PINs of a token, or shares of them.
final class PinRules {
    private PinRules() {}

    static Stream<Finding> oneHolderOfBothPins(Script script, Places places) {
        return Stream.concat(
                steps(script, Step.InitialiseToken.class)
                        .flatMap(step -> roles(script, step.soPinBy())
                                .filter(role -> roles(script, step.userPinBy()).anyMatch(role::equals))
                                .map(role -> bothPins(places, step, role))),
                steps(script, Step.ZeroiseToken.class)
                        .filter(step -> step.soPinBy().equals(step.userPinBy()))
                        .map(step -> bothPins(places, step, step.soPinBy())));
    }

    private static Finding bothPins(Places places, Step step, String role) {
        return Rule.ONE_HOLDER_OF_BOTH_PINS.at(places.file(), places.step(step.id()), role, step.id());
    }

    private static Stream<String> roles(Script script, Step.PinHolder holder) {
        return switch (holder) {
            case Step.PinHolder.Typist(var role) -> Stream.of(role);
            case Step.PinHolder.Cards(var quorum) -> script.cast().quorum(quorum).roles().stream();
        };
    }

    /// Old shares stay in the ledger, so that a change of people takes a new PIN.
    static Stream<Finding> shareHoldersChange(Script script, Places places) {
        List<Step> steps = script.steps().toList();
        return IntStream.range(0, steps.size()).boxed().flatMap(at -> {
            Step change = steps.get(at);
            Map<String, String> due = new LinkedHashMap<>();
            steps.subList(0, at).forEach(step -> splits(step).forEach((pin, quorum) -> due.put(pin, quorum)));
            steps.subList(at + 1, steps.size())
                    .forEach(step -> due.keySet().removeAll(splits(step).keySet()));
            return due.entrySet().stream()
                    .filter(split -> script.cast().quorum(split.getValue()).roles().stream()
                            .anyMatch(changed(change)::contains))
                    .map(split -> Rule.SHARE_HOLDERS_CHANGE.at(
                            places.file(), places.step(change.id()), change.id(), split.getValue(), split.getKey()));
        });
    }

    private static List<String> changed(Step step) {
        return switch (step) {
            case Step.EnrolCard s -> s.roles();
            case Step.RetireCard s -> List.of(s.role());
            default -> List.of();
        };
    }

    /// The PINs that a step splits, such as `user PIN of primary`, with the quorum that gets the shares.
    private static Map<String, String> splits(Step step) {
        var splits = new LinkedHashMap<String, String>();
        switch (step) {
            case Step.InitialiseToken s -> {
                if (s.soPinBy() instanceof Step.PinHolder.Cards(var quorum)) {
                    splits.put(PinKind.SECURITY_OFFICER.wire() + " PIN of " + s.token(), quorum);
                }
                if (s.userPinBy() instanceof Step.PinHolder.Cards(var quorum)) {
                    splits.put(PinKind.USER.wire() + " PIN of " + s.token(), quorum);
                }
            }
            case Step.ChangePin s ->
                s.split().ifPresent(quorum -> splits.put(s.pin().wire() + " PIN of " + s.token(), quorum));
            default -> {}
        }
        return splits;
    }

    private static <S extends Step> Stream<S> steps(Script script, Class<S> kind) {
        return script.steps().filter(kind::isInstance).map(kind::cast);
    }
}
