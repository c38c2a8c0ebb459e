package org.quorate.hsm.pkcs11;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.quorate.app.site.Trees;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.SoftHsm;

/// A SoftHSM behind a module that fails when a test wants it, for tests of other rooms.
public final class FaultyHsm implements AutoCloseable {
    private final Path folder;
    private final Shim shim;
    private final Pkcs11Hsm hsm;

    public FaultyHsm(SoftHsm behind) throws Exception {
        this(behind.folder(), Map.of());
    }

    private FaultyHsm(Path tokens, Map<String, String> lies) throws Exception {
        folder = Files.createTempDirectory("faulty");
        shim = new Shim(folder);
        hsm = Pkcs11Hsm.open(shim.settings(tokens, lies));
    }

    /// One whose tokens, which lie in `tokens`, do not wrap by the mechanism of that number.
    public static FaultyHsm without(long mechanism, Path tokens) throws Exception {
        return new FaultyHsm(tokens, Map.of("SHIM_WITHOUT", String.valueOf(mechanism)));
    }

    public Hsm hsm() {
        return hsm;
    }

    /// The next call of `function` takes the module down.
    public void crashesAt(String function) {
        shim.plan(function, 1, "crash", 0);
    }

    @Override
    public void close() throws Exception {
        hsm.close();
        Trees.delete(folder);
    }
}
