package org.quorate.hsm.pkcs11;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/// Calls the module in this very process; only a [ModuleHost] does that.
final class NativeCryptoki extends NativeObjects {
    private NativeCryptoki(NativeLibrary lib, Downcalls calls) {
        super(lib, calls);
    }

    /// Loads the module and calls C_Initialize.
    ///
    /// @throws HostFailure where it is not a module that can be used here
    static NativeCryptoki open(String path, String functionList, Optional<String> reserved, CallObserver observer) {
        NativeLibrary lib = NativeLibrary.load(path, functionList);
        var calls = new Downcalls(observer);
        try (var s = new Scratch()) {
            MemorySegment args = Abi.initializeArgs(s, reserved);
            long rv = calls.call(
                    "C_Initialize", () -> (long) lib.shape("P").invokeExact(lib.address("C_Initialize"), args));
            if (rv != Ck.CKR_OK && rv != Ck.CKR_CRYPTOKI_ALREADY_INITIALIZED) {
                throw new HostFailure(HostFailure.Kind.NOT_INITIALISED, Names.rv(rv));
            }
        }
        return new NativeCryptoki(lib, calls);
    }

    void finish() {
        MemorySegment none = MemorySegment.NULL;
        calls.call("C_Finalize", () -> (long) lib.shape("P").invokeExact(lib.address("C_Finalize"), none));
    }

    @Override
    public long generateKey(long session, Mech mechanism, List<Attr> template) {
        try (var s = new Scratch()) {
            MemorySegment how = Abi.mechanism(s, mechanism);
            MemorySegment array = Abi.template(s, template);
            MemorySegment out = s.number();
            calls.must("C_GenerateKey", () -> (long) lib.shape("JPPJP")
                    .invokeExact(lib.address("C_GenerateKey"), session, how, array, (long) template.size(), out));
            return Abi.number(out, 0);
        }
    }

    @Override
    public PairHandles generateKeyPair(long session, Mech mechanism, List<Attr> publicHalf, List<Attr> privateHalf) {
        try (var s = new Scratch()) {
            MemorySegment how = Abi.mechanism(s, mechanism);
            MemorySegment open = Abi.template(s, publicHalf);
            MemorySegment closed = Abi.template(s, privateHalf);
            long opens = publicHalf.size();
            long closeds = privateHalf.size();
            MemorySegment first = s.number();
            MemorySegment second = s.number();
            calls.must("C_GenerateKeyPair", () -> (long) lib.shape("JPPJPJPP")
                    .invokeExact(
                            lib.address("C_GenerateKeyPair"),
                            session,
                            how,
                            open,
                            opens,
                            closed,
                            closeds,
                            first,
                            second));
            return new PairHandles(Abi.number(first, 0), Abi.number(second, 0));
        }
    }

    @Override
    public byte[] wrapKey(long session, Mech mechanism, long wrappingKey, long key) {
        try (var s = new Scratch()) {
            MemorySegment how = Abi.mechanism(s, mechanism);
            return calls.output(s, "C_WrapKey", 0, (buffer, length) -> (long) lib.shape("JPJJPP")
                    .invokeExact(lib.address("C_WrapKey"), session, how, wrappingKey, key, buffer, length));
        }
    }

    @Override
    public long unwrapKey(long session, Mech mechanism, long unwrappingKey, byte[] wrapped, List<Attr> template) {
        try (var s = new Scratch()) {
            MemorySegment how = Abi.mechanism(s, mechanism);
            MemorySegment in = s.bytes(wrapped);
            MemorySegment array = Abi.template(s, template);
            long inLength = wrapped.length;
            long count = template.size();
            MemorySegment out = s.number();
            calls.must("C_UnwrapKey", () -> (long) lib.shape("JPJPJPJP")
                    .invokeExact(
                            lib.address("C_UnwrapKey"), session, how, unwrappingKey, in, inLength, array, count, out));
            return Abi.number(out, 0);
        }
    }

