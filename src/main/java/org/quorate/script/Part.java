package org.quorate.script;

import org.quorate.base.Digest;

/// An act in a file of its own, which a script names by its digest: whoever approved the script approved these bytes.
///
/// @param file its name, without a folder
/// @param bytes kept as an artefact of the ledger beside the script
public record Part(String file, byte[] bytes) {

    public Digest digest() {
        return Digest.of(bytes);
    }
}
