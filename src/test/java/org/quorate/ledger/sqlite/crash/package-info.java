/// What a power cut, a failed call or a kill leaves of a ledger. A library that is loaded before all others writes
/// down each call that a console makes on its files; from that, [org.quorate.ledger.sqlite.crash.Disk] makes the
/// disks that a cut between any two calls could leave, and [org.quorate.ledger.sqlite.crash.Explorer] has the console
/// open them all.
package org.quorate.ledger.sqlite.crash;
