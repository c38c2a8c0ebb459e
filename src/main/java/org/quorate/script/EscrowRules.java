package org.quorate.script;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quorate.hsm.KeyPurpose;
import org.quorate.quorum.Quorum;
import org.quorate.script.Step.EscrowKey.Form;

/// Rules about keys whose shares people hold.
final class EscrowRules {
    static final Set<KeyPurpose> PURPOSES =
            Stream.of(KeyPurpose.values()).filter(KeyPurpose::canBeEscrowed).collect(Collectors.toUnmodifiableSet());

    private EscrowRules() {}

    /// The name of a quorum whose people hold shares by a step.
    private record Holding(Step.EscrowKey step, String quorum) {}

    static Stream<Finding> escrowToNobody(Script script, Places places) {
        return steps(script)
                .filter(step -> step.cards().isEmpty() && step.paper().isEmpty())
                .map(step -> Rule.ESCROW_TO_NOBODY.at(places.file(), places.step(step.id()), step.id(), step.key()));
    }

    /// One card or sheet that is lost would be the end of it.
    static Stream<Finding> escrowWithoutSpare(Script script, Places places) {
        return holdings(script)
                .filter(holding -> {
                    Quorum quorum = script.cast().quorum(holding.quorum());
                    return quorum.m() == Rules.eligible(script, quorum);
                })
                .map(holding -> Rule.ESCROW_WITHOUT_SPARE.at(
                        places.file(),
                        places.step(holding.step().id()),
                        holding.step().id(),
                        holding.step().key(),
                        holding.quorum()));
    }

    static Stream<Finding> custodyNotNamed(Script script, Places places) {
        return steps(script)
                .filter(step -> step.paper().isPresent() && step.custody().isEmpty())
                .map(step -> Rule.CUSTODY_NOT_NAMED.at(places.file(), places.step(step.id()), step.id()));
    }

    static Stream<Finding> custodyOfNothing(Script script, Places places) {
        return steps(script)
                .filter(step -> step.paper().isEmpty() && step.custody().isPresent())
                .map(step -> Rule.CUSTODY_OF_NOTHING.at(places.file(), places.step(step.id()), step.id()));
    }

    static Stream<Finding> witnessHoldsShare(Script script, Places places) {
        return holdings(script)
                .filter(holding -> script.cast()
                        .quorum(holding.quorum())
                        .roles()
                        .contains(holding.step().head().witnessedBy()))
                .map(holding -> Rule.WITNESS_HOLDS_SHARE.at(
                        places.file(),
                        places.step(holding.step().id()),
                        holding.step().head().witnessedBy(),
                        holding.step().id(),
                        holding.quorum()));
    }

    private static Stream<Holding> holdings(Script script) {
        return steps(script)
                .flatMap(step -> Stream.of(Form.values())
                        .flatMap(form -> step.holders(form).stream())
                        .map(quorum -> new Holding(step, quorum)));
    }

    private static Stream<Step.EscrowKey> steps(Script script) {
        return script.steps().filter(Step.EscrowKey.class::isInstance).map(Step.EscrowKey.class::cast);
    }
}
