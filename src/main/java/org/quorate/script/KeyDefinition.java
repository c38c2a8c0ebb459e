package org.quorate.script;

import java.util.Optional;
import org.quorate.hsm.KeyPurpose;
import org.quorate.hsm.KeySpec;

/// A key that the script speaks of by name.
///
/// @param label CKA_LABEL on every token
/// @param years cryptoperiod: how long the key is used, from its generation on
public record KeyDefinition(String label, KeySpec spec, KeyPurpose purpose, Optional<Integer> years) {}
