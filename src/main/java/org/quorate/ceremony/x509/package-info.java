/// Certificates, requests for them, revocation lists and signed jars, as bytes. Everything here is a pure function: the
/// bytes to be signed come first, so that people approve exactly what is then signed, and an HSM signs them elsewhere.
///
/// BouncyCastle builds the structures. What comes back signed is judged by our own rules ([CertificateLint],
/// [RevocationLint]), each with the section that asks for it, and by the platform's parser and path validation, which
/// did not build it.
package org.quorate.ceremony.x509;
