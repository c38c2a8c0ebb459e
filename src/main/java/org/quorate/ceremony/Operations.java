package org.quorate.ceremony;

import java.util.Set;

/// The operations an intent can name (`intent.op`). One intent is one act that people approved; `initialise` is
/// C_InitToken with C_InitPIN, `transfer` is C_WrapKey with C_UnwrapKey, since half of either is of no use.
public final class Operations {
    public static final String INITIALISE = "initialise";
    public static final String GENERATE_KEY_PAIR = "generate_key_pair";
    public static final String GENERATE_KEY = "generate_key";
    public static final String IMPORT_PUBLIC_KEY = "import_public_key";
    public static final String SIGN_CERTIFICATE = "sign_certificate";
    public static final String TRANSFER = "transfer";
    public static final String FORBID_EXTRACTION = "forbid_extraction";
    public static final String DESTROY = "destroy";

    /// After these a key is on a token that was not there before.
    static final Set<String> BRING_A_KEY = Set.of(GENERATE_KEY_PAIR, GENERATE_KEY, IMPORT_PUBLIC_KEY, TRANSFER);

    private Operations() {}
}
