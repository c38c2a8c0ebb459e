package org.quorate.hsm.pkcs11;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The part of [NativeCryptoki] that knows of objects and their attributes.
abstract class NativeObjects extends NativeSlots {
    private static final int HANDLES_AT_ONCE = 256;
    /// Bytes for a value that is asked for without its length being known.
    private static final long AMPLE = 1024;

    NativeObjects(NativeLibrary lib, Downcalls calls) {
        super(lib, calls);
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

    /// Most values are small, so that one call with ample buffers has them all. What is not there after it is asked for
    /// again in two calls, first for its length, unless it could not have been too long.
    @Override
    public List<Attr> attributes(long session, long object, List<Long> types) {
        try (var s = new Scratch()) {
            MemorySegment array = Abi.question(s, types, AMPLE);
            readAttributes(session, object, array, types.size());
            var reported = new ArrayList<Attr>();
            var longer = new ArrayList<Long>();
            for (int i = 0; i < types.size(); i++) {
                long length = Abi.length(array, i);
                if (length != Abi.UNAVAILABLE && length <= AMPLE) {
                    long size = Downcalls.within("C_GetAttributeValue", length, AMPLE);
                    reported.add(new Attr(types.get(i), Abi.value(array, i, size)));
                } else if (length > AMPLE || !AttributeText.isShort(types.get(i))) {
                    // Some modules say here how long it is, as if they had been asked.
                    Downcalls.within("C_GetAttributeValue", Math.max(length, 0), Downcalls.LARGEST_VALUE);
                    longer.add(types.get(i));
                }
            }
            if (!longer.isEmpty()) {
                reported.addAll(longAttributes(session, object, longer));
            }
            return reported;
        }
    }

    private List<Attr> longAttributes(long session, long object, List<Long> types) {
        try (var s = new Scratch()) {
            MemorySegment array = Abi.question(s, types);
            readAttributes(session, object, array, types.size());
            boolean nothing = true;
            for (int i = 0; i < types.size(); i++) {
                long length = Abi.length(array, i);
                if (length != Abi.UNAVAILABLE) {
                    nothing = false;
                    long size = Downcalls.within("C_GetAttributeValue", length, Downcalls.LARGEST_VALUE);
                    Abi.setValue(array, i, s.allocate(size + 1, 1), size);
                }
            }
            if (nothing) {
                return List.of();
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
    public List<Readings> inspect(long session, List<Long> objects, List<Long> types) {
        return objects.stream().map(object -> inspect(session, object, types)).toList();
    }

    /// What could be a secret is asked for its length only, so that the value of a careless key does not come here.
    private Readings inspect(long session, long object, List<Long> types) {
        var reported = new ArrayList<>(attributes(
                session,
                object,
                types.stream().filter(type -> !Secrets.possible(type)).toList()));
        List<Long> hidden = types.stream().filter(Secrets::possible).toList();
        if (hidden.isEmpty()) {
            return new Readings(object, reported, List.of(), List.of());
        }
        if (Secrets.none(new Attributes(reported).number(Ck.CKA_CLASS))) {
            reported.addAll(attributes(session, object, hidden));
            return new Readings(object, reported, List.of(), List.of());
        }
        var withheld = new ArrayList<Long>();
        var givenOut = new ArrayList<Long>();
        for (long type : hidden) {
            long rv = length(session, object, type);
            if (rv == Ck.CKR_OK) {
                givenOut.add(type);
            } else if (rv == Ck.CKR_ATTRIBUTE_SENSITIVE) {
                withheld.add(type);
            } else if (rv != Ck.CKR_ATTRIBUTE_TYPE_INVALID) {
                Downcalls.refuseUnlessOk("C_GetAttributeValue", rv);
            }
        }
        return new Readings(object, reported, withheld, givenOut);
    }

    /// Each is asked for by itself, since only then the return value speaks of it.
    private long length(long session, long object, long type) {
        try (var s = new Scratch()) {
            MemorySegment array = Abi.question(s, List.of(type));
            long rv = calls.call("C_GetAttributeValue", () -> (long)
                    lib.shape("JJPJ").invokeExact(lib.address("C_GetAttributeValue"), session, object, array, 1L));
            boolean nothing = Abi.length(array, 0) == Abi.UNAVAILABLE;
            return rv == Ck.CKR_OK && nothing ? Ck.CKR_ATTRIBUTE_TYPE_INVALID : rv;
        }
    }
}
