/// What differs between two versions of a script, said by its structure and not by its lines: which parts and
/// steps came, went, moved or changed, with the old text and the new one, and first what weakens or redirects
/// what a ceremony does.
package org.quorate.script.difference;
