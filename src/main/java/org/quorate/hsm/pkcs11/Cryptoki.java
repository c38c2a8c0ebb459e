package org.quorate.hsm.pkcs11;

import java.util.List;
import java.util.Optional;

/// PKCS#11 v2.40 as Java sees it: one method a function, a multi-part function with its Init in one method, so that no
/// operation is left open between two frames. Method names are unique because they name the call in a frame; every
/// method throws [CkException] where the module refuses.
interface Cryptoki {

    /// C_GetInfo; versions as `2.40`.
    record LibraryInfo(String cryptoki, String manufacturer, String description, String version) {}

    record SlotInfo(String description, String manufacturer, long flags, String hardware, String firmware) {}

    record TokenData(TokenNames names, long flags, long maxPin, long minPin, Counts counts, Versions versions) {}

    /// -1 stands for CK_UNAVAILABLE_INFORMATION.
    record Counts(long maxSessions, long sessions, long freePublic, long freePrivate) {}

    record Versions(String hardware, String firmware) {}

    record TokenNames(String label, String manufacturer, String model, String serial) {}

    record MechanismData(long minKeySize, long maxKeySize, long flags) {}

    /// CK_ATTRIBUTE.
    record Attr(long type, byte[] value) {}

    /// CK_MECHANISM.
    record Mech(long type, Param param) {
        static Mech of(long type) {
            return new Mech(type, new Param.None());
        }
    }

    sealed interface Param {
        record None() implements Param {}

        record Raw(byte[] bytes) implements Param {}

        /// CK_RSA_PKCS_OAEP_PARAMS with an empty label.
        record Oaep(long hash, long mgf) implements Param {}

        /// CK_RSA_AES_KEY_WRAP_PARAMS.
        record RsaAes(long aesBits, Oaep oaep) implements Param {}

        /// CK_ECDH1_DERIVE_PARAMS without shared data.
        record Ecdh(long kdf, byte[] publicPoint) implements Param {}
    }

    /// @param withheld what is there and is sensitive
    /// @param givenOut what could be a secret, and the token would give it out
    record Readings(long object, List<Attr> reported, List<Long> withheld, List<Long> givenOut) {}

    record PairHandles(long publicKey, long privateKey) {}

    /// How many cards of a card set a login takes (C_LoginBegin).
    record CardSet(long needed, long of) {}

    @Call(value = "C_GetInfo", within = CallClass.STATUS)
    LibraryInfo libraryInfo();

    /// Those of [Abi#EXTENSIONS] that the library exports.
    @Call(value = "dlsym", within = CallClass.STATUS)
    List<String> extensions();

    @Call(value = "C_GetSlotList", within = CallClass.STATUS)
    List<Long> slots(boolean withToken);

    @Call(value = "C_GetSlotInfo", within = CallClass.STATUS)
    SlotInfo slotInfo(long slot);

    @Call(value = "C_GetTokenInfo", within = CallClass.STATUS)
    TokenData tokenInfo(long slot);

    @Call(value = "C_GetMechanismList", within = CallClass.STATUS)
    List<Long> mechanisms(long slot);

    @Call(value = "C_GetMechanismInfo", within = CallClass.STATUS)
    MechanismData mechanismInfo(long slot, long mechanism);

    /// Does not block; empty where nothing happened since the last time.
    @Call(value = "C_WaitForSlotEvent", within = CallClass.STATUS)
    Optional<Long> slotEvent();

    @Call(value = "C_InitToken", within = CallClass.ADMINISTRATION, changes = true)
    void initToken(long slot, byte[] soPin, String label);

    @Call(value = "C_InitPIN", within = CallClass.ADMINISTRATION, changes = true)
    void initPin(long session, byte[] pin);

    @Call(value = "C_SetPIN", within = CallClass.ADMINISTRATION, changes = true)
    void setPin(long session, byte[] oldPin, byte[] newPin);

    @Call(value = "C_OpenSession", within = CallClass.OPERATION)
    long openSession(long slot, boolean readWrite);

    @Call(value = "C_CloseSession", within = CallClass.OPERATION)
    void closeSession(long session);

    @Call(value = "C_CloseAllSessions", within = CallClass.OPERATION)
    void closeAllSessions(long slot);

    /// An empty PIN is passed as NULL: the token then asks for it on its own pad.
    @Call(value = "C_Login", within = CallClass.ADMINISTRATION)
    void login(long session, long userType, byte[] pin);

