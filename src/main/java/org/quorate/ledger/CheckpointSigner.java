package org.quorate.ledger;

/// The console key, which lives in a token and signs every checkpoint.
public interface CheckpointSigner {
    /// The public key as X.509 SubjectPublicKeyInfo.
    byte[] spki();

    /// ECDSA over SHA-256 of `message`, in DER.
    byte[] sign(byte[] message);
}
