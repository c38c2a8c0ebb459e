package org.quorate.ceremony;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.quorate.LongForm;
import org.quorate.card.OpenAnswer;
import org.quorate.ceremony.TestHsm.Killed;
import org.quorate.ceremony.Trap.Where;
import org.quorate.ledger.Draft;
import org.quorate.ledger.EntryType;

/// One place at which a ceremony is broken off, counted from its first write or its first call of a card.
record Break(How how, int at) {
    enum How {
        NOWHERE,
        KILLED_BEFORE_A_WRITE,
        KILLED_AFTER_A_WRITE,
        DISK_FULL,
        KILLED_BEFORE_A_CARD_ACTS,
        KILLED_AFTER_A_CARD_ACTED,
        CARD_PULLED_BEFORE_IT_ACTS,
        CARD_PULLED_AFTER_IT_ACTED
    }

    static final Break NOWHERE = new Break(How.NOWHERE, 0);

    /// All that make a difference: after one write and before the next there is mostly nothing, so that the long form
    /// alone has both sides of each.
    static List<Break> all(Count count) {
        var all = new ArrayList<Break>();
        at(count.writes, 1).forEach(at -> all.add(new Break(How.KILLED_BEFORE_A_WRITE, at)));
        at(count.writes, LongForm.either(6, 1)).forEach(at -> all.add(new Break(How.KILLED_AFTER_A_WRITE, at)));
        at(count.writes, LongForm.either(6, 1)).forEach(at -> all.add(new Break(How.DISK_FULL, at)));
        at(count.calls, LongForm.either(3, 1))
                .forEach(at -> all.add(new Break(How.KILLED_BEFORE_A_CARD_ACTS, at)));
        for (How how : List.of(
                How.KILLED_AFTER_A_CARD_ACTED, How.CARD_PULLED_BEFORE_IT_ACTS, How.CARD_PULLED_AFTER_IT_ACTED)) {
            at(count.calls, 1).forEach(at -> all.add(new Break(how, at)));
        }
        return all;
    }

    private static Stream<Integer> at(int most, int every) {
        return IntStream.rangeClosed(1, most).filter(at -> at % every == 0).boxed();
    }

    /// Whether the console is gone, and with it all that it had in memory.
    boolean stops() {
        return !Set.of(How.NOWHERE, How.CARD_PULLED_BEFORE_IT_ACTS, How.CARD_PULLED_AFTER_IT_ACTED)
                .contains(how);
    }

    /// What a ceremony wrote and asked so far.
    static final class Count {
        int writes;
        int calls;
        /// The entry at whose writing it was broken off.
        Optional<Draft> broken = Optional.empty();

        boolean broke(String observation) {
            return broken.filter(draft -> draft.type() == EntryType.OBSERVATION
                            && draft.data().string("name").equals(observation))
                    .isPresent();
        }
    }

    /// @param steps whose writes count
    Count lieInWait(TestRoom room, Set<String> steps) {
        var count = new Count();
        Trap trap = trap(draft -> {
            if (!steps.contains(draft.step().orElse(""))) {
                return false;
            }
            count.writes++;
            boolean here = ofWrites() && count.writes == at;
            if (here) {
                count.broken = Optional.of(draft);
            }
            return here;
        });
        room.books = trap.around(room.ledger);
        List.of(room.ann, room.bob, room.cem, room.wil).forEach(card -> card.line = line(count));
        return count;
    }

    private boolean ofWrites() {
        return how == How.KILLED_BEFORE_A_WRITE || how == How.KILLED_AFTER_A_WRITE || how == How.DISK_FULL;
    }

    private Trap trap(java.util.function.Predicate<Draft> at) {
        return how == How.DISK_FULL
                ? Trap.full(at)
                : Trap.onEntry(at, how == How.KILLED_AFTER_A_WRITE ? Where.AFTER : Where.BEFORE);
    }

    private TestCard.Line line(Count count) {
        return new TestCard.Line() {
            @Override
            <T> T call(Supplier<T> call, T pulledBefore, T pulledAfter) {
                boolean here = !ofWrites() && ++count.calls == at;
                return here ? broken(call, pulledBefore, pulledAfter) : call.get();
            }
        };
    }

    private <T> T broken(Supplier<T> call, T pulledBefore, T pulledAfter) {
        return switch (how) {
            case KILLED_BEFORE_A_CARD_ACTS -> throw new Killed();
            case KILLED_AFTER_A_CARD_ACTED -> {
                lost(call.get());
                throw new Killed();
            }
            case CARD_PULLED_BEFORE_IT_ACTS -> pulledBefore;
            case CARD_PULLED_AFTER_IT_ACTED -> {
                lost(call.get());
                yield pulledAfter;
            }
            default -> call.get();
        };
    }

    /// What never reached the console is not the console's to wipe.
    private static void lost(Object answer) {
        if (answer instanceof OpenAnswer.Opened(var secret)) {
            secret.close();
        }
    }

    /// Everything works again.
    static void over(TestRoom room) {
        room.books = room.ledger;
        List.of(room.ann, room.bob, room.cem, room.wil).forEach(card -> card.line = new TestCard.Line());
    }
}
