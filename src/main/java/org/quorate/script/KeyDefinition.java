package org.quorate.script;

import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;

/// A key that the script speaks of by name.
///
/// @param label CKA_LABEL on every token
public record KeyDefinition(String label, KeySpec spec, KeyPurpose purpose) {}
