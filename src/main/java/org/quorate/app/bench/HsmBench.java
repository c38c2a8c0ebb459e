package org.quorate.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.quorate.app.site.Trees;
import org.quorate.base.Json;
import org.quorate.base.Problem;
import org.quorate.base.Secret;
import org.quorate.base.Texts;
import org.quorate.hsm.InspectedObject;
import org.quorate.hsm.KeyId;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;
import org.quorate.hsm.ObjectClass;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenSession;
import org.quorate.hsm.pkcs11.HostCost;
import org.quorate.hsm.pkcs11.ModuleSettings;
import org.quorate.hsm.pkcs11.Pkcs11Hsm;

/// How fast a full token is listed, beside the tools that everybody has, and what a module in a process of its own
/// costs.
///
/// The tools are timed from their start to their end, which is how people use them; the console keeps its module open
/// and is timed for the list. Most of a tool's time is SoftHSM reading all files of its token when it is initialised,
/// so the other two figures are told too: both without that start, and both with it.
public final class HsmBench implements Bench {
    private static final int OBJECTS = 5_000;
    private static final int CALLS = 2_000;
    /// How often the console lists again in one session.
    private static final int LISTS = 8;
    /// The console lists a token at least so many times as fast as the faster tool, in hundredths.
    private static final long LIMIT = 400;

    private static final Set<String> FACTS = Set.of(
            "CKA_CLASS", "CKA_LABEL", "CKA_ID", "CKA_KEY_TYPE", "CKA_MODULUS_BITS", "CKA_EC_PARAMS", "CKA_VALUE_LEN");
    private static final String PIN = "12345678";

    private final Supplier<Path> module;
    private final int objects;

    /// @param module where SoftHSM's library is
    public HsmBench(Supplier<Path> module) {
        this(module, OBJECTS);
    }

    HsmBench(Supplier<Path> module, int objects) {
        this.module = module;
        this.objects = objects;
    }

    @Override
    public String name() {
        return "hsm";
    }

    @Override
    public Result measure(int runs, Consumer<String> progress) {
        try {
            Path folder = Files.createTempDirectory("quorate-bench");
            try {
                return measure(folder, runs, progress);
            } finally {
                Trees.delete(folder);
            }
        } catch (IOException e) {
            throw Problem.of("app.bench.hsm.not_measured").causedBy(e);
        }
    }

    private Result measure(Path folder, int runs, Consumer<String> progress) throws IOException {
        ModuleSettings settings = settings(folder);
        fill(folder, settings);
        progress.accept(Texts.get("app.bench.hsm.filled", objects));
        var tools = new PkcsTools(module.get(), settings.environment());
        var times = new HsmTimes();
        for (int run = 1; run <= runs; run++) {
            times.toolStart.add(tools.pkcs11Tool("-T"));
            times.tool.add(tools.pkcs11Tool("-O", "--token-label", "bench"));
            list(settings, times);
            HostCost cost = HostCost.measure(settings, CALLS);
            times.host.add(cost.hostNanos());
            times.own.add(cost.ownNanos());
            progress.accept(Texts.get("app.bench.hsm.run", run, runs));
        }
        times.p11tool.add(tools.p11tool("--list-all", "pkcs11:token=bench"));
        // Once more without all those files, which is what a host itself needs.
        ModuleSettings empty = settings(Files.createDirectory(folder.resolve("empty")));
        for (int run = 1; run <= runs; run++) {
            times.hostStart.add(HostCost.measure(empty, 1).startNanos());
        }
        return times.result(objects, LIMIT);
    }

    /// From nothing to the list, and then once more as the console does it while it is open.
    private void list(ModuleSettings settings, HsmTimes times) {
        long start = System.nanoTime();
        try (Pkcs11Hsm hsm = Pkcs11Hsm.open(settings)) {
            long opened = System.nanoTime();
            try (TokenSession session = hsm.byLabel("bench")
                    .orElseThrow()
                    .open(new Token.Login.None())
                    .orThrow()) {
                require(session.inspect(FACTS));
                times.cold.add(System.nanoTime() - start);
                times.coldStart.add(opened - start);
                for (int i = 0; i < LISTS; i++) {
                    long again = System.nanoTime();
                    require(session.inspect(FACTS));
                    times.warm.add(System.nanoTime() - again);
                }
            }
        }
    }

    private void require(List<InspectedObject> list) {
        boolean whole = list.stream()
                .allMatch(object -> object.key().isPresent() && !object.id().isEmpty());
        if (list.size() != objects || !whole) {
            throw new IllegalStateException(list.size() + " objects were listed, or not all with their facts");
        }
    }

    private ModuleSettings settings(Path folder) throws IOException {
        Path tokens = Files.createDirectories(folder.resolve("tokens"));
        Path conf = Files.writeString(
                folder.resolve("softhsm2.conf"),
                "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        return ModuleSettings.of(module.get(), Map.of("SOFTHSM2_CONF", conf.toString()));
    }

    /// Two public keys are made, and their files copied until there are enough: to make so many by
    /// C_GenerateKeyPair takes minutes.
    private void fill(Path folder, ModuleSettings settings) throws IOException {
        try (Pkcs11Hsm hsm = Pkcs11Hsm.open(settings);
                Secret so = pin();
                Secret user = pin()) {
            TokenInfo made = hsm.tokens().getFirst().initialise(so, "bench").orThrow();
            Token token = hsm.bySerial(made.serial()).orElseThrow();
            token.setUserPin(so, user).orThrow();
            try (TokenSession session = token.open(new Token.Login.User(user)).orThrow()) {
                for (KeySpec.Pair spec : List.of(new KeySpec.Ec(KeySpec.Curve.P256), new KeySpec.Rsa(2048))) {
                    var id = new KeyId("%032x".formatted(spec.text().length()));
                    session.generateKeyPair(
                                    spec,
                                    id,
                                    KeyPurpose.SIGNING.publicHalf(spec.text()),
                                    KeyPurpose.SIGNING.privateHalf(spec.text()))
                            .orThrow();
                    session.find(id, ObjectClass.PRIVATE_KEY).ifPresent(session::destroy);
                }
            }
        }
        copy(folder.resolve("tokens"));
    }

    private void copy(Path tokens) throws IOException {
        var keys = new ArrayList<Path>();
        try (Stream<Path> files = Files.walk(tokens)) {
            files.filter(file -> file.toString().endsWith(".object")
                            && !file.getFileName().toString().equals("token.object"))
                    .forEach(keys::add);
        }
        for (int i = keys.size(); i < objects; i++) {
            Path original = keys.get(i % 2);
            String name = UUID.randomUUID().toString();
            Files.copy(original, original.resolveSibling(name + ".object"));
            Files.createFile(original.resolveSibling(name + ".lock"));
        }
    }

    private static Secret pin() {
        return Secret.ofChars(PIN.toCharArray());
    }

    /// For people and programs alike.
    static Json.Arr millis(List<Long> nanos) {
        return Json.integers(nanos.stream().map(value -> value / 1_000_000).toList());
    }
}
