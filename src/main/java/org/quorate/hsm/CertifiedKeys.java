package org.quorate.hsm;

import java.security.interfaces.ECPublicKey;
import java.util.List;
import org.quorate.base.Secret;

/// A token as a card: keys with certificates, each used in a session of its own that ends with the use, so that nothing
/// stays logged in. An empty PIN is typed on the token's own keys.
public interface CertifiedKeys {

    /// Every certificate that the token shows without a login.
    List<CertifiedKey> list();

    Outcome<byte[]> sign(CertifiedKey key, SignatureScheme scheme, Secret pin, byte[] message);

    /// C_DeriveKey (ECDH): the shared x-coordinate. Nothing of it is left on the token.
    Outcome<Secret> agree(CertifiedKey key, Secret pin, ECPublicKey theirs);

    /// The private RSA operation without padding (CKM_RSA_X_509).
    Outcome<Secret> decrypt(CertifiedKey key, Secret pin, byte[] block);
}
