package org.quorate.ceremony;

import java.util.Set;

/// The operations an intent can name (`intent.op`).
public final class Operations {
    public static final String INITIALISE = "initialise";
    public static final String SET_USER_PIN = "set_user_pin";
    public static final String GENERATE_KEY_PAIR = "generate_key_pair";
    public static final String GENERATE_KEY = "generate_key";
    public static final String IMPORT_PUBLIC_KEY = "import_public_key";
    public static final String SIGN_CERTIFICATE = "sign_certificate";
    public static final String STORE_CERTIFICATE = "store_certificate";
    public static final String WRAP = "wrap";
    public static final String UNWRAP = "unwrap";
    public static final String FORBID_EXTRACTION = "forbid_extraction";
    public static final String DESTROY = "destroy";

    /// After these a key is on a token that was not there before.
    static final Set<String> BRING_A_KEY = Set.of(GENERATE_KEY_PAIR, GENERATE_KEY, IMPORT_PUBLIC_KEY, UNWRAP);

    private Operations() {}
}
