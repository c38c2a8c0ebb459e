/// The frame of a running ceremony: status strip, rail, ledger panel, and the page in the middle. Narrow windows
/// get rail and ledger as drawers. Also the very first page, which checks the ledger.
package org.quorate.ui.shell;
