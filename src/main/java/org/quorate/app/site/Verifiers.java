package org.quorate.app.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.quorate.record.CeremonyRecord;

/// The programs that need nothing but Python's standard library, and travel with what they check.
final class Verifiers {
    private Verifiers() {}

    static byte[] ofLedgers() {
        return read("quorate_verify.py");
    }

    static byte[] ofExtracts() {
        return read(CeremonyExport.EXTRACT_VERIFIER);
    }

    private static byte[] read(String name) {
        try (InputStream in = CeremonyRecord.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the verifier is missing from this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
