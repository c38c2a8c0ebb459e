package org.quorate.ceremony;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.quorate.app.site.Trees;
import org.quorate.hsm.Hsm;

/// A room with a real SoftHSM of two tokens; people can leave it and enter it again, and all is gone at the end.
final class RealRoom implements AutoCloseable {
    private final Path folder;
    private final TwoTokens tokens = TwoTokens.make();
    private Optional<TestRoom> room = Optional.empty();
    private Optional<Hsm> hsm = Optional.empty();

    /// @param folder where the ledger lies
    RealRoom(Path folder) {
        this.folder = folder;
    }

    TwoTokens tokens() {
        return tokens;
    }

    /// The HSM of those who are in the room.
    Hsm hsm() {
        return hsm.orElseThrow();
    }

    TestRoom enter(String... steps) {
        leave();
        Hsm real = tokens.open();
        hsm = Optional.of(real);
        var entered = new TestRoom(folder, real, tokens.serials(), steps);
        room = Optional.of(entered);
        return entered;
    }

    private void leave() {
        room.ifPresent(TestRoom::close);
        hsm.ifPresent(Hsm::close);
        room = Optional.empty();
        hsm = Optional.empty();
    }

    @Override
    public void close() throws IOException {
        leave();
        Trees.delete(tokens.folder());
    }
}
