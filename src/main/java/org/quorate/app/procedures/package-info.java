/// The HSM procedures of an organisation as one document, written from its scripts and its site profile.
///
/// The form is a template, in which each place is filled from data: [Procedures] knows the places,
/// [ProcedureText] tells one script, [Coverage] says for each good practice, part of the scope and standard
/// what in the library answers it and where there is a gap. [Earlier] is the version before, so that what
/// changed is said and counted. All of it is a pure function: the same scripts, site, time and words give the
/// same bytes.
package org.quorate.app.procedures;
