/// A site on disk: where its profile, tokens, cards, ledger and records lie ([SiteFolder]), how everything real
/// in it is opened together ([Workplace]), and what the console does with the keys of its own token
/// ([ConsoleToken], [EvidenceFolder]).
package org.quorate.app.site;
