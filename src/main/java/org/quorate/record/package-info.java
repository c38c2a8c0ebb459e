/// What the evidence says, from entries only. A [CeremonyRecord] is a pure function of ledger entries and of the
/// artefacts they name: the same entries give the same record years later. It puts first what a reader must judge (the
/// [Verdict] and every [Deviation]) and then the whole log.
///
/// The [Extract] is the part of the ledger that a record stands on, each entry with its proof into the checkpoint, so
/// that one ceremony can be shown without the rest. `record.pdf` puts both on paper; a [RecordSigner] signs it; a
/// [RecordVerification] says what is wrong with a record, the first thing first.
package org.quorate.record;
