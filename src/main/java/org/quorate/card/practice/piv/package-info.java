/// A practice card that speaks PIV: the same file, the same keys and the same count of tries, behind the commands of a
/// smart card. So a rehearsal can go through a real card reader service, and OpenSC and other programs can say whether
/// it is a PIV card at all. [VirtualPiv] is the chip and no more; what carries commands to it stands in the
/// composition root.
package org.quorate.card.practice.piv;
