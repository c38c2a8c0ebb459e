/// Cards that are reached through their maker's PKCS#11 module: SmartCard-HSM, national identity cards, tokens of any
/// kind. The module runs in a process of its own (see the HSM's adapter), because OpenSC is known to hang when a card
/// is pulled while it signs; then that process is ended and the card *failed*, and nothing else did.
package org.quorate.card.pkcs11;
