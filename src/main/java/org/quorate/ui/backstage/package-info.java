/// The door through which the window reaches the program behind it. [Backstage] opens the ledger, an [OpenSite] starts
/// and resumes ceremonies. The composition root implements both; the window never builds an adapter.
package org.quorate.ui.backstage;
