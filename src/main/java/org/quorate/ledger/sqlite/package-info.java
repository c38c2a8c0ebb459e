/// A ledger in one SQLite file. [SqliteLedger] keeps the only connection, under an exclusive lock, with settings that
/// lost nothing over tens of thousands of simulated crashes; whatever goes wrong, it closes and lets the next opening
/// tell what was kept. [VerifyLedgerFile] judges a file that may be anyone's, on a copy.
package org.quorate.ledger.sqlite;
