package org.quorate.hsm;

/// How one key carries another.
public enum WrapScheme {
    /// RSAES-OAEP (PKCS#1 v2.2); the hash is what the token allows, and [TokenSession#mechanismOf] names it.
    RSA_OAEP,
    /// AES key wrap with padding (RFC 5649), its mechanism number found by behaviour.
    AES_KWP,
    /// AES key wrap (RFC 3394) without a padding: for secret keys, whose length is a multiple of eight bytes,
    /// where one of the tokens has no padding. Its mechanism number is found by behaviour as well.
    AES_KW,
    /// An AES key of the moment under RSA-OAEP, and the key under it by AES-KWP, one after the other
    /// (CKM_RSA_AES_KEY_WRAP, PKCS#11 v3.0): how keys come from outside, and how those that are longer than an RSA
    /// block travel under an RSA key.
    RSA_AES,
    /// AES-CBC with padding, which many tokens have where they do not have key wrap. What is wrapped so can be changed
    /// unnoticed, so that no key of a ceremony travels in it; it serves to attack a token.
    AES_CBC_PAD
}
