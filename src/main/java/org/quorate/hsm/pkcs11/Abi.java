package org.quorate.hsm.pkcs11;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How PKCS#11's structures lie in memory on 64-bit Linux: CK_ULONG has 8 bytes and nothing is packed. Every offset of
/// this adapter stands here.
@SuppressWarnings("restricted") // this is where Java meets C
final class Abi {
    /// What CK_UNAVAILABLE_INFORMATION is as a Java long.
    static final long UNAVAILABLE = -1L;

    private static final Pattern TRAILING_BLANKS = Pattern.compile(" +$");
    /// How much room a token has for its label.
    static final int LABEL_BYTES = 32;

    private static final int SLOT = 8;
    private static final int ATTRIBUTE = 24;

    /// The members of CK_FUNCTION_LIST after its version, in order.
    private static final List<String> FUNCTIONS =
            List.of("C_Initialize C_Finalize C_GetInfo C_GetFunctionList C_GetSlotList C_GetSlotInfo C_GetTokenInfo"
                    .concat(" C_GetMechanismList C_GetMechanismInfo C_InitToken C_InitPIN C_SetPIN C_OpenSession")
                    .concat(" C_CloseSession C_CloseAllSessions C_GetSessionInfo C_GetOperationState")
                    .concat(" C_SetOperationState C_Login C_Logout C_CreateObject C_CopyObject C_DestroyObject")
                    .concat(" C_GetObjectSize C_GetAttributeValue C_SetAttributeValue C_FindObjectsInit")
                    .concat(" C_FindObjects C_FindObjectsFinal C_EncryptInit C_Encrypt C_EncryptUpdate")
                    .concat(" C_EncryptFinal C_DecryptInit C_Decrypt C_DecryptUpdate C_DecryptFinal C_DigestInit")
                    .concat(" C_Digest C_DigestUpdate C_DigestKey C_DigestFinal C_SignInit C_Sign C_SignUpdate")
                    .concat(" C_SignFinal C_SignRecoverInit C_SignRecover C_VerifyInit C_Verify C_VerifyUpdate")
                    .concat(" C_VerifyFinal C_VerifyRecoverInit C_VerifyRecover C_DigestEncryptUpdate")
                    .concat(" C_DecryptDigestUpdate C_SignEncryptUpdate C_DecryptVerifyUpdate C_GenerateKey")
                    .concat(" C_GenerateKeyPair C_WrapKey C_UnwrapKey C_DeriveKey C_SeedRandom C_GenerateRandom")
                    .concat(" C_GetFunctionStatus C_CancelFunction C_WaitForSlotEvent")
                    .split(" ", -1));

    /// What makers and later standards add. Each is looked up by its name in the library, and most modules have none.
    static final List<String> EXTENSIONS = List.of(
            "C_GetInterfaceList",
            "FC_GetFunctionList",
            "C_LoginBegin",
            "C_LoginNext",
            "C_LoginEnd",
            "CA_InitRolePIN",
            "CA_GetFunctionList");

    private Abi() {}

    /// The place of `function` among the members, for a test that puts itself in front of it.
    static int index(String function) {
        return FUNCTIONS.indexOf(function);
    }

    /// The address of `function` in a CK_FUNCTION_LIST.
    static MemorySegment function(MemorySegment list, String function) {
        int index = index(function);
        if (index < 0) {
            throw new IllegalArgumentException("PKCS#11 v2.40 has no function " + function);
        }
        return list.reinterpret((FUNCTIONS.size() + 1L) * SLOT).get(ValueLayout.ADDRESS, (index + 1L) * SLOT);
    }

    /// CK_C_INITIALIZE_ARGS with native locking. NSS puts its LibraryParameters where pReserved stands elsewhere and
    /// has pReserved after it, hence one member more than the standard's.
    static MemorySegment initializeArgs(Scratch scratch, Optional<String> reserved) {
        MemorySegment args = scratch.allocate(56, SLOT);
        args.set(ValueLayout.JAVA_LONG, 32, 2L); // CKF_OS_LOCKING_OK
        reserved.ifPresent(text -> args.set(ValueLayout.ADDRESS, 40, scratch.allocateFrom(text)));
        return args;
    }

    static MemorySegment infoBuffer(Scratch scratch) {
        return scratch.allocate(88, SLOT);
    }

    static Cryptoki.LibraryInfo info(MemorySegment s) {
        return new Cryptoki.LibraryInfo(version(s, 0), text(s, 2, 32), text(s, 48, 32), version(s, 80));
    }

    static MemorySegment slotInfoBuffer(Scratch scratch) {
        return scratch.allocate(112, SLOT);
    }

    static Cryptoki.SlotInfo slotInfo(MemorySegment s) {
        return new Cryptoki.SlotInfo(text(s, 0, 64), text(s, 64, 32), number(s, 96), version(s, 104), version(s, 106));
    }

    static MemorySegment tokenInfoBuffer(Scratch scratch) {
        return scratch.allocate(208, SLOT);
    }

    static Cryptoki.TokenData tokenInfo(MemorySegment s) {
        var names = new Cryptoki.TokenNames(text(s, 0, 32), text(s, 32, 32), text(s, 64, 16), text(s, 80, 16));
        var counts = new Cryptoki.Counts(number(s, 104), number(s, 112), number(s, 160), number(s, 176));
        var versions = new Cryptoki.Versions(version(s, 184), version(s, 186));
        return new Cryptoki.TokenData(names, number(s, 96), number(s, 136), number(s, 144), counts, versions);
    }

    static MemorySegment mechanismInfoBuffer(Scratch scratch) {
        return scratch.allocate(24, SLOT);
    }

