package org.quorate.hsm.pkcs11;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A loaded module and the ways into it. It is loaded with RTLD_DEEPBIND because otherwise a module may bind to symbols
/// of the JVM (tpm2-pkcs11's `verify` does, and the JVM dies).
@SuppressWarnings("restricted") // this is where Java meets C
final class NativeLibrary {
    private static final int RTLD_NOW_DEEPBIND = 0x2 | 0x8;
    private static final Linker LINKER = Linker.nativeLinker();

    private final MemorySegment library;
    private final MemorySegment functions;
    private final Map<String, MethodHandle> shapes = new HashMap<>();
    private final Map<String, MemorySegment> addresses = new HashMap<>();

    private NativeLibrary(MemorySegment library, MemorySegment functions) {
        this.library = library;
        this.functions = functions;
    }

    /// @param functionList the function that gives the list of all others
    /// @throws HostFailure where the file does not load or has no such function
    static NativeLibrary load(String path, String functionList) {
        try (var scratch = new Scratch()) {
            // Bound first: looking a symbol up would itself clear the reason that dlerror tells.
            MethodHandle dlerror = libc("dlerror", "P");
            MemorySegment library =
                    (MemorySegment) libc("dlopen", "PPI").invokeExact(scratch.allocateFrom(path), RTLD_NOW_DEEPBIND);
            if (library.equals(MemorySegment.NULL)) {
                throw new HostFailure(HostFailure.Kind.NOT_LOADED, loaderError(dlerror));
            }
            MemorySegment entry = symbol(library, functionList)
                    .orElseThrow(
                            () -> new HostFailure(HostFailure.Kind.NOT_PKCS11, "it has no function " + functionList));
            MemorySegment list = scratch.allocate(ValueLayout.ADDRESS);
            long rv = (long) LINKER.downcallHandle(descriptor("JP")).invokeExact(entry, list);
            if (rv != Ck.CKR_OK) {
                throw new HostFailure(HostFailure.Kind.NOT_PKCS11, functionList + " answered " + Names.rv(rv));
            }
            return new NativeLibrary(library, list.get(ValueLayout.ADDRESS, 0));
        } catch (Throwable e) {
            throw passOn(e);
        }
    }

    /// From now on what the module prints to standard output goes to standard error, away from the frames.
    static void standardOutputToError() {
        try {
            int fd = (int) libc("dup2", "III").invokeExact(2, 1);
            if (fd != 1) {
                throw new HostFailure(HostFailure.Kind.NOT_LOADED, "standard output cannot be moved away");
            }
        } catch (Throwable e) {
            throw passOn(e);
        }
    }

    /// The way into a function whose parameters are `parameters`: J a CK_ULONG, P a pointer, B a CK_BBOOL. The address
    /// comes first; the answer is a CK_RV.
    MethodHandle shape(String parameters) {
        return shapes.computeIfAbsent(parameters, p -> LINKER.downcallHandle(descriptor("J" + p)));
    }

    MemorySegment address(String function) {
        return addresses.computeIfAbsent(function, this::bind);
    }

    /// Whether the library exports `function` by its name.
    boolean exports(String function) {
        return symbol(library, function).isPresent();
    }

    private static Optional<MemorySegment> symbol(MemorySegment library, String name) {
        try (var scratch = new Scratch()) {
            MemorySegment address =
                    (MemorySegment) libc("dlsym", "PPP").invokeExact(library, scratch.allocateFrom(name));
            return Optional.of(address).filter(found -> !found.equals(MemorySegment.NULL));
        } catch (Throwable e) {
            throw passOn(e);
        }
    }

    private MemorySegment bind(String function) {
        MemorySegment address = Abi.EXTENSIONS.contains(function)
                ? symbol(library, function).orElse(MemorySegment.NULL)
                : Abi.function(functions, function);
        if (address.equals(MemorySegment.NULL)) {
            throw new CkException(function, Ck.CKR_FUNCTION_NOT_SUPPORTED);
        }
        return address;
    }

    private static MethodHandle libc(String name, String shape) {
        MemorySegment address = LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new HostFailure(HostFailure.Kind.NOT_LOADED, "this platform has no " + name));
        return LINKER.downcallHandle(address, descriptor(shape));
    }

    private static FunctionDescriptor descriptor(String shape) {
        MemoryLayout[] layouts = shape.chars()
                .mapToObj(c -> switch (c) {
                    case 'J' -> ValueLayout.JAVA_LONG;
                    case 'I' -> ValueLayout.JAVA_INT;
                    case 'B' -> ValueLayout.JAVA_BYTE;
                    case 'P' -> ValueLayout.ADDRESS;
                    default -> throw new IllegalArgumentException("no layout for " + (char) c);
                })
                .toArray(MemoryLayout[]::new);
        return FunctionDescriptor.of(layouts[0]).appendArgumentLayouts(Arrays.copyOfRange(layouts, 1, layouts.length));
    }

    private static String loaderError(MethodHandle dlerror) throws Throwable {
        MemorySegment text = (MemorySegment) dlerror.invokeExact();
        return Optional.of(text)
                .filter(t -> !t.equals(MemorySegment.NULL))
                .map(t -> t.reinterpret(4096).getString(0))
                .orElse("the loader gives no reason");
    }

    /// What a downcall throws is a bug of this binding, never an answer of the module.
    static RuntimeException passOn(Throwable e) {
        return switch (e) {
            case RuntimeException known -> known;
            case Error error -> throw error;
            default -> new IllegalStateException(e);
        };
    }
}
