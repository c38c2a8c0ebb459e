package org.quorate.script;

/// How scripts are written down.
@FunctionalInterface
public interface ScriptFormat {

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
