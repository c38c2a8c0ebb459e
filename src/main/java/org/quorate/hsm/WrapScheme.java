package org.quorate.hsm;

/// How one key carries another.
public enum WrapScheme {
    /// RSAES-OAEP (PKCS#1 v2.2); the hash is what the token allows, and [TokenSession#mechanismOf] names it.
    RSA_OAEP,
    /// AES key wrap with padding (RFC 5649), its mechanism number found by behaviour.
    AES_KWP
}
