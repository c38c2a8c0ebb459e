/// What every other room stands on and what knows none of them: values that mean the same everywhere.
///
/// [Json] is the ledger's restricted RFC 8785 form, [Digest] a SHA-256 value and its words, [Secret] bytes that are
/// wiped, [Problem] an error that a person can act on, [Texts] the one bundle of words shown to people, [UtcTime]
/// the one way a time is written.
package org.quorate.base;
