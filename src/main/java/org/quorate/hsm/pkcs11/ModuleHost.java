package org.quorate.hsm.pkcs11;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The process that loads a module. It serves one frame after the other until its standard input ends, and then dies
/// at once: it must not outlive the console, whatever the module is doing at that moment.
public final class ModuleHost {
    /// Loads the module: its path, the function that gives its list, and the init string if there is one.
    static final String START = "start";
    /// C_Finalize, before a peaceful end.
    static final String FINISH = "finish";

    private final List<Frames.Logged> log = new ArrayList<>();
    private final Map<String, Method> methods = new HashMap<>();
    private @Nullable NativeCryptoki cryptoki;

    private ModuleHost() {
        for (Method method : Cryptoki.class.getMethods()) {
            methods.put(method.getName(), method);
        }
    }

    public static void main(String[] arguments) throws IOException {
        var out = new FileOutputStream("/proc/self/fd/1");
        NativeLibrary.standardOutputToError();
        var requests = new LinkedBlockingQueue<Frames.Request>();
        Thread.ofPlatform().daemon().name("module").start(() -> serve(requests, out));
        try (InputStream in = new FileInputStream(FileDescriptor.in)) {
            while (true) {
                requests.add(Frames.read(in, Frames.Request.class));
            }
        } catch (IOException end) {
            Runtime.getRuntime().halt(0);
        }
    }

    private static void serve(LinkedBlockingQueue<Frames.Request> requests, OutputStream out) {
        var host = new ModuleHost();
        try {
            while (true) {
                Frames.Request request = requests.take();
                Frames.write(out, host.answer(request));
                wipe(request.arguments());
            }
        } catch (IOException | InterruptedException end) {
            Runtime.getRuntime().halt(1);
        }
    }

    private Frames.Answer answerTo(Frames.Request request) throws ReflectiveOperationException {
        if (request.method().equals(START)) {
            String path = String.valueOf(request.arguments().get(0));
            String functionList = String.valueOf(request.arguments().get(1));
            Optional<String> reserved = request.arguments().get(2) instanceof Optional<?> text
                    ? text.map(String::valueOf)
                    : Optional.empty();
            cryptoki = NativeCryptoki.open(path, functionList, reserved, this::called);
            return new Frames.Answer.Value(drain(), null);
        }
        NativeCryptoki module = cryptoki;
        if (module == null) {
            return new Frames.Answer.Broken(drain(), "no module is loaded");
        }
        if (request.method().equals(FINISH)) {
            module.finish();
            return new Frames.Answer.Value(drain(), null);
        }
        Method method = methods.get(request.method());
        if (method == null) {
            return new Frames.Answer.Broken(drain(), "no such call: " + request.method());
        }
        Object value = method.invoke(module, request.arguments().toArray());
        return new Frames.Answer.Value(drain(), value);
    }

    private Frames.Answer answer(Frames.Request request) {
        try {
            return answerTo(request);
        } catch (InvocationTargetException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException | RuntimeException e) {
            return failed(e);
        }
    }

    private Frames.Answer failed(Throwable e) {
        return switch (e) {
            case CkException refused -> new Frames.Answer.Refusal(drain(), refused.function(), refused.rv());
            case HostFailure failure ->
                new Frames.Answer.Failure(drain(), failure.kind().name(), failure.detail());
            default -> new Frames.Answer.Broken(drain(), String.valueOf(e.getMessage()));
        };
    }

    /// Thousands of equal calls, such as a list of objects needs, become one line.
    private void called(String function, long rv, long nanos) {
        if (!log.isEmpty()
                && log.getLast().rv() == rv
                && log.getLast().function().equals(function)) {
            Frames.Logged before = log.removeLast();
            log.add(new Frames.Logged(function, rv, before.nanos() + nanos, before.times() + 1));
        } else {
            log.add(new Frames.Logged(function, rv, nanos, 1));
        }
    }

    private List<Frames.Logged> drain() {
        var lines = List.copyOf(log);
        log.clear();
        return lines;
    }

    /// PINs, and the values of keys.
    private static void wipe(List<@Nullable Object> arguments) {
        for (Object argument : arguments) {
            switch (argument) {
                case byte[] bytes -> Arrays.fill(bytes, (byte) 0);
                case Cryptoki.Attr(var type, var bytes) when Secrets.possible(type) -> Arrays.fill(bytes, (byte) 0);
                case List<?> list -> list.forEach(item -> wipe(Collections.singletonList(item)));
                case null, default -> {}
            }
        }
    }
}
