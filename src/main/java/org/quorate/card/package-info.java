/// Officers' cards: a [Card] holds one key that signs after a PIN, a [CardReader] says which cards are there now. A
/// card that is pulled, blocked or given a wrong PIN answers so; nothing here throws for what people do.
package org.quorate.card;
