package org.quorate.ceremony;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.quorate.base.Problem;
import org.quorate.ceremony.TestHsm.Killed;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenSession;
import org.quorate.ledger.Draft;
import org.quorate.ledger.Ledger;

/// Breaks one call off, on its way to a real ledger or a real HSM or on its way back, and springs once.
final class Trap {
    enum Where {
        BEFORE,
        AFTER
    }

    /// How the caller notices: not at all, because it is dead, or by an answer that says nothing.
    enum How {
        KILLED,
        UNKNOWN,
        /// There is no room on the disk.
        FULL
    }

    private final Predicate<Object[]> call;
    private final String method;
    private final Where where;
    private final How how;
    private boolean sprung;

    private Trap(String method, Predicate<Object[]> call, Where where, How how) {
        this.method = method;
        this.call = call;
        this.where = where;
        this.how = how;
    }

    /// @param earlier how many calls of this kind pass before
    static Trap onCall(String method, int earlier, Where where, How how) {
        var passed = new AtomicInteger();
        return new Trap(method, arguments -> passed.getAndIncrement() >= earlier, where, how);
    }

    /// @param draft the entry at whose writing it springs
    static Trap onEntry(Predicate<Draft> draft, Where where) {
        return new Trap(
                "append", arguments -> arguments[0] instanceof Draft entry && draft.test(entry), where, How.KILLED);
    }

    /// As if the disk were full when the entry is to be written.
    static Trap full(Predicate<Draft> draft) {
        return new Trap(
                "append",
                arguments -> arguments[0] instanceof Draft entry && draft.test(entry),
                Where.BEFORE,
                How.FULL);
    }

    boolean sprung() {
        return sprung;
    }

    Ledger around(Ledger real) {
        return guarded(Ledger.class, real);
    }

    Hsm around(Hsm real) {
        return guarded(Hsm.class, real);
    }

    private <T> T guarded(Class<T> type, T real) {
        InvocationHandler handler = (proxy, called, arguments) -> {
            Object[] given = Optional.ofNullable(arguments).orElseGet(() -> new Object[0]);
            return invoke(real, called, given);
        };
        return type.cast(Proxy.newProxyInstance(Trap.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object invoke(Object real, Method called, Object[] arguments) throws Throwable {
        boolean here = !sprung && called.getName().equals(method) && call.test(arguments);
        sprung |= here;
        if (here && where == Where.BEFORE) {
            return broken();
        }
        Object answer;
        try {
            answer = called.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        return here ? broken() : passedOn(answer);
    }

    private Object broken() {
        return switch (how) {
            case KILLED -> throw new Killed();
            case FULL -> throw Problem.of("ledger.full").asException();
            case UNKNOWN -> new Outcome.Unknown<>(method, "the host was lost");
        };
    }

    /// Tokens and sessions that come out of a guarded HSM are guarded too.
    private Object passedOn(Object answer) {
        return switch (answer) {
            case List<?> list
            when !list.isEmpty() && list.getFirst() instanceof Token ->
                list.stream().map(token -> guarded(Token.class, (Token) token)).toList();
            case Outcome.Done<?>(TokenSession session) -> new Outcome.Done<>(guarded(TokenSession.class, session));
            case null -> answer;
            default -> answer;
        };
    }
}
