/// The automatic rehearsal: a front without people, which answers every question as willing officers with practice
/// cards would. It shows that a script can be performed, and nothing about people; the ledger says that it was there.
package org.quorate.app.rehearsal;
