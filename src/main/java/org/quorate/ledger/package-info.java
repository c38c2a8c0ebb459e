/// The only memory: entries that are added and never changed, in the format `quorate-ledger/1`. An [Entry] is what
/// stands there, a [Draft] what is to be added, a [Head] where the ledger ends. The chain of `prev` makes every
/// co-signature cover the past; the tree makes checkpoints short and proves one ceremony without the rest.
package org.quorate.ledger;