    /// nShield: begins a login with a card set.
    @Call(value = "C_LoginBegin", within = CallClass.ADMINISTRATION)
    CardSet loginBegin(long session, long userType);

    /// nShield: one card's passphrase; how many cards are still wanted.
    @Call(value = "C_LoginNext", within = CallClass.ADMINISTRATION)
    long loginNext(long session, long userType, byte[] pin);

    /// nShield: ends the login, which holds only where no card was still wanted.
    @Call(value = "C_LoginEnd", within = CallClass.ADMINISTRATION)
    void loginEnd(long session, long userType);

    /// Luna: sets the PIN of another role than the user's.
    @Call(value = "CA_InitRolePIN", within = CallClass.ADMINISTRATION, changes = true)
    void initRolePin(long session, long userType, byte[] pin);

    @Call(value = "C_Logout", within = CallClass.OPERATION)
    void logout(long session);

    @Call(value = "C_FindObjects", within = CallClass.OPERATION)
    List<Long> findObjects(long session, List<Attr> template);

    /// One batched read; an attribute that the token does not report is not in the answer.
    @Call(value = "C_GetAttributeValue", within = CallClass.OPERATION)
    List<Attr> attributes(long session, long object, List<Long> types);

    /// Everything that is to be known of some objects, in one frame: values that are no secrets, and of those
    /// that could be secrets only whether the token would give them out.
    @Call(value = "C_GetAttributeValue", within = CallClass.OPERATION)
    List<Readings> inspect(long session, List<Long> objects, List<Long> types);

    /// Whether the token gives the value out. It is read, wiped, and does not leave the host.
    @Call(value = "C_GetAttributeValue", within = CallClass.OPERATION)
    boolean readable(long session, long object, long type);

    @Call(value = "C_SetAttributeValue", within = CallClass.OPERATION, changes = true)
    void setAttributes(long session, long object, List<Attr> values);

    @Call(value = "C_CreateObject", within = CallClass.OPERATION, changes = true)
    long createObject(long session, List<Attr> template);

    @Call(value = "C_CopyObject", within = CallClass.OPERATION, changes = true)
    long copyObject(long session, long object, List<Attr> template);

    @Call(value = "C_DestroyObject", within = CallClass.OPERATION, changes = true)
    void destroyObject(long session, long object);

    @Call(value = "C_GenerateKey", within = CallClass.GENERATION, changes = true)
    long generateKey(long session, Mech mechanism, List<Attr> template);

    @Call(value = "C_GenerateKeyPair", within = CallClass.GENERATION, changes = true)
    PairHandles generateKeyPair(long session, Mech mechanism, List<Attr> publicHalf, List<Attr> privateHalf);

    @Call(value = "C_WrapKey", within = CallClass.OPERATION)
    byte[] wrapKey(long session, Mech mechanism, long wrappingKey, long key);

    @Call(value = "C_UnwrapKey", within = CallClass.OPERATION, changes = true)
    long unwrapKey(long session, Mech mechanism, long unwrappingKey, byte[] wrapped, List<Attr> template);

    @Call(value = "C_DeriveKey", within = CallClass.OPERATION, changes = true)
    long deriveKey(long session, Mech mechanism, long baseKey, List<Attr> template);

    @Call(value = "C_Sign", within = CallClass.OPERATION)
    byte[] sign(long session, Mech mechanism, long key, byte[] data);

    /// For a key that wants its PIN at every use: a context-specific login stands between C_SignInit and C_Sign.
    @Call(value = "C_Sign", within = CallClass.ADMINISTRATION)
    byte[] signWithPin(long session, Mech mechanism, long key, byte[] data, byte[] pin);

    @Call(value = "C_Verify", within = CallClass.OPERATION)
    boolean verify(long session, Mech mechanism, long key, byte[] data, byte[] signature);

    @Call(value = "C_Encrypt", within = CallClass.OPERATION)
    byte[] encrypt(long session, Mech mechanism, long key, byte[] data);

    @Call(value = "C_Decrypt", within = CallClass.OPERATION)
    byte[] decrypt(long session, Mech mechanism, long key, byte[] data);

    @Call(value = "C_Digest", within = CallClass.OPERATION)
    byte[] digest(long session, Mech mechanism, byte[] data);

    @Call(value = "C_GenerateRandom", within = CallClass.OPERATION)
    byte[] random(long session, int length);

    @Call(value = "C_SeedRandom", within = CallClass.OPERATION)
    void seedRandom(long session, byte[] seed);
}
