/// What the pages show. A [Desk] is where the engine's thread lays a question down and people lay the answer
/// back; a [CeremonyViewModel] folds the ledger into rail, facts and lines. Only JavaFX's properties and
/// collections are used here, and threads and clock are handed in, so all of it is tested without a toolkit.
package org.quorate.ui.model;
