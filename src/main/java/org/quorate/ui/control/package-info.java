/// The controls that JavaFX does not have: a PIN field that is wiped, a field that takes only what is typed,
/// fingerprints that are
/// never shortened, quorums as named segments, error summaries, sheets that keep the focus inside.
package org.quorate.ui.control;
