package org.quorate.app.founding;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import org.quorate.base.Json;
import org.quorate.base.Secret;

/// The console's own token with its two keys.
///
/// @param pin the user PIN, which is wiped when the founding ends
/// @param custody who keeps the token, where, and what its loss means, with what the token says of itself
record ConsoleMade(
        Modules.Found at, Secret pin, PublicKey checkpointKey, X509Certificate recordCertificate, Json.Obj custody)
        implements AutoCloseable {
    @Override
    public void close() {
        pin.close();
    }
}
