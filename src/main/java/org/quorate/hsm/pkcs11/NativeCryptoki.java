package org.quorate.hsm.pkcs11;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Calls the module in this very process; only a [ModuleHost] does that.
final class NativeCryptoki extends NativeSlots {
    private static final int HANDLES_AT_ONCE = 256;

    private NativeCryptoki(NativeLibrary lib, Downcalls calls) {
        super(lib, calls);
    }

    /// Loads the module and calls C_Initialize.
    ///
    /// @throws HostFailure where it is not a module that can be used here
    static NativeCryptoki open(String path, Optional<String> reserved, CallObserver observer) {
        NativeLibrary lib = NativeLibrary.load(path);
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
    public List<Long> findObjects(long session, List<Attr> template) {
        try (var s = new Scratch()) {
            MemorySegment wanted = Abi.template(s, template);
            calls.must("C_FindObjectsInit", () -> (long) lib.shape("JPJ")
                    .invokeExact(lib.address("C_FindObjectsInit"), session, wanted, (long) template.size()));
            try {
                return foundObjects(session, s);
            } finally {
                calls.call("C_FindObjectsFinal", () ->
                        (long) lib.shape("J").invokeExact(lib.address("C_FindObjectsFinal"), session));
            }
        }
    }

    private List<Long> foundObjects(long session, Scratch s) {
        var found = new ArrayList<Long>();
        MemorySegment handles = s.allocate(ValueLayout.JAVA_LONG, HANDLES_AT_ONCE);
        MemorySegment count = s.number();
        while (true) {
            calls.must("C_FindObjects", () -> (long) lib.shape("JPJP")
                    .invokeExact(lib.address("C_FindObjects"), session, handles, (long) HANDLES_AT_ONCE, count));
            long n = Downcalls.within("C_FindObjects", Abi.number(count, 0), HANDLES_AT_ONCE);
            if (n == 0) {
                return found;
            }
            for (long i = 0; i < n; i++) {
                found.add(Abi.number(handles, i * Long.BYTES));
            }
        }
    }

    @Override
    public List<Attr> attributes(long session, long object, List<Long> types) {
        try (var s = new Scratch()) {
            MemorySegment array = Abi.question(s, types);
            readAttributes(session, object, array, types.size());
            for (int i = 0; i < types.size(); i++) {
                long length = Abi.length(array, i);
                if (length != Abi.UNAVAILABLE) {
                    long size = Downcalls.within("C_GetAttributeValue", length, Downcalls.LARGEST_VALUE);
                    Abi.setValue(array, i, s.allocate(size + 1, 1), size);
                }
            }
            MemorySegment lengths = s.allocate(array.byteSize(), 8).copyFrom(array);
            readAttributes(session, object, array, types.size());
            var reported = new ArrayList<Attr>();
            for (int i = 0; i < types.size(); i++) {
                long length = Abi.length(array, i);
                if (length != Abi.UNAVAILABLE && Abi.length(lengths, i) != Abi.UNAVAILABLE) {
                    long size = Downcalls.within("C_GetAttributeValue", length, Abi.length(lengths, i));
                    reported.add(new Attr(types.get(i), Abi.value(array, i, size)));
                }
            }
            return reported;
        }
    }

    /// An attribute that is sensitive or unknown spoils the return value but not the others' answers.
    private void readAttributes(long session, long object, MemorySegment array, int count) {
        long rv = calls.call("C_GetAttributeValue", () -> (long) lib.shape("JJPJ")
                .invokeExact(lib.address("C_GetAttributeValue"), session, object, array, (long) count));
        if (rv != Ck.CKR_ATTRIBUTE_SENSITIVE && rv != Ck.CKR_ATTRIBUTE_TYPE_INVALID && rv != Ck.CKR_BUFFER_TOO_SMALL) {
            Downcalls.refuseUnlessOk("C_GetAttributeValue", rv);
        }
    }

    @Override
    public boolean readable(long session, long object, long type) {
        for (Attr attribute : attributes(session, object, List.of(type))) {
            boolean hasValue = attribute.value().length > 0;
            Arrays.fill(attribute.value(), (byte) 0);
            return hasValue;
        }
        return false;
    }

    @Override
    public void setAttributes(long session, long object, List<Attr> values) {
        try (var s = new Scratch()) {
            MemorySegment array = Abi.template(s, values);
            calls.must("C_SetAttributeValue", () -> (long) lib.shape("JJPJ")
                    .invokeExact(lib.address("C_SetAttributeValue"), session, object, array, (long) values.size()));
        }
    }

    @Override
    public long createObject(long session, List<Attr> template) {
        try (var s = new Scratch()) {
            MemorySegment array = Abi.template(s, template);
            MemorySegment out = s.number();
            calls.must("C_CreateObject", () -> (long) lib.shape("JPJP")
                    .invokeExact(lib.address("C_CreateObject"), session, array, (long) template.size(), out));
            return Abi.number(out, 0);
        }
    }

    @Override
    public long copyObject(long session, long object, List<Attr> template) {
        try (var s = new Scratch()) {
            MemorySegment array = Abi.template(s, template);
            MemorySegment out = s.number();
            calls.must("C_CopyObject", () -> (long) lib.shape("JJPJP")
                    .invokeExact(lib.address("C_CopyObject"), session, object, array, (long) template.size(), out));
            return Abi.number(out, 0);
        }
    }

    @Override
    public void destroyObject(long session, long object) {
        calls.must("C_DestroyObject", () ->
                (long) lib.shape("JJ").invokeExact(lib.address("C_DestroyObject"), session, object));
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
            MemorySegment in = s.bytes(data);
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
        MemorySegment in = s.bytes(data);
        return calls.output(s, function, data.length, (buffer, length) -> (long)
                lib.shape("JPJPP").invokeExact(lib.address(function), session, in, (long) data.length, buffer, length));
    }
}
