/// The security domain of an Azure Managed HSM, and the file by which it comes to another one.
///
/// Such an HSM gives its own secrets away only as a file for M of N people: each has an RSA key, and the file holds a
/// share for each. To bring the domain to another HSM, M of them open their shares, the domain is rebuilt, and it is
/// encrypted to the exchange key of the new HSM. Microsoft's command does this with private keys in files; here the
/// officers' cards open the shares, so that no private key and no share is ever in a file, and what leaves the room can
/// be read by the new HSM only.
///
/// The form is that of the Azure CLI and its SDK (`az keyvault security-domain restore-blob`), in standard parts: JSON
/// Web Encryption (RFC 7516) with RSA-OAEP-256 or a direct key and A256CBC-HS512 (RFC 7518, section 5.2), keys derived
/// by HMAC in counter mode (NIST SP 800-108r1, section 4.1), shares by Shamir over the integers modulo 257. No Managed
/// HSM has taken such a file from here yet.
@NullMarked
package org.quorate.quorum.securitydomain;

import org.jspecify.annotations.NullMarked;