    @Override
    public long deriveKey(long session, Mech mechanism, long baseKey, List<Attr> template) {
        try (var s = new Scratch()) {
            MemorySegment how = Abi.mechanism(s, mechanism);
            MemorySegment array = Abi.template(s, template);
            MemorySegment out = s.number();
            calls.must("C_DeriveKey", () -> (long) lib.shape("JPJPJP")
                    .invokeExact(
                            lib.address("C_DeriveKey"), session, how, baseKey, array, (long) template.size(), out));
            return Abi.number(out, 0);
        }
    }

    @Override
    public byte[] sign(long session, Mech mechanism, long key, byte[] data) {
        return crypt("C_SignInit", "C_Sign", new Work(session, mechanism, key, data));
    }

    @Override
    public byte[] signWithPin(long session, Mech mechanism, long key, byte[] data, byte[] pin) {
        try (var s = new Scratch()) {
            initialise(s, "C_SignInit", new Work(session, mechanism, key, data));
            login(session, Ck.CKU_CONTEXT_SPECIFIC, pin);
            return part(s, "C_Sign", session, data);
        }
    }

    @Override
    public boolean verify(long session, Mech mechanism, long key, byte[] data, byte[] signature) {
        try (var s = new Scratch()) {
            initialise(s, "C_VerifyInit", new Work(session, mechanism, key, data));
            MemorySegment in = s.message(data);
            MemorySegment sig = s.bytes(signature);
            long rv = calls.call("C_Verify", () -> (long)
                    lib.shape("JPJPJ").invokeExact(lib.address("C_Verify"), session, in, (long) data.length, sig, (long)
                            signature.length));
            if (rv == Ck.CKR_SIGNATURE_INVALID || rv == Ck.CKR_SIGNATURE_LEN_RANGE) {
                return false;
            }
            Downcalls.refuseUnlessOk("C_Verify", rv);
            return true;
        }
    }

    @Override
    public byte[] encrypt(long session, Mech mechanism, long key, byte[] data) {
        return crypt("C_EncryptInit", "C_Encrypt", new Work(session, mechanism, key, data));
    }

    @Override
    public byte[] decrypt(long session, Mech mechanism, long key, byte[] data) {
        return crypt("C_DecryptInit", "C_Decrypt", new Work(session, mechanism, key, data));
    }

    @Override
    public byte[] digest(long session, Mech mechanism, byte[] data) {
        try (var s = new Scratch()) {
            MemorySegment how = Abi.mechanism(s, mechanism);
            calls.must("C_DigestInit", () ->
                    (long) lib.shape("JP").invokeExact(lib.address("C_DigestInit"), session, how));
            return part(s, "C_Digest", session, data);
        }
    }

    @Override
    public byte[] random(long session, int length) {
        try (var s = new Scratch()) {
            MemorySegment out = s.allocate(length, 1);
            calls.must("C_GenerateRandom", () ->
                    (long) lib.shape("JPJ").invokeExact(lib.address("C_GenerateRandom"), session, out, (long) length));
            return out.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    @Override
    public void seedRandom(long session, byte[] seed) {
        try (var s = new Scratch()) {
            MemorySegment in = s.bytes(seed);
            calls.must("C_SeedRandom", () ->
                    (long) lib.shape("JPJ").invokeExact(lib.address("C_SeedRandom"), session, in, (long) seed.length));
        }
    }

    private record Work(long session, Mech mechanism, long key, byte[] data) {}

    private byte[] crypt(String init, String function, Work work) {
        try (var s = new Scratch()) {
            initialise(s, init, work);
            return part(s, function, work.session(), work.data());
        }
    }

    private void initialise(Scratch s, String init, Work work) {
        MemorySegment how = Abi.mechanism(s, work.mechanism());
        calls.must(init, () -> (long) lib.shape("JPJ").invokeExact(lib.address(init), work.session(), how, work.key()));
    }

    private byte[] part(Scratch s, String function, long session, byte[] data) {
        MemorySegment in = s.message(data);
        return calls.output(s, function, data.length, (buffer, length) -> (long)
                lib.shape("JPJPP").invokeExact(lib.address(function), session, in, (long) data.length, buffer, length));
    }
}
