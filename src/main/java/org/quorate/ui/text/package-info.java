/// Words and times for the window that come from entries of the ledger.
package org.quorate.ui.text;
