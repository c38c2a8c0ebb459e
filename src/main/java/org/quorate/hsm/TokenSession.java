package org.quorate.hsm;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.quorate.base.Secret;

/// One read-write session. It is closed (and logged out) by its caller; after a failed crypto call it is thrown away.
public interface TokenSession extends AutoCloseable {

    /// C_GenerateKeyPair; the public half comes back as read from the token.
    Outcome<PublicKey> generateKeyPair(KeySpec.Pair spec, KeyId id, Template publicHalf, Template privateHalf);

    /// C_GenerateKey.
    Outcome<KeyId> generateKey(KeySpec.Secret spec, KeyId id, Template template);

    /// C_CreateObject of an AES key that is known here. Some tokens take none in clear, and refuse.
    Outcome<KeyId> importSecretKey(MadeKey key, KeyId id, Template template);

    /// C_CreateObject of a public key.
    Outcome<KeyId> importPublicKey(PublicKey key, KeyId id, Template template);

    /// C_CreateObject of an X.509 certificate beside its key.
    Outcome<KeyId> importCertificate(byte[] der, KeyId id, String label);

    List<TokenObject> objects();

    default List<TokenObject> find(KeyId id) {
        return objects().stream().filter(o -> o.id().equals(Optional.of(id))).toList();
    }

    default Optional<TokenObject> find(KeyId id, ObjectClass kind) {
        return find(id).stream().filter(o -> o.kind() == kind).findFirst();
    }

    /// All objects with what the token says of `attributes`, such as `CKA_LABEL`; of all attributes that have a name
    /// where none is given. No value that could be a secret is read.
    List<InspectedObject> inspect(Set<String> attributes);

    /// The public half as the token reports it.
    Outcome<PublicKey> publicKey(KeyId id);

    /// Every attribute that `asked` names, as the token reports it now.
    KeyReport report(TokenObject object, Template asked);

    /// Signs `message`, or authenticates it with a secret key; the digest is computed here where the token has no
    /// hashing mechanism. ECDSA comes back in DER.
    Outcome<byte[]> sign(KeyId id, SignatureScheme scheme, byte[] message);

    /// The same with a key that wants its PIN at every use (CKA_ALWAYS_AUTHENTICATE).
    Outcome<byte[]> sign(KeyId id, SignatureScheme scheme, byte[] message, Secret keyPin);

    Outcome<Boolean> verify(KeyId id, SignatureScheme scheme, byte[] message, byte[] signature);

    /// C_WrapKey of `target` under `wrapping`.
    Outcome<byte[]> wrap(KeyId wrapping, WrapScheme scheme, KeyId target, ObjectClass targetKind);

    /// C_UnwrapKey; the new object has the attributes of `template` and nothing implied.
    Outcome<KeyId> unwrap(
            KeyId unwrapping, WrapScheme scheme, byte[] wrapped, KeySpec spec, KeyId id, Template template);

    /// Which AES key wraps this token does, found by trying: with padding (KWP) first, without (KW) after it. Session
    /// objects are made for that; a token that makes none without a login may answer that it has none.
    Outcome<List<WrapScheme>> keyWraps();

    /// How this token does `scheme`, once it has done so: such as `CKM_RSA_PKCS_OAEP with SHA-1`, for the record.
    default Optional<String> mechanismOf(WrapScheme scheme) {
        return Optional.empty();
    }

    /// The check value of a secret key, computed by what the key may do. One that may neither encrypt nor wrap nor sign
    /// is refused.
    Outcome<KeyCheckValue> checkValue(TokenObject key);

    /// C_Encrypt with a secret key, or with a public half.
    Outcome<byte[]> encrypt(KeyId id, CipherScheme scheme, byte[] data);

    /// C_Decrypt with a secret key, or with a private half.
    Outcome<byte[]> decrypt(KeyId id, CipherScheme scheme, byte[] data);

    /// C_DeriveKey (ECDH1): the shared secret, of which nothing is left on the token.
    Outcome<Secret> agree(KeyId id, ECPublicKey theirs);

    /// C_CopyObject with a CKA_ID of its own; what `template` does not name is as in the original.
    Outcome<KeyId> copy(TokenObject object, KeyId id, Template template);

    /// C_SetAttributeValue of one attribute.
    Outcome<TokenObject> set(TokenObject object, Attribute attribute, boolean value);

    /// C_DestroyObject; also for an object without CKA_ID, such as SoftHSM leaves behind after a refused generation.
    Outcome<TokenObject> destroy(TokenObject object);

    /// Tries to read the secret value itself (CKA_VALUE, or the private exponent): a token that answers is not to be
    /// trusted. The value is wiped at once; only whether it could be read comes back.
    Outcome<Boolean> secretReadable(TokenObject object);

    @Override
    void close();
}