    static Cryptoki.MechanismData mechanismInfo(MemorySegment s) {
        return new Cryptoki.MechanismData(number(s, 0), number(s, 8), number(s, 16));
    }

    /// An array of CK_ATTRIBUTE with their values.
    static MemorySegment template(Scratch scratch, List<Cryptoki.Attr> attributes) {
        MemorySegment array = scratch.allocate(Math.max(1, attributes.size()) * (long) ATTRIBUTE, SLOT);
        for (int i = 0; i < attributes.size(); i++) {
            Cryptoki.Attr attribute = attributes.get(i);
            array.set(ValueLayout.JAVA_LONG, i * (long) ATTRIBUTE, attribute.type());
            setValue(array, i, scratch.bytes(attribute.value()), attribute.value().length);
        }
        return array;
    }

    /// An array of CK_ATTRIBUTE without buffers, which asks for the lengths.
    static MemorySegment question(Scratch scratch, List<Long> types) {
        return template(
                scratch,
                types.stream().map(type -> new Cryptoki.Attr(type, new byte[0])).toList());
    }

    /// The same with a buffer of `room` bytes for each.
    static MemorySegment question(Scratch scratch, List<Long> types, long room) {
        MemorySegment array = scratch.allocate(Math.max(1, types.size()) * (long) ATTRIBUTE, SLOT);
        long buffers = scratch.allocate(Math.max(1, types.size()) * room, SLOT).address();
        for (int i = 0; i < types.size(); i++) {
            long at = i * (long) ATTRIBUTE;
            array.set(ValueLayout.JAVA_LONG, at, types.get(i));
            array.set(ValueLayout.JAVA_LONG, at + 8, buffers + i * room);
            array.set(ValueLayout.JAVA_LONG, at + 16, room);
        }
        return array;
    }

    static void setValue(MemorySegment array, int index, MemorySegment value, long length) {
        array.set(ValueLayout.ADDRESS, index * (long) ATTRIBUTE + 8, value);
        array.set(ValueLayout.JAVA_LONG, index * (long) ATTRIBUTE + 16, length);
    }

    /// The ulValueLen of one attribute, which may be [#UNAVAILABLE].
    static long length(MemorySegment array, int index) {
        return number(array, index * (long) ATTRIBUTE + 16);
    }

    static byte[] value(MemorySegment array, int index, long length) {
        return array.get(ValueLayout.ADDRESS, index * (long) ATTRIBUTE + 8)
                .reinterpret(length)
                .toArray(ValueLayout.JAVA_BYTE);
    }

    /// CK_MECHANISM with its parameter.
    static MemorySegment mechanism(Scratch scratch, Cryptoki.Mech mechanism) {
        MemorySegment struct = scratch.allocate(24, SLOT);
        struct.set(ValueLayout.JAVA_LONG, 0, mechanism.type());
        MemorySegment parameter = switch (mechanism.param()) {
            case Cryptoki.Param.None() -> MemorySegment.NULL;
            case Cryptoki.Param.Raw(var bytes) -> scratch.bytes(bytes);
            case Cryptoki.Param.Oaep(var hash, var mgf) -> oaep(scratch, hash, mgf);
            case Cryptoki.Param.RsaAes(var bits, var oaep) -> rsaAes(scratch, bits, oaep);
            case Cryptoki.Param.Ecdh(var kdf, var point) -> ecdh(scratch, kdf, point);
        };
        struct.set(ValueLayout.ADDRESS, 8, parameter);
        struct.set(ValueLayout.JAVA_LONG, 16, parameter.byteSize());
        return struct;
    }

    private static MemorySegment oaep(Scratch scratch, long hash, long mgf) {
        MemorySegment struct = scratch.allocate(40, SLOT);
        struct.set(ValueLayout.JAVA_LONG, 0, hash);
        struct.set(ValueLayout.JAVA_LONG, 8, mgf);
        struct.set(ValueLayout.JAVA_LONG, 16, 1L); // CKZ_DATA_SPECIFIED, with no data
        return struct;
    }

    private static MemorySegment rsaAes(Scratch scratch, long bits, Cryptoki.Param.Oaep oaep) {
        MemorySegment struct = scratch.allocate(16, SLOT);
        struct.set(ValueLayout.JAVA_LONG, 0, bits);
        struct.set(ValueLayout.ADDRESS, 8, oaep(scratch, oaep.hash(), oaep.mgf()));
        return struct;
    }

    private static MemorySegment ecdh(Scratch scratch, long kdf, byte[] point) {
        MemorySegment struct = scratch.allocate(40, SLOT);
        struct.set(ValueLayout.JAVA_LONG, 0, kdf);
        struct.set(ValueLayout.JAVA_LONG, 24, (long) point.length);
        struct.set(ValueLayout.ADDRESS, 32, scratch.bytes(point));
        return struct;
    }

    static long number(MemorySegment s, long offset) {
        return s.get(ValueLayout.JAVA_LONG, offset);
    }

    private static String version(MemorySegment s, long offset) {
        return Byte.toUnsignedInt(s.get(ValueLayout.JAVA_BYTE, offset)) + "."
                + Byte.toUnsignedInt(s.get(ValueLayout.JAVA_BYTE, offset + 1));
    }

    /// Text is padded with blanks at its end; some modules end it with a zero byte all the same. What else is in
    /// it stays, however odd: whoever shows it to people spells it out ([org.quorate.base.VisibleText]).
    private static String text(MemorySegment s, long offset, int width) {
        byte[] bytes = s.asSlice(offset, width).toArray(ValueLayout.JAVA_BYTE);
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return TRAILING_BLANKS.matcher(end < 0 ? text : text.substring(0, end)).replaceFirst("");
    }
}
