/// PIV cards (NIST SP 800-73-4) in PC/SC readers: the smart cards that staff of many places carry already, and keys on
/// a USB token that behave as one.
///
/// From below to above: a [CardLink] carries commands to one card, [PivDialog] speaks PIV over it and turns every
/// status word into an answer, [PivCard] is the port, and [PcscReaders] sees cards come and go. A card is connected to
/// for one act, exclusively, looked at again before it is given a PIN, and reset afterwards, so that nobody signs with
/// the PIN of the one before. Nothing is held across a removal: whatever was going on ends as *removed*.
///
/// `java.smartcardio` is used nowhere else. It copies what it sends into arrays of its own that it does not wipe; a PIN
/// typed on the reader's own keys never comes here.
package org.quorate.card.piv;
