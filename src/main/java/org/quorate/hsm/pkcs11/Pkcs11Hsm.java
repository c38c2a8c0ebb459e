package org.quorate.hsm.pkcs11;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.quorate.base.Digest;
import org.quorate.base.Problem;
import org.quorate.base.VisibleText;
import org.quorate.hsm.Hsm;
import org.quorate.hsm.ModuleInfo;
import org.quorate.hsm.Outcome;
import org.quorate.hsm.Token;
import org.quorate.hsm.TokenInfo;
import org.quorate.hsm.TokenRoom;

/// One module over one [HostProcess] at a time. On each token there is one session at a time: opening the next one ends
/// the one before, because login state belongs to token and process and is shared by all sessions, so that with two of
/// them a wrong PIN or a missing login would go unnoticed.
public final class Pkcs11Hsm implements Hsm {
    private final ModuleSettings settings;
    private final CallLog log = new CallLog();
    private final Map<Long, Pkcs11Session> sessions = new HashMap<>();
    private final KeyWrapMechanisms keyWrap = new KeyWrapMechanisms();
    private final ModuleInfo module;
    private final OaepHashes oaep = new OaepHashes();
    private final Map<String, String> rsaAes = new ConcurrentHashMap<>();
    private HostProcess host;
    private boolean closed;
    private boolean hadTokens;

    private Pkcs11Hsm(ModuleSettings settings) {
        this.settings = settings;
        Digest digest = digest(settings);
        this.host = start(settings, log);
        this.module = info(settings, digest, host);
    }

    /// Starts the module host.
    ///
    /// @throws org.quorate.base.ProblemException where the module cannot be used
    public static Pkcs11Hsm open(ModuleSettings settings) {
        return new Pkcs11Hsm(settings);
    }

    @Override
    public ModuleInfo module() {
        return module;
    }

    @Override
    public List<Token> tokens() {
        return infos().stream().<Token>map(info -> new Pkcs11Token(this, info)).toList();
    }

    @Override
    public List<String> emptySlots() {
        return Outcomes.of(() -> {
                    Cryptoki ck = cryptoki();
                    List<Long> full = ck.slots(true);
                    return ck.slots(false).stream()
                            .filter(slot -> !full.contains(slot))
                            .map(slot -> ck.slotInfo(slot).description())
                            .toList();
                })
                .orThrow();
    }

    @Override
    public Outcome<Optional<Long>> slotEvent() {
        return Outcomes.of(() -> cryptoki().slotEvent());
    }

    @Override
    public List<String> extensions() {
        return Outcomes.of(() -> cryptoki().extensions()).orThrow();
    }

    @Override
    public List<String> drainCallLog() {
        return log.drain();
    }

    @Override
    public synchronized void close() {
        closed = true;
        sessions.clear();
        host.close();
    }

    /// The process that serves now, for tests that look whether it outlives us.
    synchronized long hostPid() {
        return host.pid();
    }

    KeyWrapMechanisms keyWrap() {
        return keyWrap;
    }

    /// How RSA_AES was done last on that token.
    Optional<String> rsaAes(String serial) {
        return Optional.ofNullable(rsaAes.get(serial));
    }

    void usedRsaAes(String serial, String how) {
        rsaAes.put(serial, how);
    }

    OaepHashes oaep() {
        return oaep;
    }

    List<TokenInfo> infos() {
        Outcome<List<TokenInfo>> seen = Outcomes.of(() -> infos(cryptoki()));
        List<TokenInfo> found = (lostItsWay(seen) ? Outcomes.of(() -> infos(restarted())) : seen).orThrow();
        hadTokens |= !found.isEmpty();
        return found;
    }

    /// A module whose connection to its HSM broke never finds back by itself: it goes on answering with an error,
    /// or shows an empty list where there were tokens. In a fresh host it looks anew.
    private boolean lostItsWay(Outcome<List<TokenInfo>> seen) {
        return switch (seen) {
            case Outcome.Done<List<TokenInfo>>(var found) -> found.isEmpty() && hadTokens;
            case Outcome.Refused<List<TokenInfo>>(var function, var rv) -> rv.equals("CKR_DEVICE_ERROR");
            case Outcome.Unknown<List<TokenInfo>> unknown -> false;
        };
    }

    /// The module in a living host; a lost one is replaced.
    synchronized Cryptoki cryptoki() {
        if (closed) {
            throw new IllegalStateException("this HSM has been closed");
        }
        if (!host.alive()) {
            sessions.clear();
            if (!digest(settings).equals(module.digest())) {
                throw Problem.of("hsm.module_changed", settings.module()).asException();
            }
            host = start(settings, log);
        }
        return host.cryptoki();
    }

    /// The module in a fresh host. SoftHSM shows a new token at its old slot until the library is started again, while
    /// every other process already sees it at another; all sessions end.
    synchronized Cryptoki restarted() {
        sessions.values().forEach(Pkcs11Session::ended);
        sessions.clear();
        host.close();
        return cryptoki();
    }

