package org.quorate.hsm;

/// How one key carries another.
public enum WrapScheme {
    /// RSAES-OAEP (PKCS#1 v2.2); the hash is what the token allows, and [TokenSession#mechanismOf] names it.
    RSA_OAEP,
    /// AES key wrap with padding (RFC 5649), its mechanism number found by behaviour.
    AES_KWP,
    /// AES-CBC with padding, which many tokens have where they do not have key wrap. What is wrapped so can be changed
    /// unnoticed, so that no key of a ceremony travels in it; it serves to attack a token.
    AES_CBC_PAD
}
