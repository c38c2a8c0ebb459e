package org.quorate.script;

/// How scripts are written down.
@FunctionalInterface
public interface ScriptFormat {

    /// Never throws for what the bytes are.
    ///
    /// @param file the name that findings carry; nothing is opened by it
    Reading read(String file, byte[] bytes);
}
