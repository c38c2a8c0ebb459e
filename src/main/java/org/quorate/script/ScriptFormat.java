package org.quorate.script;

/// How scripts are written down.
@FunctionalInterface
public interface ScriptFormat {
    /// A longer file is refused, so nobody has to read more of it than this and one byte.
    int MAX_BYTES = 1 << 20;

    /// Never throws for what the bytes are.
    ///
    /// @param file the name that findings carry; nothing is opened by it
    /// @param parts where acts come from that stand in files of their own
    Reading read(String file, byte[] bytes, Parts parts);

    /// A script that stands alone.
    default Reading read(String file, byte[] bytes) {
        return read(file, bytes, Parts.NONE);
    }
}
