/// Whose cards approved which script. A script names by how many of whom it wants to be approved; the site asks for no
/// fewer than it takes to add a person. Approvals and withdrawals are entries of the ledger; what holds of a script is
/// told from them alone, by the digest of its file. Beside the file an approval lies detached, so that another site can
/// check who signed.
package org.quorate.script.approval;
