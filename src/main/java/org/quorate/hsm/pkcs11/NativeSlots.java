package org.quorate.hsm.pkcs11;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// The half of [NativeCryptoki] that knows of the library, slots, tokens, PINs and sessions.
abstract class NativeSlots implements Cryptoki {
    private static final long SERIAL_SESSION = 0x4;
    private static final long READ_WRITE = 0x2;
    private static final long DO_NOT_BLOCK = 0x1;

    final NativeLibrary lib;
    final Downcalls calls;

    NativeSlots(NativeLibrary lib, Downcalls calls) {
        this.lib = lib;
        this.calls = calls;
    }

    @Override
    public LibraryInfo libraryInfo() {
        try (var s = new Scratch()) {
            MemorySegment out = Abi.infoBuffer(s);
            calls.must("C_GetInfo", () -> (long) lib.shape("P").invokeExact(lib.address("C_GetInfo"), out));
            return Abi.info(out);
        }
    }

    @Override
    public List<String> extensions() {
        return Abi.EXTENSIONS.stream().filter(lib::exports).toList();
    }

    @Override
    public List<Long> slots(boolean withToken) {
        byte present = (byte) (withToken ? 1 : 0);
        return calls.numbers("C_GetSlotList", (list, count) ->
                (long) lib.shape("BPP").invokeExact(lib.address("C_GetSlotList"), present, list, count));
    }

    @Override
    public SlotInfo slotInfo(long slot) {
        try (var s = new Scratch()) {
            MemorySegment out = Abi.slotInfoBuffer(s);
            calls.must(
                    "C_GetSlotInfo", () -> (long) lib.shape("JP").invokeExact(lib.address("C_GetSlotInfo"), slot, out));
            return Abi.slotInfo(out);
        }
    }

    @Override
    public TokenData tokenInfo(long slot) {
        try (var s = new Scratch()) {
            MemorySegment out = Abi.tokenInfoBuffer(s);
            calls.must("C_GetTokenInfo", () ->
                    (long) lib.shape("JP").invokeExact(lib.address("C_GetTokenInfo"), slot, out));
            return Abi.tokenInfo(out);
        }
    }

    @Override
    public List<Long> mechanisms(long slot) {
        return calls.numbers("C_GetMechanismList", (list, count) ->
                (long) lib.shape("JPP").invokeExact(lib.address("C_GetMechanismList"), slot, list, count));
    }

    @Override
    public MechanismData mechanismInfo(long slot, long mechanism) {
        try (var s = new Scratch()) {
            MemorySegment out = Abi.mechanismInfoBuffer(s);
            calls.must("C_GetMechanismInfo", () ->
                    (long) lib.shape("JJP").invokeExact(lib.address("C_GetMechanismInfo"), slot, mechanism, out));
            return Abi.mechanismInfo(out);
        }
    }

    @Override
    public Optional<Long> slotEvent() {
        try (var s = new Scratch()) {
            MemorySegment slot = s.number();
            long rv = calls.call("C_WaitForSlotEvent", () -> (long) lib.shape("JPP")
                    .invokeExact(lib.address("C_WaitForSlotEvent"), DO_NOT_BLOCK, slot, MemorySegment.NULL));
            if (rv == Ck.CKR_NO_EVENT) {
                return Optional.empty();
            }
            Downcalls.refuseUnlessOk("C_WaitForSlotEvent", rv);
            return Optional.of(Abi.number(slot, 0));
        }
    }

    @Override
    public void initToken(long slot, byte[] soPin, String label) {
        try (var s = new Scratch()) {
            MemorySegment pin = s.bytes(soPin);
            MemorySegment name = s.padded(label, Abi.LABEL_BYTES);
            calls.must("C_InitToken", () -> (long)
                    lib.shape("JPJP").invokeExact(lib.address("C_InitToken"), slot, pin, (long) soPin.length, name));
        }
    }

    @Override
    public void initPin(long session, byte[] pin) {
        try (var s = new Scratch()) {
            MemorySegment value = s.bytes(pin);
            calls.must("C_InitPIN", () ->
                    (long) lib.shape("JPJ").invokeExact(lib.address("C_InitPIN"), session, value, (long) pin.length));
        }
    }

    @Override
    public void setPin(long session, byte[] oldPin, byte[] newPin) {
        try (var s = new Scratch()) {
            MemorySegment before = s.bytes(oldPin);
            MemorySegment after = s.bytes(newPin);
            calls.must("C_SetPIN", () -> (long) lib.shape("JPJPJ")
                    .invokeExact(lib.address("C_SetPIN"), session, before, (long) oldPin.length, after, (long)
                            newPin.length));
        }
    }

    @Override
    public long openSession(long slot, boolean readWrite) {
        long flags = SERIAL_SESSION | (readWrite ? READ_WRITE : 0);
        try (var s = new Scratch()) {
            MemorySegment none = MemorySegment.NULL;
            MemorySegment out = s.number();
            calls.must("C_OpenSession", () ->
                    (long) lib.shape("JJPPP").invokeExact(lib.address("C_OpenSession"), slot, flags, none, none, out));
            return Abi.number(out, 0);
        }
    }

    @Override
    public void closeSession(long session) {
        calls.must("C_CloseSession", () -> (long) lib.shape("J").invokeExact(lib.address("C_CloseSession"), session));
    }

    @Override
    public void closeAllSessions(long slot) {
        calls.must(
                "C_CloseAllSessions", () -> (long) lib.shape("J").invokeExact(lib.address("C_CloseAllSessions"), slot));
    }

    @Override
    public void login(long session, long userType, byte[] pin) {
        try (var s = new Scratch()) {
            MemorySegment value = s.bytes(pin);
            calls.must("C_Login", () -> (long)
                    lib.shape("JJPJ").invokeExact(lib.address("C_Login"), session, userType, value, (long) pin.length));
        }
    }

    @Override
    public void logout(long session) {
        calls.must("C_Logout", () -> (long) lib.shape("J").invokeExact(lib.address("C_Logout"), session));
    }

    @Override
    public CardSet loginBegin(long session, long userType) {
        try (var s = new Scratch()) {
            MemorySegment needed = s.number();
            MemorySegment of = s.number();
            calls.must("C_LoginBegin", () ->
                    (long) lib.shape("JJPP").invokeExact(lib.address("C_LoginBegin"), session, userType, needed, of));
            return new CardSet(Abi.number(needed, 0), Abi.number(of, 0));
        }
    }

    @Override
    public long loginNext(long session, long userType, byte[] pin) {
        try (var s = new Scratch()) {
            MemorySegment value = s.bytes(pin);
            MemorySegment left = s.number();
            calls.must("C_LoginNext", () -> (long) lib.shape("JJPJP")
                    .invokeExact(lib.address("C_LoginNext"), session, userType, value, (long) pin.length, left));
            return Abi.number(left, 0);
        }
    }

    @Override
    public void loginEnd(long session, long userType) {
        calls.must(
                "C_LoginEnd", () -> (long) lib.shape("JJ").invokeExact(lib.address("C_LoginEnd"), session, userType));
    }

    @Override
    public void initRolePin(long session, long userType, byte[] pin) {
        try (var s = new Scratch()) {
            MemorySegment value = s.bytes(pin);
            calls.must("CA_InitRolePIN", () -> (long) lib.shape("JJPJ")
                    .invokeExact(lib.address("CA_InitRolePIN"), session, userType, value, (long) pin.length));
        }
    }
}
