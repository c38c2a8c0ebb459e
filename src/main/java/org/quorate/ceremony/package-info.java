/// The engine. A [Conductor] walks a script; each step kind has one performer, straight-line code that asks everything
/// of people, cards and HSMs through its [Stage]. The Stage writes to the ledger before anything shows as done, and
/// answers from the ledger what was answered before: that is how a ceremony resumes in the middle of a step.
///
/// State is a fold: [Ceremony] is what the entries say and nothing else. An intent without outcome is never run again;
/// [Reconciler] looks at the token and people decide.
///
/// A [Front] is whoever faces people: the window, or the automatic rehearsal. It answers questions and knows no step.
package org.quorate.ceremony;
