package org.quorate.hsm.pkcs11;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One run of a [ModuleHost], from its start to its end: when it is lost it stays lost, and whoever held it (a session)
/// learns so at the next call. Calls go one at a time.
final class HostProcess implements AutoCloseable {
    private static final int STDERR_KEPT = 4096;
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    /// What the reading thread saw: an answer, or the end of the process.
    private sealed interface Heard {
        record Reply(Frames.Answer answer) implements Heard {}

        record End(String why) implements Heard {}

        /// Nothing was heard in time.
        record Silence(String why) implements Heard {}
    }

    private final Process process;
    private final Deadlines deadlines;
    private final CallLog log;
    private final LinkedBlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final StringBuilder stderr = new StringBuilder();
    private Optional<String> lost = Optional.empty();
    private boolean silent;

    private HostProcess(Process process, Deadlines deadlines, CallLog log) {
        this.process = process;
        this.deadlines = deadlines;
        this.log = log;
        Thread.ofPlatform().daemon().name("module answers").start(this::listen);
        Thread.ofPlatform().daemon().name("module errors").start(this::drainErrors);
    }

    /// Starts the process, loads the module and initialises it.
    ///
    /// @throws HostFailure where the module cannot be used
    static HostProcess start(ModuleSettings settings, CallLog log) throws IOException {
        Process process = ChildJvm.of(ModuleHost.class, settings.environment()).start();
        var host = new HostProcess(process, settings.deadlines(), log);
        try {
            List<@Nullable Object> arguments =
                    List.of(settings.module().toString(), settings.functionList(), settings.initString());
            host.exchange(
                    new Frames.Request(ModuleHost.START, arguments),
                    "C_Initialize",
                    settings.deadlines().of(CallClass.START));
            return host;
        } catch (UnknownOutcomeException e) {
            HostFailure.Kind kind = host.silent ? HostFailure.Kind.HANGS : HostFailure.Kind.DIES;
            throw new HostFailure(kind, (e.why() + " " + host.firstWords()).strip());
        } catch (RuntimeException e) {
            host.kill("it could not be started");
            throw e;
        }
    }

    /// The module, as if it were here.
    Cryptoki cryptoki() {
        return (Cryptoki) Proxy.newProxyInstance(
                Cryptoki.class.getClassLoader(),
                new Class<?>[] {Cryptoki.class},
                (proxy, method, arguments) -> method.getDeclaringClass() == Object.class
                        ? ofObject(proxy, method, arguments)
                        : call(method, arguments));
    }

    synchronized boolean alive() {
        return lost.isEmpty() && process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /// The first words the process said to standard error, for when it did not start; later ones are not kept, since a
    /// module may print anything.
    String firstWords() {
        synchronized (stderr) {
            return stderr.toString().strip();
        }
    }

    @SuppressWarnings("ReferenceEquality") // a proxy equals itself and nothing else
    private static @Nullable Object ofObject(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "the module in its host";
        };
    }

    private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) {
        Call call = method.getAnnotation(Call.class);
        List<@Nullable Object> values = arguments == null ? List.of() : Arrays.asList(arguments);
        try {
            return exchange(new Frames.Request(method.getName(), values), call.value(), deadlines.of(call.within()));
        } catch (CkException e) {
            if (call.changes() && saysNothing(e.rv())) {
                throw new UnknownOutcomeException(e.function(), e.rvName() + ", which does not say what was done");
            }
            throw e;
        }
    }

    /// After these the token may or may not have acted (PKCS#11 v2.40, section 5.1); a number that nobody defined says
    /// as little.
    private static boolean saysNothing(long rv) {
        return rv == Ck.CKR_GENERAL_ERROR
                || rv == Ck.CKR_DEVICE_ERROR
                || rv == Ck.CKR_DEVICE_REMOVED
                || rv == Ck.CKR_FUNCTION_CANCELED
                || !Names.isRv(rv);
    }

    private synchronized @Nullable Object exchange(Frames.Request request, String function, Duration deadline) {
        if (lost.isPresent()) {
            throw new UnknownOutcomeException(function, "the session was lost earlier: " + lost.get());
        }
        long start = System.nanoTime();
        Heard answer = send(request, deadline);
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        return switch (answer) {
            case Heard.End(var why) -> throw nothingKnown(function, milliseconds, why);
            case Heard.Silence(var why) -> {
                silent = true;
                throw nothingKnown(function, milliseconds, why);
            }
            case Heard.Reply(var reply) -> value(reply, function, milliseconds);
        };
    }

    private UnknownOutcomeException nothingKnown(String function, long milliseconds, String why) {
        log.addUnknown(function, milliseconds);
        kill(why);
        return new UnknownOutcomeException(function, why);
    }

    private @Nullable Object value(Frames.Answer reply, String function, long milliseconds) {
        reply.log().forEach(log::add);
        return switch (reply) {
            case Frames.Answer.Value v -> v.value();
            case Frames.Answer.Refusal r -> throw new CkException(r.function(), r.rv());
            case Frames.Answer.Failure f -> throw new HostFailure(HostFailure.Kind.valueOf(f.kind()), f.detail());
            case Frames.Answer.Broken b ->
                throw nothingKnown(function, milliseconds, "the module's answer made no sense: " + b.why());
        };
    }

    private Heard send(Frames.Request request, Duration deadline) {
        try {
            Frames.write(process.getOutputStream(), request);
            Heard answer = heard.poll(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return answer != null ? answer : new Heard.Silence("no answer within " + deadline.toMillis() + " ms");
        } catch (IOException e) {
            return new Heard.End("the module host has ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Heard.End("the waiting was interrupted");
        }
    }

    private void listen() {
        try (InputStream in = process.getInputStream()) {
            while (true) {
                heard.add(new Heard.Reply(Frames.read(in, Frames.Answer.class)));
            }
        } catch (java.io.EOFException e) {
            heard.add(new Heard.End("the module host ended"));
        } catch (IOException e) {
            heard.add(new Heard.End(String.valueOf(e.getMessage())));
        }
    }

    private void drainErrors() {
        try (InputStream in = process.getErrorStream()) {
            byte[] some = new byte[1024];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                synchronized (stderr) {
                    int room = Math.min(n, STDERR_KEPT - stderr.length());
                    stderr.append(new String(some, 0, Math.max(0, room), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            return; // the process is gone, and so is what it would have said
        }
    }

    private synchronized void kill(String why) {
        if (lost.isEmpty()) {
            lost = Optional.of(why);
        }
        process.destroyForcibly();
    }

    /// C_Finalize, then the end of its standard input ends the process; one that does not go is killed.
    @Override
    public synchronized void close() {
        if (lost.isEmpty()) {
            send(new Frames.Request(ModuleHost.FINISH, List.of()), GOODBYE);
            kill("it was closed");
        }
    }
}
