package org.quorate.ceremony;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.quorate.LongForm;
import org.quorate.card.OpenAnswer;
import org.quorate.ceremony.TestHsm.Effect;
import org.quorate.ceremony.TestHsm.Fault;
import org.quorate.ceremony.TestHsm.Killed;
import org.quorate.ceremony.TestHsm.Reply;
import org.quorate.ceremony.Trap.Where;
import org.quorate.ledger.Draft;
import org.quorate.ledger.EntryType;

/// One place at which a ceremony is broken off, counted from its first write, its first call of a card or its first act
/// on an HSM.
record Break(How how, int at) {
    enum How {
        NOWHERE,
        KILLED_BEFORE_A_WRITE,
        KILLED_AFTER_A_WRITE,
        DISK_FULL,
        KILLED_BEFORE_A_CARD_ACTS,
        KILLED_AFTER_A_CARD_ACTED,
        CARD_PULLED_BEFORE_IT_ACTS,
        CARD_PULLED_AFTER_IT_ACTED,
        HSM_REFUSES,
        HSM_ANSWER_LOST_BEFORE_IT_ACTS,
        HSM_ANSWER_LOST_AFTER_IT_ACTED,
        KILLED_BEFORE_THE_HSM_ACTS,
        KILLED_AFTER_THE_HSM_ACTED
    }

    static final Break NOWHERE = new Break(How.NOWHERE, 0);

    private static final int FEW = 15;
    private static final List<How> OF_WRITES =
            List.of(How.KILLED_BEFORE_A_WRITE, How.KILLED_AFTER_A_WRITE, How.DISK_FULL);
    private static final List<How> OF_CARDS = List.of(
            How.KILLED_AFTER_A_CARD_ACTED,
            How.CARD_PULLED_BEFORE_IT_ACTS,
            How.CARD_PULLED_AFTER_IT_ACTED,
            How.KILLED_BEFORE_A_CARD_ACTS);

    private static final Map<How, Fault> OF_HSM = new EnumMap<>(Map.of(
            How.HSM_REFUSES, new Fault(Effect.NOTHING, Reply.REFUSED),
            How.HSM_ANSWER_LOST_BEFORE_IT_ACTS, new Fault(Effect.NOTHING, Reply.UNKNOWN),
            How.HSM_ANSWER_LOST_AFTER_IT_ACTED, new Fault(Effect.ALL, Reply.UNKNOWN),
            How.KILLED_BEFORE_THE_HSM_ACTS, new Fault(Effect.NOTHING, Reply.KILLED),
            How.KILLED_AFTER_THE_HSM_ACTED, new Fault(Effect.ALL, Reply.KILLED)));

    /// Each place in each way. The short form has each in one of them; of many writes, and of those before an act on an
    /// HSM, every second; and the answers of an HSM where no other test has them.
    ///
    /// @param signing whether it is an HSM's signature that the ceremony is about
    static List<Break> all(Count count, boolean signing) {
        int every = LongForm.wanted() || count.writes <= FEW && !signing ? 1 : 2;
        return Stream.of(
                        all(count.writes, every, OF_WRITES),
                        all(count.calls, 1, OF_CARDS),
                        IntStream.rangeClosed(1, LongForm.wanted() || signing ? count.intents : 0)
                                .boxed()
                                .flatMap(at -> OF_HSM.keySet().stream().map(how -> new Break(how, at))))
                .flatMap(breaks -> breaks)
                .toList();
    }

    private static Stream<Break> all(int places, int every, List<How> hows) {
        return IntStream.rangeClosed(1, places)
                .filter(at -> at % every == 0)
                .boxed()
                .flatMap(at -> (LongForm.wanted() ? hows : List.of(hows.get(at / every % hows.size())))
                        .stream().map(how -> new Break(how, at)));
    }

    /// Whether the console is gone, and with it all that it had in memory.
    boolean stops() {
        return ofWrites() || how.name().startsWith("KILLED");
    }

    /// What a ceremony wrote and asked so far.
    static final class Count {
        int writes;
        int calls;
        int intents;
        /// The entry at whose writing it was broken off.
        Optional<Draft> broken = Optional.empty();

        boolean broke(String observation) {
            return broken.filter(draft -> draft.type() == EntryType.OBSERVATION
                            && draft.data().string("name").equals(observation))
                    .isPresent();
        }
    }

    /// @param steps whose writes count
    /// @param hsm that acts
    Count lieInWait(TestRoom room, Predicate<String> steps, TestHsm hsm) {
        var count = new Count();
        room.ledger.onAppend(entry -> {
            if (entry.is(EntryType.INTENT) && steps.test(entry.step().orElseThrow()) && ++count.intents == at) {
                hsm.fault = Optional.ofNullable(OF_HSM.get(how));
            }
        });
        Trap trap = trap(draft -> {
            if (!draft.step().map(steps::test).orElse(false)) {
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
        return OF_WRITES.contains(how);
    }

    private Trap trap(Predicate<Draft> at) {
        return how == How.DISK_FULL
                ? Trap.full(at)
                : Trap.onEntry(at, how == How.KILLED_AFTER_A_WRITE ? Where.AFTER : Where.BEFORE);
    }

    private TestCard.Line line(Count count) {
        return new TestCard.Line() {
            @Override
            <T> T call(Supplier<T> call, T pulledBefore, T pulledAfter) {
                boolean here = ++count.calls == at && OF_CARDS.contains(how);
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