    /// Where the token is now. A token without serial (most often one that is not initialised) is known by its slot
    /// alone; where several have one serial, the label decides.
    long slotOf(Cryptoki cryptoki, TokenInfo known) {
        List<TokenInfo> same = infos(cryptoki).stream()
                .filter(now -> known.serial().isEmpty()
                        ? now.serial().isEmpty()
                                && now.slot() == known.slot()
                                && now.initialised() == known.initialised()
                        : now.serial().equals(known.serial()))
                .toList();
        List<TokenInfo> meant = same.size() < 2
                ? same
                : same.stream().filter(now -> now.label().equals(known.label())).toList();
        if (meant.size() > 1) {
            throw Problem.of("hsm.serial_not_unique", known.serial(), meant.size())
                    .asException();
        }
        return meant.stream()
                .findFirst()
                .orElseThrow(() -> new CkException("C_GetSlotList", Ck.CKR_TOKEN_NOT_PRESENT))
                .slot();
    }

    List<TokenInfo> infos(Cryptoki cryptoki) {
        var infos = new ArrayList<TokenInfo>();
        for (long slot : cryptoki.slots(true)) {
            info(cryptoki, slot).ifPresent(infos::add);
        }
        return infos;
    }

    /// Empty where the slot was emptied since it was listed, or holds what the module does not recognise.
    private static Optional<TokenInfo> info(Cryptoki cryptoki, long slot) {
        try {
            Cryptoki.TokenData data = cryptoki.tokenInfo(slot);
            Cryptoki.TokenNames names = data.names();
            return Optional.of(new TokenInfo(
                    slot,
                    names.label(),
                    names.manufacturer(),
                    names.model(),
                    names.serial(),
                    data.versions().hardware(),
                    data.versions().firmware(),
                    Names.tokenFlags(data.flags()),
                    data.minPin(),
                    data.maxPin(),
                    room(data.counts())));
        } catch (CkException e) {
            return Optional.empty();
        }
    }

    private static TokenRoom room(Cryptoki.Counts counts) {
        return new TokenRoom(
                known(counts.maxSessions()),
                known(counts.sessions()),
                known(counts.freePublic()),
                known(counts.freePrivate()));
    }

    private static Optional<Long> known(long count) {
        return count < 0 ? Optional.empty() : Optional.of(count);
    }

    /// Ends whatever is open and logged in on the slot.
    synchronized void endSessions(Cryptoki cryptoki, long slot) {
        Pkcs11Session before = sessions.remove(slot);
        if (before != null) {
            before.ended();
        }
        Outcomes.ignoring(() -> cryptoki.closeAllSessions(slot));
    }

    synchronized void opened(long slot, Pkcs11Session session) {
        sessions.put(slot, session);
    }

    private static HostProcess start(ModuleSettings settings, CallLog log) {
        String path = settings.module().toString();
        try {
            return switch (ElfFile.of(settings.module())) {
                case NO_LIBRARY -> throw Problem.of("hsm.not_pkcs11", path).asException();
                case OTHER_ARCHITECTURE ->
                    throw Problem.of("hsm.wrong_architecture", path, System.getProperty("os.arch"))
                            .asException();
                case FITS -> HostProcess.start(settings, log);
            };
        } catch (HostFailure e) {
            throw problem(path, e).causedBy(e);
        } catch (IOException e) {
            throw Problem.of("hsm.host_not_started", path).causedBy(e);
        }
    }

    private static Problem problem(String path, HostFailure e) {
        return switch (e.kind()) {
            case NOT_LOADED -> Problem.of("hsm.not_loaded", path, VisibleText.of(e.detail()));
            case NOT_PKCS11 -> Problem.of("hsm.not_pkcs11", path);
            case NOT_INITIALISED -> Problem.of("hsm.not_initialised", path, e.detail());
            case DIES -> Problem.of("hsm.dies_at_start", path);
            case HANGS -> Problem.of("hsm.hangs_at_start", path);
        };
    }

    private static Digest digest(ModuleSettings settings) {
        try {
            return Digest.of(Files.readAllBytes(settings.module()));
        } catch (NoSuchFileException e) {
            throw Problem.of("hsm.no_module", settings.module()).causedBy(e);
        } catch (IOException e) {
            throw Problem.of("hsm.module_unreadable", settings.module()).causedBy(e);
        }
    }

    private static ModuleInfo info(ModuleSettings settings, Digest digest, HostProcess host) {
        Cryptoki.LibraryInfo info =
                Outcomes.of(() -> host.cryptoki().libraryInfo()).orThrow();
        return new ModuleInfo(
                settings.module().toString(),
                digest,
                info.cryptoki(),
                info.manufacturer(),
                info.description(),
                info.version());
    }
}
