/// Officers' cards: a [Card] holds keys that work after a PIN, one of which signs statements; a [CardReader] says which
/// cards are there now. A card that is pulled, blocked or given a wrong PIN answers so ([CardRefusal]); nothing here
/// throws for what people do. Under this port hang practice cards, which are files, PIV cards over PC/SC, and cards
/// behind a PKCS#11 module.
///
/// A secret that no one person may have is split ([SecretSplitter]): each [Share] is sealed to the card of one person
/// ([ShareSeal]), and what comes of it ([SealedShare]) may stand in the open.
/// On paper a share is words ([PaperShare]), and whoever has the paper has the share.
package org.quorate.card;
