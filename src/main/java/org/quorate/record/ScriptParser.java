package org.quorate.record;

import org.quorate.script.Script;

/// Reads the bytes of a script that a ceremony ran; a record needs it for the titles of acts and the names of keys.
@FunctionalInterface
public interface ScriptParser {
    /// @param artefacts where the parts are that the script is made of
    Script parse(byte[] source, Artefacts artefacts);
}
