/// A ledger that failed its check: what is wrong, its entries, and how it stands to its mirror. Everything here reads.
package org.quorate.ui.failed;
