package org.quorate.hsm.pkcs11;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The first bytes of a module's file, looked at before it is loaded: the loader's own words for a library of another
/// machine do not help anybody.
enum ElfFile {
    NO_LIBRARY,
    OTHER_ARCHITECTURE,
    FITS;

    private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};
    private static final int CLASS_64 = 2;
    private static final Map<String, Integer> MACHINES = Map.of("amd64", 62, "aarch64", 183, "riscv64", 243);

    static ElfFile of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(20);
            if (header.length < 20 || !startsWithMagic(header)) {
                return NO_LIBRARY;
            }
            int machine = Byte.toUnsignedInt(header[18]) | Byte.toUnsignedInt(header[19]) << 8;
            int wanted = MACHINES.getOrDefault(System.getProperty("os.arch"), machine);
            return header[4] == CLASS_64 && machine == wanted ? FITS : OTHER_ARCHITECTURE;
        }
    }

    private static boolean startsWithMagic(byte[] header) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (header[i] != MAGIC[i]) {
                return false;
            }
        }
        return true;
    }
}
