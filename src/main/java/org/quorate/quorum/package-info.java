/// Who may approve what. A [Participant] is a person in roles with a card key, a [Roster] those of a site, a [Quorum]
/// how many of which role, a [Statement] the words and the exact act that cards sign. [Tally] counts distinct persons
/// and says why someone does not count. A [Directory] is what the organisation says of who belongs where.
package org.quorate.quorum;
