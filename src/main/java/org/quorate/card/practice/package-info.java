/// Practice cards: files that behave as cards do. A key that signs after a PIN, tries that are counted before the PIN
/// is
/// looked at, a card that blocks itself, and one that is gone when its file is pulled. They stand where no reader is,
/// and say so.
package org.quorate.card.practice;
